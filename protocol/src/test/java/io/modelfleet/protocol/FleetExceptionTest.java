package io.modelfleet.protocol;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.Properties;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.UUID;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.MethodSource;

class FleetExceptionTest {
    private static final Pattern PLACEHOLDER = Pattern.compile("\\{\\d}");
    private static final UUID ID = UUID.fromString("550e8400-e29b-41d4-a716-446655440000");
    private static final Map<String, String> ENGLISH = texts("errors.properties");
    private static final Map<String, String> JAPANESE = texts("errors_ja.properties");

    @ParameterizedTest
    @EnumSource
    void everyCodeHasItsTextInBothLanguages(ErrorCode code) {
        assertThat(ENGLISH).containsKey(code.name());
        assertThat(JAPANESE).containsKey(code.name());
        assertThat(code.status()).isBetween(400, 599);
    }

    @Test
    void bothLanguagesHaveTheSameEntriesAndEachBelongsToACode() {
        assertThat(JAPANESE.keySet()).isEqualTo(ENGLISH.keySet());
        assertThat(ENGLISH.keySet()).allSatisfy(key -> assertThat(codeOf(key).name()).isNotEmpty());
    }

    static Stream<String> keys() {
        return ENGLISH.keySet().stream();
    }

    @ParameterizedTest
    @MethodSource("keys")
    void bothLanguagesNameTheSameThings(String key) {
        assertThat(placeholders(JAPANESE, key)).isEqualTo(placeholders(ENGLISH, key));
    }

    @ParameterizedTest
    @MethodSource("keys")
    void everyPlaceholderIsFilledAndNoQuoteOrBraceIsLost(String key) {
        FleetException refusal =
                new FleetException(codeOf(key), key, "it's {0}", "'1'", "{2}", "3", "4");

        assertThat(refusal.text(Locale.ENGLISH)).isEqualTo(filled(ENGLISH, key));
        assertThat(refusal.text(Locale.JAPANESE)).isEqualTo(filled(JAPANESE, key));
    }

    @Test
    void theTextsOfTheContractAreExact() {
        FleetException offline = FleetException.agentOffline(ID);
        FleetException name = FleetException.of(ErrorCode.INVALID_MODEL_NAME, "Invalid@Model#Name");
        FleetException storage =
                FleetException.insufficientStorage(12_500_000_000L, 8_200_000_000L);

        assertThat(offline.text(Locale.JAPANESE)).isEqualTo("ノード " + ID + " はオフラインです");
        assertThat(offline.text(Locale.ENGLISH)).isEqualTo("node " + ID + " is offline");
        assertThat(name.text(Locale.JAPANESE)).isEqualTo("無効なモデル名: Invalid@Model#Name");
        assertThat(name.text(Locale.ENGLISH)).isEqualTo("invalid model name: Invalid@Model#Name");
        assertThat(storage.text(Locale.JAPANESE)).isEqualTo("ストレージ容量不足: 必要容量 12.5GB、空き容量 8.2GB");
        assertThat(storage.text(Locale.ENGLISH))
                .isEqualTo("insufficient storage: 12.5GB required, 8.2GB free");
    }

    @Test
    void theStatusesOfTheContractAreExact() {
        Map<ErrorCode, Integer> contract =
                Map.ofEntries(
                        Map.entry(ErrorCode.AGENT_OFFLINE, 503),
                        Map.entry(ErrorCode.INVALID_MODEL_NAME, 400),
                        Map.entry(ErrorCode.INSUFFICIENT_STORAGE, 507),
                        Map.entry(ErrorCode.AGENT_NOT_FOUND, 404),
                        Map.entry(ErrorCode.TASK_NOT_FOUND, 404),
                        Map.entry(ErrorCode.MODEL_NOT_INSTALLED, 404),
                        Map.entry(ErrorCode.NOT_FOUND, 404),
                        Map.entry(ErrorCode.INVALID_REQUEST, 400),
                        Map.entry(ErrorCode.GPU_REQUIRED, 403),
                        Map.entry(ErrorCode.AGENT_ID_IN_USE, 409),
                        Map.entry(ErrorCode.TASK_FINISHED, 409),
                        Map.entry(ErrorCode.METHOD_NOT_ALLOWED, 405),
                        Map.entry(ErrorCode.PAYLOAD_TOO_LARGE, 413),
                        Map.entry(ErrorCode.UNSUPPORTED_MEDIA_TYPE, 415),
                        Map.entry(ErrorCode.UNAUTHORIZED, 401),
                        Map.entry(ErrorCode.FORBIDDEN, 403),
                        Map.entry(ErrorCode.INTERNAL, 500));

        assertThat(contract)
                .allSatisfy((code, status) -> assertThat(code.status()).isEqualTo(status));
    }

    @Test
    void numbersAreNotGrouped() {
        assertThat(FleetException.of(ErrorCode.PAYLOAD_TOO_LARGE, 1_048_576))
                .hasMessage("the request body is too large (at most 1048576 bytes)");
    }

    @Test
    void languagesOtherThanJapaneseReadEnglishWhateverTheHostSpeaks() {
        Locale before = Locale.getDefault();
        try {
            Locale.setDefault(Locale.JAPAN);
            FleetException refusal = FleetException.taskNotFound(ID);

            assertThat(refusal.text(Locale.ENGLISH))
                    .isEqualTo(refusal.text(Locale.FRENCH))
                    .isEqualTo("task " + ID + " does not exist");
            assertThat(refusal.text(Locale.JAPAN)).isEqualTo("タスク " + ID + " は存在しません");
        } finally {
            Locale.setDefault(before);
        }
    }

    @Test
    void theProblemCarriesTextAndCode() {
        assertThat(FleetException.agentNotFound(ID).problem(Locale.ENGLISH))
                .isEqualTo(new Problem("node " + ID + " is not registered", "AGENT_NOT_FOUND"));
    }

    private static ErrorCode codeOf(String key) {
        return ErrorCode.valueOf(key.split(Pattern.quote("."), 2)[0]);
    }

    private static Set<String> placeholders(Map<String, String> texts, String key) {
        return PLACEHOLDER
                .matcher(Objects.requireNonNull(texts.get(key)))
                .results()
                .map(result -> result.group())
                .collect(Collectors.toCollection(TreeSet::new));
    }

    /** What a reader of the bundle expects: two single quotes show one, arguments stay as given. */
    private static String filled(Map<String, String> texts, String key) {
        String[] arguments = {"it's {0}", "'1'", "{2}", "3", "4"};
        String pattern = Objects.requireNonNull(texts.get(key)).replace("''", "'");
        return PLACEHOLDER
                .matcher(pattern)
                .replaceAll(
                        hole ->
                                java.util.regex.Matcher.quoteReplacement(
                                        arguments[hole.group().charAt(1) - '0']));
    }

    private static Map<String, String> texts(String file) {
        Properties properties = new Properties();
        try (InputStream stream =
                Objects.requireNonNull(FleetExceptionTest.class.getResourceAsStream(file))) {
            properties.load(new InputStreamReader(stream, StandardCharsets.UTF_8));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        Map<String, String> texts = new TreeMap<>();
        properties
                .stringPropertyNames()
                .forEach(key -> texts.put(key, properties.getProperty(key)));
        return texts;
    }
}
