package io.modelfleet.service;

import com.fasterxml.jackson.core.JacksonException;
import com.fasterxml.jackson.core.StreamReadFeature;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.cfg.JsonNodeFeature;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.dataformat.yaml.YAMLMapper;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.Iterator;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine;

/** The YAML file of a service: one level of kebab-case keys, named like the flags. */
public final class SettingsFile {
    private static final YAMLMapper YAML =
            YAMLMapper.builder()
                    .enable(StreamReadFeature.STRICT_DUPLICATE_DETECTION)
                    // 1.10 may be a name, and is not 1.1.
                    .enable(DeserializationFeature.USE_BIG_DECIMAL_FOR_FLOATS)
                    .disable(JsonNodeFeature.STRIP_TRAILING_BIGDECIMAL_ZEROES)
                    .build();

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
                : read(path(path));
    }

    private static Path path(String text) {
        try {
            return Path.of(text);
        } catch (InvalidPathException e) {
            throw new InvalidSettingException("settings file '" + text + "' is no path");
        }
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
                        .filter(SettingsFile::isSetting)
                        .map(SettingsFile::key)
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

    /**
     * Not {@code --help} and {@code --version}, which ask for a text: a variable {@code …_VERSION}
     * in a container's environment is no such question. Nor {@code --config}, which {@link #find}
     * reads.
     */
    static boolean isSetting(CommandLine.Model.OptionSpec option) {
        return !option.usageHelp() && !option.versionHelp() && !key(option).equals("config");
    }

    /** The name in the file. */
    static String key(CommandLine.Model.OptionSpec option) {
        return option.longestName().replaceFirst("^--", "");
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
