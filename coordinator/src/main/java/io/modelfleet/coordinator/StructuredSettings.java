package io.modelfleet.coordinator;

import com.fasterxml.jackson.databind.JsonNode;
import io.modelfleet.coordinator.policy.AutoDistribution;
import io.modelfleet.protocol.FleetException;
import io.modelfleet.protocol.ModelName;
import io.modelfleet.service.InvalidSettingException;
import io.modelfleet.service.SettingsFile;
import java.net.URI;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** The settings that no flag can carry; each wrong one gives one sentence. */
final class StructuredSettings {
    private static final String TABLE = "auto-distribution-table";
    private static final String REGISTRIES = "registries";
    private static final double GIGABYTE = 1e9;

    static final Set<String> KEYS = Set.of(TABLE, REGISTRIES);

    private StructuredSettings() {}

    /** Rows of {@code {gpu-memory-gb: 16, model: gpt-oss:20b}}; decimal gigabytes. */
    static Optional<List<AutoDistribution.Row>> table(SettingsFile file) {
        JsonNode node = file.structure(TABLE);
        if (node.isMissingNode() || node.isNull()) {
            return Optional.empty();
        }
        if (!node.isArray()) {
            throw new InvalidSettingException(
                    "'" + TABLE + "' must be a list of {gpu-memory-gb: 16, model: name}");
        }
        List<AutoDistribution.Row> rows = new ArrayList<>();
        node.forEach(row -> rows.add(row(row)));
        return Optional.of(rows);
    }

    private static AutoDistribution.Row row(JsonNode row) {
        JsonNode memory = row.path("gpu-memory-gb");
        if (!memory.isNumber() || memory.doubleValue() < 0) {
            throw new InvalidSettingException(
                    "each row of '"
                            + TABLE
                            + "' needs 'gpu-memory-gb', a number of gigabytes from 0 on");
        }
        try {
            return new AutoDistribution.Row(
                    Math.round(memory.doubleValue() * GIGABYTE),
                    ModelName.parse(row.path("model").textValue()));
        } catch (FleetException e) {
            throw new InvalidSettingException(
                    "a row of '" + TABLE + "' has a wrong 'model': " + e.getMessage());
        }
    }

    /** {@code registries: {registry.example.com: https://registry.example.com}}. */
    static Map<String, URI> registries(SettingsFile file) {
        Map<String, URI> registries = new HashMap<>();
        JsonNode node = file.structure(REGISTRIES);
        if (!node.isMissingNode() && !node.isNull() && !node.isObject()) {
            throw new InvalidSettingException(
                    "'" + REGISTRIES + "' must be a mapping of host names to URLs");
        }
        node.properties()
                .forEach(
                        entry ->
                                registries.put(
                                        entry.getKey(),
                                        url(
                                                "the address of registry '" + entry.getKey() + "'",
                                                entry.getValue().asText())));
        return registries;
    }

    /**
     * @param what is named in the refusal
     * @throws InvalidSettingException when it is no URL, or one with credentials in it: they would
     *     not be sent, and would be read by whoever reads the log
     */
    static URI url(String what, String text) {
        if (text.contains("@")) {
            throw new InvalidSettingException(what + " must not have credentials in it");
        }
        try {
            return URI.create(text);
        } catch (IllegalArgumentException e) {
            throw new InvalidSettingException(what + " is no URL: " + text);
        }
    }
}
