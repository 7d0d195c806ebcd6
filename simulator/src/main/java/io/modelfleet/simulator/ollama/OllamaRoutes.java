package io.modelfleet.simulator.ollama;

import io.helidon.http.Status;
import io.helidon.webserver.http.HttpRouting;
import io.helidon.webserver.http.ServerRequest;
import io.helidon.webserver.http.ServerResponse;
import io.modelfleet.protocol.FleetException;
import io.modelfleet.protocol.ModelName;
import io.modelfleet.simulator.wire.Faults;
import java.io.IOException;
import java.util.Map;
import java.util.Optional;

/** Ollama's HTTP side, but for the pull, which is {@link PullRoute}. */
final class OllamaRoutes {
    static final String VERSION = "0.33.0";

    private final ModelStore store;
    private final ModelViews views;
    private final PullRoute pull;
    private final Faults faults;

    OllamaRoutes(ModelStore store, ModelViews views, PullRoute pull, Faults faults) {
        this.store = store;
        this.views = views;
        this.pull = pull;
        this.faults = faults;
    }

    void register(HttpRouting.Builder routing) {
        routing.addFilter(faults)
                .get("/", (request, response) -> alive(response))
                .head("/", (request, response) -> response.send())
                .get("/api/version", this::version)
                .get("/api/tags", (request, response) -> Replies.json(response, views.installed()))
                .get("/api/ps", (request, response) -> Replies.json(response, views.running()))
                .post("/api/pull", pull::handle)
                .post("/api/copy", this::copy)
                .delete("/api/delete", this::delete)
                .any(
                        (request, response) ->
                                Replies.text(response, Status.NOT_FOUND_404, "404 page not found"));
    }

    private static void alive(ServerResponse response) {
        Replies.text(response, Status.OK_200, "Ollama is running");
    }

    private void version(ServerRequest request, ServerResponse response) {
        Replies.json(response, Map.of("version", VERSION));
    }

    private void copy(ServerRequest request, ServerResponse response) throws IOException {
        try {
            RequestBody body = RequestBody.of(request, "CopyRequest");
            String source = body.text("source");
            String destination = body.text("destination");
            ModelName from = expect(source, "source " + quoted(source) + " is invalid");
            ModelName to =
                    expect(destination, "destination " + quoted(destination) + " is invalid");
            if (store.copy(from, to)) {
                response.send();
            } else {
                Replies.error(
                        response, Status.NOT_FOUND_404, "model " + quoted(source) + " not found");
            }
        } catch (RequestBody.Refusal e) {
            Replies.error(response, Status.BAD_REQUEST_400, e.text());
        } catch (PullFailure e) {
            Replies.error(response, Status.INTERNAL_SERVER_ERROR_500, e.text());
        }
    }

    private void delete(ServerRequest request, ServerResponse response) throws IOException {
        try {
            RequestBody body = RequestBody.of(request, "DeleteRequest");
            String text = modelOf(body);
            ModelName name = expect(text, "name " + quoted(text) + " is invalid");
            if (store.delete(name)) {
                views.unload(name);
                response.send();
            } else {
                Replies.error(response, Status.NOT_FOUND_404, "model '" + text + "' not found");
            }
        } catch (RequestBody.Refusal e) {
            Replies.error(response, Status.BAD_REQUEST_400, e.text());
        }
    }

    /** The model's name, also under its old key. */
    static String modelOf(RequestBody body) throws RequestBody.Refusal {
        String model = body.text("model");
        String name = body.text("name");
        return model.isEmpty() ? name : model;
    }

    static Optional<ModelName> name(String text) {
        try {
            return Optional.of(ModelName.parse(text));
        } catch (FleetException e) {
            return Optional.empty();
        }
    }

    private static ModelName expect(String text, String refusal) throws RequestBody.Refusal {
        return name(text).orElseThrow(() -> new RequestBody.Refusal(refusal));
    }

    /** As Go's {@code %q} does for the texts that come here. */
    private static String quoted(String text) {
        return '"' + text.replace("\\", "\\\\").replace("\"", "\\\"") + '"';
    }
}
