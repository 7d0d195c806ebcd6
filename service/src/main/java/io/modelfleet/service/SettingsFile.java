package io.modelfleet.service;

import com.fasterxml.jackson.core.JacksonException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.dataformat.yaml.YAMLMapper;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Iterator;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine;

/** The YAML file of a service: one level of kebab-case keys, named like the flags. */
public final class SettingsFile {
    private static final YAMLMapper YAML = new YAMLMapper();

    private final String name;
    private final JsonNode root;

    private SettingsFile(String name, JsonNode root) {
        this.name = name;
        this.root = root;
    }

    /** Reads the file that {@code --config} names, else the one from the environment, else none. */
    static SettingsFile find(String[] arguments, @Nullable String fromEnvironment) {
        String path = fromEnvironment;
        for (int i = 0; i < arguments.length; i++) {
            if (arguments[i].startsWith("--config=")) {
                path = arguments[i].substring("--config=".length());
            } else if (arguments[i].equals("--config") && i + 1 < arguments.length) {
                path = arguments[i + 1];
            }
        }
        return path == null
                ? new SettingsFile("", JsonNodeFactory.instance.objectNode())
                : read(Path.of(path));
    }

    /**
     * @throws InvalidSettingException when the file cannot be read or is no YAML mapping
     */
    public static SettingsFile read(Path file) {
        if (!Files.isReadable(file)) {
            throw new InvalidSettingException("settings file " + file + " cannot be read");
        }
        try {
            JsonNode root = YAML.readTree(file.toFile());
            if (root == null || root.isMissingNode() || root.isNull()) {
                root = JsonNodeFactory.instance.objectNode();
            }
            if (!root.isObject()) {
                throw new InvalidSettingException(
                        "settings file " + file + " must consist of lines 'key: value'");
            }
            return new SettingsFile(file.toString(), root);
        } catch (JacksonException e) {
            throw new InvalidSettingException(
                    "settings file "
                            + file
                            + " is malformed: "
                            + e.getOriginalMessage().replace('\n', ' '));
        } catch (IOException e) {
            throw new InvalidSettingException(
                    "settings file " + file + " cannot be read: " + e.getMessage());
        }
    }

    void checkKeys(CommandLine.Model.CommandSpec command, Set<String> structuredKeys) {
        Set<String> known =
                command.options().stream()
                        .map(option -> option.longestName().replaceFirst("^--", ""))
                        .collect(Collectors.toCollection(TreeSet::new));
        known.addAll(structuredKeys);
        for (Iterator<String> keys = root.fieldNames(); keys.hasNext(); ) {
            String key = keys.next();
            if (!known.contains(key)) {
                throw new InvalidSettingException(
                        "unknown setting '"
                                + key
                                + "' in "
                                + name
                                + " (known: "
                                + String.join(", ", known)
                                + ")");
            }
        }
    }

    /** A plain value, {@code null} when absent. */
    @Nullable String text(String key) {
        JsonNode value = root.get(key);
        if (value == null || value.isNull()) {
            return null;
        }
        if (!value.isValueNode()) {
            throw new InvalidSettingException(
                    "setting '" + key + "' in " + name + " must be one plain value");
        }
        return value.asText();
    }

    /** A structured value; a missing node when absent. */
    public JsonNode structure(String key) {
        return root.path(key);
    }
}
