package io.modelfleet.simulator.faults;

import io.modelfleet.protocol.ModelName;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.SequencedMap;
import org.jspecify.annotations.Nullable;

/**
 * How many of each, and what they share.
 *
 * @param database JDBC URL for the coordinators; {@code null}: the embedded one, which allows one
 *     coordinator only
 * @param databaseUser for that URL
 */
record FleetShape(int coordinators, int nodes, @Nullable String database, String databaseUser) {
    /** Bytes of the models that the registry offers, small enough for some seconds each. */
    static final SequencedMap<ModelName, Long> MODELS = models();

    /** Bytes of one ranged request of an Ollama; what a hard kill loses is some of these. */
    static final long PART_SIZE = 500_000;

    /** Of all nodes together while faults go on, so that there is something to disturb. */
    static final long SLOW_REGISTRY = 4_000_000;

    /** Afterwards, so that the healing is not spent on waiting for bytes; bytes per second. */
    static final long FAST_REGISTRY = 60_000_000;

    FleetShape {
        if (coordinators > 1 && database == null) {
            throw new IllegalArgumentException("several coordinators need a database URL");
        }
    }

    /** One coordinator with its embedded database, three nodes. */
    static FleetShape usual() {
        return new FleetShape(1, 3, null, "");
    }

    /** Several coordinators on one PostgreSQL database, three nodes. */
    static FleetShape several(int coordinators, String database) {
        return new FleetShape(coordinators, 3, database, PostgresServer.USER);
    }

    private static SequencedMap<ModelName, Long> models() {
        SequencedMap<ModelName, Long> models = new LinkedHashMap<>();
        Map<String, Long> sizes =
                Map.of(
                        "gpt-oss:20b", 8_000_000L,
                        "llama3.2:3b", 4_000_000L,
                        "mistral:7b", 6_000_000L,
                        "phi3:mini", 3_000_000L);
        sizes.keySet().stream()
                .sorted()
                .forEach(name -> models.put(ModelName.parse(name), sizes.get(name)));
        return models;
    }

    static List<ModelName> modelNames() {
        return List.copyOf(MODELS.keySet());
    }
}
