package io.modelfleet.simulator.ollama;

import com.fasterxml.jackson.databind.JsonNode;
import io.modelfleet.protocol.Digest;
import io.modelfleet.protocol.FleetException;
import io.modelfleet.protocol.Json;
import io.modelfleet.protocol.ModelName;
import java.io.IOException;
import java.nio.file.Files;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.time.OffsetDateTime;
import java.time.ZoneId;
import java.time.format.DateTimeFormatter;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;

/** What {@code /api/tags} and {@code /api/ps} show; it also knows which models are loaded. */
final class ModelViews {
    /** How long Ollama keeps an idle model in memory. */
    private static final Duration KEPT = Duration.ofMinutes(5);

    private static final int CONTEXT_LENGTH = 4096;

    private final ModelStore store;
    private final InstantSource clock;
    private final Map<ModelName, Instant> loaded = new ConcurrentHashMap<>();

    ModelViews(ModelStore store, InstantSource clock) {
        this.store = store;
        this.clock = clock;
    }

    void load(ModelName name) {
        loaded.put(name, clock.instant().plus(KEPT));
    }

    void unload(ModelName name) {
        loaded.remove(name);
    }

    Map<String, Object> installed() throws IOException {
        List<Map<String, Object>> models = new ArrayList<>();
        for (StoredModel model : store.models()) {
            Map<String, Object> view = named(model);
            view.put("modified_at", time(model.modifiedAt()));
            view.put("size", model.manifest().size());
            view.put("digest", model.manifest().digest().hex());
            view.put("details", details(model));
            models.add(view);
        }
        return Map.of("models", models);
    }

    Map<String, Object> running() throws IOException {
        List<Map<String, Object>> models = new ArrayList<>();
        for (StoredModel model : store.models()) {
            Instant until = loaded.get(model.name());
            if (until != null && until.isAfter(clock.instant())) {
                Map<String, Object> view = named(model);
                view.put("size", model.manifest().size());
                view.put("digest", model.manifest().digest().hex());
                view.put("details", details(model));
                view.put("expires_at", time(until));
                view.put("size_vram", model.manifest().size());
                view.put("context_length", CONTEXT_LENGTH);
                models.add(view);
            }
        }
        return Map.of("models", models);
    }

    private static Map<String, Object> named(StoredModel model) {
        Map<String, Object> view = new LinkedHashMap<>();
        view.put("name", model.name().toString());
        view.put("model", model.name().toString());
        return view;
    }

    private Map<String, @Nullable Object> details(StoredModel model) throws IOException {
        JsonNode config = config(model);
        Map<String, @Nullable Object> details = new LinkedHashMap<>();
        details.put("parent_model", "");
        details.put("format", config.path("model_format").asText());
        details.put("family", config.path("model_family").asText());
        JsonNode families = config.path("model_families");
        details.put("families", families.isArray() ? families : null);
        details.put("parameter_size", config.path("model_type").asText());
        details.put("quantization_level", config.path("file_type").asText());
        return details;
    }

    private JsonNode config(StoredModel model) throws IOException {
        Digest config = model.manifest().blobs().getLast().digest();
        try {
            return Json.read(Files.readAllBytes(store.blob(config)), JsonNode.class);
        } catch (FleetException e) {
            return Json.mapper().createObjectNode();
        }
    }

    /** RFC 3339 with the zone's offset and nanoseconds, as Go writes times. */
    private static String time(Instant instant) {
        return DateTimeFormatter.ISO_OFFSET_DATE_TIME.format(
                OffsetDateTime.ofInstant(instant, ZoneId.systemDefault()));
    }
}
