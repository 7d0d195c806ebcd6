package io.modelfleet.coordinator.catalog;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import io.modelfleet.protocol.ModelName;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class CuratedModelsTest {
    @TempDir private Path folder;

    @Test
    void builtInListNamesAtLeastFortyFiveDifferentModelsWithTags() {
        List<CuratedModel> models = CuratedModels.builtIn();

        assertThat(models).hasSizeGreaterThanOrEqualTo(45);
        assertThat(models).extracting(CuratedModel::name).doesNotHaveDuplicates();
        assertThat(models).extracting(CuratedModel::displayName).doesNotHaveDuplicates();
        assertThat(models)
                .allSatisfy(
                        model -> {
                            assertThat(model.name().tag()).isNotEqualTo(ModelName.DEFAULT_TAG);
                            assertThat(model.displayName()).isNotBlank();
                            assertThat(model.description()).isNotBlank();
                        });
    }

    @ParameterizedTest
    @ValueSource(strings = {"gpt-oss:20b", "gpt-oss:7b", "gpt-oss:3b", "gpt-oss:1b", "phi3:mini"})
    void builtInListHoldsTheModelsOfTheQuickStart(String name) {
        assertThat(CuratedModels.builtIn())
                .extracting(CuratedModel::name)
                .contains(ModelName.parse(name));
    }

    @ParameterizedTest
    @CsvSource(
            quoteCharacter = '|',
            value = {
                "llama3.2:3b,Llama 3.2 (3B),|Meta's Llama 3.2 model, 3 billion parameters|",
                "mistral:7b,Mistral (7B),Mistral AI's 7B parameter model"
            })
    void builtInListUsesTheQuickStartsWords(String name, String displayName, String description) {
        assertThat(CuratedModels.builtIn())
                .contains(new CuratedModel(ModelName.parse(name), displayName, description));
    }

    @Test
    void fileReplacesTheListAndKeepsItsOrder() throws IOException {
        Path file =
                file(
                        """
                        models:
                          - name: zephyr:7b
                            display-name: Zephyr
                            description: A fine-tuned Mistral
                          - name: hf.co/bartowski/Llama-3.2-1B-Instruct-GGUF:Q4_K_M
                          - name: llama3.2
                        """);

        assertThat(CuratedModels.read(file))
                .containsExactly(
                        new CuratedModel(
                                ModelName.parse("zephyr:7b"), "Zephyr", "A fine-tuned Mistral"),
                        new CuratedModel(
                                ModelName.parse(
                                        "hf.co/bartowski/Llama-3.2-1B-Instruct-GGUF:Q4_K_M"),
                                "Llama-3.2-1B-Instruct-GGUF (Q4_K_M)",
                                null),
                        new CuratedModel(ModelName.parse("llama3.2:latest"), "Llama3.2", null));
    }

    @Test
    void fileMayBeJson() throws IOException {
        assertThat(CuratedModels.read(file("{\"models\":[{\"name\":\"a:1b\"}]}")))
                .containsExactly(new CuratedModel(ModelName.parse("a:1b"), "A (1b)", null));
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '~',
            value = {
                "'' ~ it must be one document with the key \"models\" and at least one entry",
                "'models:' ~ it must be one document with the key \"models\" and at least one entry",
                "'models: []' ~ it must be one document with the key \"models\" and at least one entry",
                "'models: {a: b}' ~ models: the value has the wrong type",
                "'models: 7' ~ models: the value has the wrong type",
                "'- name: a' ~ it must be one document",
                "'entries: []' ~ entries: unknown key (allowed: models)",
                "'models: [{name: [a]}]' ~ entry 1, name: the value has the wrong type",
                "'models: [{name: a, size: 3}]' ~ entry 1, size: unknown key (allowed: description, display-name, name)",
                "'models: [{name: a}, null]' ~ entry 2 has no name",
                "'models: [{name: a}, {display-name: B}]' ~ entry 2 has no name",
                "'models: [{name: a}, {name: \"\"}]' ~ entry 2 has no name",
                "'models: [{name: a}, {name: \"A:latest\"}]' ~ entry 2 (A:latest): the model is listed twice",
                "'models: [{name: \"x@y\"}]' ~ entry 1 (x@y): invalid model name: x@y",
                "'models: [{name: \"gpt-oss:120b-cloud\"}]' ~ entry 1 (gpt-oss:120b-cloud): invalid model name",
                "'models: [{name: a, description: \"b\\u0007\"}]' ~ entry 1 (a): description must be one line",
                "'models: [{name: a, name: b}]' ~ it is not proper YAML: Duplicate field 'name' (line 1,",
                "'models: [' ~ it is not proper YAML: while parsing",
                "'models: &a [*a]' ~ entry 1: the value has the wrong type",
                "'models: [{name: a}]\n---\nmodels: []' ~ it must be one document",
                "'\u0001\u0002' ~ it is not proper YAML",
            })
    void badFileIsRefusedInOneSentence(String yaml, String reason) throws IOException {
        Path file = file(yaml);

        assertThatIllegalArgumentException()
                .isThrownBy(() -> CuratedModels.read(file))
                .withMessageContaining("The model catalog " + file + " cannot be used: " + reason)
                .satisfies(e -> assertThat(e.getMessage()).doesNotContain("\n", "io.modelfleet"));
    }

    @Test
    void tooLongDescriptionIsRefused() throws IOException {
        Path file = file("models: [{name: a, description: " + "b".repeat(501) + "}]");

        assertThatIllegalArgumentException()
                .isThrownBy(() -> CuratedModels.read(file))
                .withMessageEndingWith("entry 1 (a): description is longer than 500 characters");
    }

    @Test
    void fileThatIsNoTextIsRefused() throws IOException {
        Path file = folder.resolve("catalog.yaml");
        Files.write(file, new byte[] {(byte) 0xc3, 0x28, (byte) 0xff, 0, 1});

        assertThatIllegalArgumentException()
                .isThrownBy(() -> CuratedModels.read(file))
                .withMessageContaining(file + " cannot be used: it is not proper YAML");
    }

    @Test
    void absentFileIsRefused() {
        Path file = folder.resolve("absent.yaml");

        assertThatIllegalArgumentException()
                .isThrownBy(() -> CuratedModels.read(file))
                .withMessage(
                        "The model catalog " + file + " cannot be used: there is no such file");
    }

    @Test
    void folderIsRefused() {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> CuratedModels.read(folder))
                .withMessageContaining(folder + " cannot be used: it cannot be read");
    }

    private Path file(String yaml) throws IOException {
        return Files.writeString(folder.resolve("catalog.yaml"), yaml);
    }
}
