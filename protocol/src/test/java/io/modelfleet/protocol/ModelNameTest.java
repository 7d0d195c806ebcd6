package io.modelfleet.protocol;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import java.util.Locale;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

class ModelNameTest {
    private static final String LONGEST_PART = "p".repeat(80);
    private static final String LONGEST_HOST = "h".repeat(350);

    @ParameterizedTest
    @CsvSource({
        "gpt-oss, registry.ollama.ai, library, gpt-oss, latest, gpt-oss:latest",
        "gpt-oss:20b, registry.ollama.ai, library, gpt-oss, 20b, gpt-oss:20b",
        "ns_x/m-1.2_3:tag.1, registry.ollama.ai, ns_x, m-1.2_3, tag.1, ns_x/m-1.2_3:tag.1",
        "_a, registry.ollama.ai, library, _a, latest, _a:latest",
        "FOO/Bar:BAZ, registry.ollama.ai, FOO, Bar, BAZ, FOO/Bar:BAZ",
        "hf.co/bartowski/Llama-3.2-1B-Instruct-GGUF:Q4_K_M, hf.co, bartowski,"
                + " Llama-3.2-1B-Instruct-GGUF, Q4_K_M,"
                + " hf.co/bartowski/Llama-3.2-1B-Instruct-GGUF:Q4_K_M",
        "10.0.0.5:5000/library/m, 10.0.0.5:5000, library, m, latest,"
                + " 10.0.0.5:5000/library/m:latest",
        "registry.ollama.ai/library/m, registry.ollama.ai, library, m, latest, m:latest",
        "Registry.Ollama.AI/Library/m, Registry.Ollama.AI, Library, m, latest, m:latest",
        "registry.ollama.ai/me/m:1, registry.ollama.ai, me, m, 1, me/m:1",
        "http://10.0.0.5:5000/a/b:c, 10.0.0.5:5000, a, b, c, 10.0.0.5:5000/a/b:c",
        "https://hf.co/a/b, hf.co, a, b, latest, hf.co/a/b:latest",
        "m:cloudy, registry.ollama.ai, library, m, cloudy, m:cloudy",
        "m:cloud-1, registry.ollama.ai, library, m, cloud-1, m:cloud-1",
        "cloud, registry.ollama.ai, library, cloud, latest, cloud:latest",
    })
    void validNamesHaveTheirPartsAndTheShortForm(
            String text, String host, String namespace, String model, String tag, String printed) {
        ModelName name = ModelName.parse(text);

        assertThat(List.of(name.host(), name.namespace(), name.model(), name.tag()))
                .containsExactly(host, namespace, model, tag);
        assertThat(name).hasToString(printed);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                " ",
                "a:",
                "/a",
                "a//b",
                "-a",
                ".a",
                "a b",
                " a",
                "a ",
                "a\n",
                "a\0",
                "a:.x",
                "a:-x",
                "a:latest:x",
                "a/b/c/d",
                "hf.co/some.user/m",
                "m@sha256:0123456789abcdef",
                "Invalid@Model#Name",
                "http://a",
                "http://a/b",
                "ftp://h/a/b",
                "../etc/passwd",
                "a/../b",
                "a/..",
                "a%2fb",
                "a\\b",
                "モデル",
                "m:😀",
                "\u017f",
                "\u212a",
            })
    void everythingElseIsRefusedWithTheNameInTheText(String text) {
        assertThatThrownBy(() -> ModelName.parse(text))
                .isInstanceOfSatisfying(
                        FleetException.class,
                        refusal -> {
                            assertThat(refusal.code()).isEqualTo(ErrorCode.INVALID_MODEL_NAME);
                            assertThat(refusal.text(Locale.JAPANESE)).isEqualTo("無効なモデル名: " + text);
                        });
    }

    @Test
    void nothingIsRefusedToo() {
        assertThatThrownBy(() -> ModelName.parse(null))
                .isInstanceOf(FleetException.class)
                .hasMessage("invalid model name: ");
    }

    @ParameterizedTest
    @ValueSource(strings = {"m:cloud", "m:CLOUD", "gpt-oss:120b-cloud", "ns/m:x-Cloud"})
    void cloudTagsAreRefusedWithTheReason(String text) {
        assertThatThrownBy(() -> ModelName.parse(text))
                .isInstanceOfSatisfying(
                        FleetException.class,
                        refusal -> {
                            assertThat(refusal.code()).isEqualTo(ErrorCode.INVALID_MODEL_NAME);
                            assertThat(refusal.text(Locale.ENGLISH))
                                    .startsWith("invalid model name: " + text)
                                    .contains("no weights");
                            assertThat(refusal.text(Locale.JAPANESE))
                                    .startsWith("無効なモデル名: " + text);
                        });
    }

    static Stream<String> longestParts() {
        return Stream.of(
                LONGEST_PART,
                "m:" + LONGEST_PART,
                LONGEST_PART + "/m",
                LONGEST_HOST + "/a/b",
                LONGEST_HOST + "/" + LONGEST_PART + "/" + LONGEST_PART + ":" + LONGEST_PART,
                "http://" + LONGEST_HOST + "/a/b");
    }

    @ParameterizedTest
    @MethodSource("longestParts")
    void theLongestPartsAreTaken(String text) {
        assertThat(ModelName.parse(ModelName.parse(text).toString()))
                .isEqualTo(ModelName.parse(text));
    }

    static Stream<String> tooLongParts() {
        return Stream.of(
                LONGEST_PART + "p",
                "m:" + LONGEST_PART + "p",
                LONGEST_PART + "p/m",
                LONGEST_HOST + "h/a/b",
                "n".repeat(300));
    }

    @ParameterizedTest
    @MethodSource("tooLongParts")
    void oneCharacterMoreIsRefused(String text) {
        assertThatThrownBy(() -> ModelName.parse(text))
                .isInstanceOfSatisfying(
                        FleetException.class,
                        refusal ->
                                assertThat(refusal.code()).isEqualTo(ErrorCode.INVALID_MODEL_NAME));
    }

    @Test
    void aLongRefusedNameIsShortenedInTheTextWithoutTearingACharacter() {
        assertThatThrownBy(() -> ModelName.parse("x" + "😀".repeat(300)))
                .isInstanceOfSatisfying(
                        FleetException.class,
                        refusal ->
                                assertThat(refusal.text(Locale.ENGLISH))
                                        .isEqualTo(
                                                "invalid model name: x" + "😀".repeat(99) + "…"));
    }

    @Test
    void defaultsAreParts() {
        assertThat(ModelName.parse("llama3.2"))
                .isEqualTo(ModelName.parse("llama3.2:latest"))
                .isEqualTo(ModelName.parse("library/LLAMA3.2"))
                .isEqualTo(ModelName.parse("https://registry.ollama.ai/library/llama3.2:Latest"))
                .hasSameHashCodeAs(ModelName.parse("Llama3.2"))
                .isNotEqualTo(ModelName.parse("llama3.2:1b"))
                .isNotEqualTo(ModelName.parse("me/llama3.2"))
                .isNotEqualTo(ModelName.parse("hf.co/library/llama3.2"));
        assertThat(ModelName.parse("LLAMA3.2").key())
                .isEqualTo("registry.ollama.ai/library/llama3.2:latest");
    }

    @Test
    void namesSortByTheirKeys() {
        assertThat(Stream.of("b", "A", "a:1", "ns/a", "B:0").map(ModelName::parse).sorted())
                .extracting(ModelName::toString)
                .containsExactly("a:1", "A:latest", "B:0", "b:latest", "ns/a:latest");
    }
}
