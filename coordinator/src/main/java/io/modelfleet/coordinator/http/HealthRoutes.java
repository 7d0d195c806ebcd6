package io.modelfleet.coordinator.http;

import io.modelfleet.coordinator.db.Database;
import io.modelfleet.service.Answer;
import io.modelfleet.service.Call;
import io.modelfleet.service.Route;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.List;

/** What monitoring and tools read. */
final class HealthRoutes {
    private static final System.Logger LOG = System.getLogger(HealthRoutes.class.getName());
    private static final String PROMETHEUS = "text/plain; version=0.0.4; charset=utf-8";

    private final Database database;
    private final Metrics metrics;
    private final String version;

    /** {@code GET /health}. */
    record Health(String status, String database, String version) {}

    HealthRoutes(Database database, Metrics metrics, String version) {
        this.database = database;
        this.metrics = metrics;
        this.version = version;
    }

    List<Route> table() {
        return List.of(
                Route.get("/health", this::health),
                Route.get("/metrics", call -> Answer.text(PROMETHEUS, metrics.scrape())),
                Route.get("/openapi.yaml", call -> Answer.text("application/yaml", openapi())));
    }

    private Answer health(Call call) {
        return databaseAnswers()
                ? Answer.ok(new Health("ok", "ok", version))
                : Answer.json(503, new Health("unavailable", "unreachable", version));
    }

    private boolean databaseAnswers() {
        try {
            return database.answers();
        } catch (RuntimeException e) {
            LOG.log(
                    System.Logger.Level.WARNING,
                    "The database does not answer: error={0}",
                    e.getMessage());
            return false;
        }
    }

    private static String openapi() {
        try (InputStream stream = HealthRoutes.class.getResourceAsStream("openapi.yaml")) {
            if (stream == null) {
                throw new IllegalStateException("openapi.yaml is missing from the jar");
            }
            return new String(stream.readAllBytes(), StandardCharsets.UTF_8);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
