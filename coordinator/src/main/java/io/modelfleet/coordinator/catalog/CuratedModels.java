package io.modelfleet.coordinator.catalog;

import com.fasterxml.jackson.core.JacksonException;
import com.fasterxml.jackson.core.JsonLocation;
import com.fasterxml.jackson.core.StreamReadFeature;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonMappingException;
import com.fasterxml.jackson.databind.PropertyNamingStrategies;
import com.fasterxml.jackson.databind.exc.UnrecognizedPropertyException;
import com.fasterxml.jackson.dataformat.yaml.YAMLMapper;
import io.modelfleet.protocol.FleetException;
import io.modelfleet.protocol.ModelName;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.yaml.snakeyaml.error.YAMLException;

/**
 * Reads a curated list from YAML (or JSON, which is YAML):
 *
 * <pre>
 * models:
 *   - name: llama3.2:3b
 *     display-name: Llama 3.2 (3B)     # optional
 *     description: Meta's small model  # optional
 * </pre>
 */
public final class CuratedModels {
    private static final String BUILT_IN = "catalog.yaml";

    /** Room for a sentence, none for a document. */
    private static final int LONGEST_TEXT = 500;

    private static final String EXPECTED =
            "it must be one document with the key \"models\" and at least one entry";

    private static final YAMLMapper YAML =
            YAMLMapper.builder()
                    .propertyNamingStrategy(PropertyNamingStrategies.KEBAB_CASE)
                    .enable(StreamReadFeature.STRICT_DUPLICATE_DETECTION)
                    .enable(DeserializationFeature.FAIL_ON_UNKNOWN_PROPERTIES)
                    .enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS)
                    .build();

    private final String source;
    private final Map<ModelName, CuratedModel> models = new LinkedHashMap<>();

    private CuratedModels(String source) {
        this.source = source;
    }

    /** The list that comes with the coordinator. */
    public static List<CuratedModel> builtIn() {
        try (InputStream in = CuratedModels.class.getResourceAsStream(BUILT_IN)) {
            if (in == null) {
                throw new IllegalStateException(BUILT_IN + " is missing from the coordinator");
            }
            return new CuratedModels(BUILT_IN).parse(in.readAllBytes());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /**
     * The list that an operator keeps in a file of the same format; it replaces the built-in one.
     *
     * @throws IllegalArgumentException when the file cannot be used; the message is one sentence
     *     that names the file, the entry and the reason
     */
    public static List<CuratedModel> read(Path file) {
        CuratedModels list = new CuratedModels(file.toString());
        byte[] bytes;
        try {
            bytes = Files.readAllBytes(file);
        } catch (NoSuchFileException e) {
            throw list.refusal("there is no such file", e);
        } catch (IOException e) {
            throw list.refusal("it cannot be read: " + e.getMessage(), e);
        }
        return list.parse(bytes);
    }

    private List<CuratedModel> parse(byte[] yaml) {
        Document document = document(yaml);
        if (document == null || document.models == null || document.models.isEmpty()) {
            throw refusal(EXPECTED, null);
        }
        int number = 0;
        for (Entry entry : document.models) {
            number++;
            add(number, entry);
        }
        return List.copyOf(models.values());
    }

    private @Nullable Document document(byte[] yaml) {
        try {
            return YAML.readValue(yaml, Document.class);
        } catch (JsonMappingException e) {
            throw refusal(reason(e), e);
        } catch (JacksonException e) {
            throw refusal(notYaml(e), e);
        } catch (IOException | YAMLException e) {
            throw refusal("it is not proper YAML in UTF-8", e);
        }
    }

    private void add(int number, @Nullable Entry entry) {
        if (entry == null || entry.name == null || entry.name.isBlank()) {
            throw refusal("entry " + number + " has no name", null);
        }
        String place = "entry " + number + " (" + entry.name + "): ";
        ModelName name = name(place, entry.name);
        String displayName = text(place + "display-name", entry.displayName);
        String description = text(place + "description", entry.description);
        CuratedModel model =
                new CuratedModel(
                        name,
                        displayName == null ? CuratedModel.derivedDisplayName(name) : displayName,
                        description);
        if (models.putIfAbsent(name, model) != null) {
            throw refusal(place + "the model is listed twice", null);
        }
    }

    private ModelName name(String place, String name) {
        try {
            return ModelName.parse(name);
        } catch (FleetException e) {
            throw refusal(place + e.getMessage(), e);
        }
    }

    private @Nullable String text(String place, @Nullable String text) {
        if (text == null || text.isBlank()) {
            return null;
        }
        String line = text.strip();
        if (line.length() > LONGEST_TEXT) {
            throw refusal(place + " is longer than " + LONGEST_TEXT + " characters", null);
        }
        if (line.chars().anyMatch(Character::isISOControl)) {
            throw refusal(place + " must be one line of printable text", null);
        }
        return line;
    }

    private static String place(JsonMappingException e) {
        List<String> steps = new ArrayList<>();
        for (JsonMappingException.Reference step : e.getPath()) {
            if (step.getFieldName() == null) {
                steps.add("entry " + (step.getIndex() + 1));
            } else if (!step.getFieldName().equals("models") || e.getPath().size() == 1) {
                steps.add(step.getFieldName());
            }
        }
        return String.join(", ", steps);
    }

    private static String reason(JsonMappingException e) {
        if (e.getCause() instanceof JacksonException syntax) {
            return notYaml(syntax);
        }
        if (e.getPath().isEmpty()) {
            return EXPECTED + at(e.getLocation());
        }
        if (e instanceof UnrecognizedPropertyException unknown) {
            return place(e)
                    + ": unknown key (allowed: "
                    + unknown.getKnownPropertyIds().stream()
                            .map(Object::toString)
                            .sorted()
                            .collect(Collectors.joining(", "))
                    + ")";
        }
        return place(e) + ": the value has the wrong type" + at(e.getLocation());
    }

    private static String notYaml(JacksonException e) {
        // The parser's first line says what is wrong, the others draw a picture of where.
        String complaint = Objects.requireNonNullElse(e.getOriginalMessage(), "").strip();
        return "it is not proper YAML: "
                + complaint.lines().findFirst().orElse("unreadable")
                + at(e.getLocation());
    }

    private static String at(@Nullable JsonLocation location) {
        return location == null
                ? ""
                : " (line " + location.getLineNr() + ", column " + location.getColumnNr() + ")";
    }

    private IllegalArgumentException refusal(String reason, @Nullable Throwable cause) {
        return new IllegalArgumentException(
                "The model catalog " + source + " cannot be used: " + reason, cause);
    }

    record Document(@Nullable List<@Nullable Entry> models) {}

    record Entry(
            @Nullable String name, @Nullable String displayName, @Nullable String description) {}
}
