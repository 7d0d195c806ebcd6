package io.modelfleet.simulator.registry;

import io.helidon.http.HeaderName;
import io.helidon.http.HeaderNames;
import io.helidon.http.Method;
import io.helidon.http.Status;
import io.helidon.webserver.CloseConnectionException;
import io.helidon.webserver.http.HttpRouting;
import io.helidon.webserver.http.ServerRequest;
import io.helidon.webserver.http.ServerResponse;
import io.modelfleet.protocol.Digest;
import io.modelfleet.protocol.FleetException;
import io.modelfleet.protocol.Json;
import io.modelfleet.simulator.wire.Faults;
import io.modelfleet.simulator.wire.Throttle;
import java.io.IOException;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** The registry's HTTP side, as in the distribution specification, version 2. */
final class RegistryRoutes {
    static final String MANIFEST_TYPE = "application/vnd.docker.distribution.manifest.v2+json";

    private static final HeaderName CONTENT_DIGEST = HeaderNames.create("Docker-Content-Digest");
    private static final String OCTETS = "application/octet-stream";
    private static final int CHUNK = 16 * 1024;

    private final Shelf shelf;
    private final Traffic traffic;
    private final Throttle throttle;
    private final Faults faults;

    RegistryRoutes(Shelf shelf, Traffic traffic, Throttle throttle, Faults faults) {
        this.shelf = shelf;
        this.traffic = traffic;
        this.throttle = throttle;
        this.faults = faults;
    }

    void register(HttpRouting.Builder routing) {
        routing.addFilter(faults)
                .get("/v2/", (request, response) -> response.send())
                .get("/v2/{namespace}/{model}/manifests/{tag}", this::manifest)
                .head("/v2/{namespace}/{model}/manifests/{tag}", this::manifest)
                .head("/v2/{namespace}/{model}/blobs/{digest}", this::blobSize)
                .get("/v2/{namespace}/{model}/blobs/{digest}", this::redirect)
                .get("/data/{digest}", this::bytes)
                .any((request, response) -> missing(response, "NOT_FOUND", "page not found"));
    }

    private void manifest(ServerRequest request, ServerResponse response) {
        traffic.manifestRequested();
        var path = request.path().pathParameters();
        Optional<ModelVersion> found =
                shelf.find(path.get("namespace"), path.get("model"), path.get("tag"));
        if (found.isEmpty()) {
            missing(response, "MANIFEST_UNKNOWN", "manifest unknown");
            return;
        }
        byte[] raw = found.get().raw();
        response.header(HeaderNames.CONTENT_TYPE, MANIFEST_TYPE)
                .header(CONTENT_DIGEST, Digest.of(raw).toString());
        if (request.prologue().method().equals(Method.HEAD)) {
            response.header(HeaderNames.CONTENT_LENGTH, Long.toString(raw.length)).send();
        } else {
            response.send(raw);
        }
    }

    private void blobSize(ServerRequest request, ServerResponse response) {
        Optional<BlobContent> blob = blob(request);
        if (blob.isEmpty()) {
            missing(response, "BLOB_UNKNOWN", "blob unknown to registry");
            return;
        }
        response.header(HeaderNames.CONTENT_TYPE, OCTETS)
                .header(HeaderNames.CONTENT_LENGTH, Long.toString(blob.get().size()))
                .header(CONTENT_DIGEST, blob.get().digest().toString())
                .send();
    }

    /** Ollama wants the bytes from another host name, and gets the same server under its other. */
    private void redirect(ServerRequest request, ServerResponse response) {
        Optional<BlobContent> blob = blob(request);
        if (blob.isEmpty()) {
            missing(response, "BLOB_UNKNOWN", "blob unknown to registry");
            return;
        }
        String authority = request.authority();
        String port = authority.substring(authority.lastIndexOf(':') + 1);
        String other = authority.startsWith("localhost") ? "127.0.0.1" : "localhost";
        response.status(Status.TEMPORARY_REDIRECT_307)
                .header(
                        HeaderNames.LOCATION,
                        "http://" + other + ":" + port + "/data/" + blob.get().digest())
                .send();
    }

    private void bytes(ServerRequest request, ServerResponse response) {
        Optional<BlobContent> found = blob(request);
        if (found.isEmpty()) {
            missing(response, "BLOB_UNKNOWN", "blob unknown to registry");
            return;
        }
        BlobContent blob = found.get();
        traffic.requested(blob.digest());
        ByteRange range = new ByteRange(0, blob.size() - 1);
        if (request.headers().contains(HeaderNames.RANGE)) {
            String header = request.headers().get(HeaderNames.RANGE).get();
            Optional<ByteRange> asked = ByteRange.parse(header, blob.size());
            if (asked.isEmpty()) {
                response.status(Status.REQUESTED_RANGE_NOT_SATISFIABLE_416)
                        .header(HeaderNames.CONTENT_RANGE, "bytes */" + blob.size())
                        .send();
                return;
            }
            range = asked.get();
            response.status(Status.PARTIAL_CONTENT_206)
                    .header(
                            HeaderNames.CONTENT_RANGE,
                            "bytes " + range.from() + "-" + range.to() + "/" + blob.size());
        }
        response.header(HeaderNames.CONTENT_TYPE, OCTETS)
                .header(HeaderNames.ACCEPT_RANGES, "bytes")
                .header(HeaderNames.CONTENT_LENGTH, Long.toString(range.length()));
        stream(blob, range, response);
    }

    private void stream(BlobContent blob, ByteRange range, ServerResponse response) {
        byte[] chunk = new byte[CHUNK];
        try (OutputStream out = faults.guard(response.outputStream())) {
            for (long at = range.from(); at <= range.to(); at += CHUNK) {
                int length = (int) Math.min(CHUNK, range.to() - at + 1);
                throttle.take(length, () -> false);
                shelf.read(blob, at, chunk, length);
                out.write(chunk, 0, length);
                traffic.sent(blob.digest(), length);
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new CloseConnectionException("the registry stops", e);
        } catch (IOException | UncheckedIOException e) {
            throw new CloseConnectionException("the client has gone", e);
        }
    }

    private Optional<BlobContent> blob(ServerRequest request) {
        try {
            return shelf.blob(Digest.parse(request.path().pathParameters().get("digest")));
        } catch (FleetException e) {
            return Optional.empty();
        }
    }

    private static void missing(ServerResponse response, String code, String message) {
        Map<String, Object> error = Map.of("code", code, "message", message);
        response.status(Status.NOT_FOUND_404)
                .header(HeaderNames.CONTENT_TYPE, "application/json; charset=utf-8")
                .send(Json.write(Map.of("errors", List.of(error))));
    }
}
