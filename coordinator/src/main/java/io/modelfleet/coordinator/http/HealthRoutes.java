package io.modelfleet.coordinator.http;

import io.modelfleet.coordinator.db.Database;
import io.modelfleet.protocol.FleetException;
import io.modelfleet.service.Answer;
import io.modelfleet.service.Call;
import io.modelfleet.service.Route;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** What monitoring and tools read. */
final class HealthRoutes {
    private static final String OK = "ok";
    private static final String UNAVAILABLE = "unavailable";
    private static final String PROMETHEUS = "text/plain; version=0.0.4; charset=utf-8";

    private final Database database;
    private final Metrics metrics;
    private final String version;

    /** {@code GET /health}. */
    record Health(String status, String database, String version) {}

    /** {@code GET /health/live}. */
    record Liveness(String status, String version) {}

    /**
     * {@code GET /health/ready}.
     *
     * @param cause what is wrong and what to do about it; {@code null} when nothing is
     */
    record Readiness(String status, @Nullable String cause, String version) {}

    HealthRoutes(Database database, Metrics metrics, String version) {
        this.database = database;
        this.metrics = metrics;
        this.version = version;
    }

    List<Route> table() {
        return List.of(
                Route.get("/health", this::health),
                Route.get("/health/live", call -> Answer.ok(new Liveness(OK, version))),
                Route.get("/health/ready", this::ready),
                Route.get("/metrics", call -> Answer.text(PROMETHEUS, metrics.scrape())),
                Route.get("/openapi.yaml", call -> Answer.text("application/yaml", openapi())));
    }

    private Answer health(Call call) {
        return databaseAnswers()
                ? Answer.ok(new Health(OK, OK, version))
                : Answer.json(503, new Health(UNAVAILABLE, "unreachable", version));
    }

    private boolean databaseAnswers() {
        try {
            return database.answers();
        } catch (FleetException lost) {
            return false;
        }
    }

    /** Whether the database takes writes, too. */
    private Answer ready(Call call) {
        try {
            database.checkWritable();
            return Answer.ok(new Readiness(OK, null, version));
        } catch (FleetException refusal) {
            String cause = refusal.text(call.locale());
            return Answer.json(503, new Readiness(UNAVAILABLE, cause, version));
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
