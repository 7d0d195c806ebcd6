package io.modelfleet.service;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Instant;
import java.util.logging.Level;
import java.util.logging.LogRecord;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class LogFormatterTest {
    private static final String TIME = "2025-11-14T10:00:00.123Z";

    @ParameterizedTest
    @CsvSource({
        "SEVERE, ERROR",
        "WARNING, WARN",
        "INFO, INFO",
        "CONFIG, DEBUG",
        "FINE, DEBUG",
        "FINEST, DEBUG",
    })
    void levelsHaveTheNamesOfTheQuickStart(String level, String name) {
        assertThat(format(Level.parse(level), "text", null))
                .isEqualTo(TIME + " " + name + " text\n");
    }

    @Test
    void noMessageCanForgeALineOrMoveTheCursor() {
        assertThat(format(Level.INFO, "a\nb\r\nc\u001b[2Jd\u0085e\tf", null))
                .isEqualTo(TIME + " INFO a\\nb\\r\\nc\\u001b[2Jd\\u0085e\tf\n");
    }

    @Test
    void bracesAndQuotesAreNoPattern() {
        assertThat(format(Level.INFO, "it's {0} and {", null))
                .isEqualTo(TIME + " INFO it's {0} and {\n");
    }

    @Test
    void aFailureFollowsWithItsTraceAndCannotForgeALineEither() {
        String text =
                format(
                        Level.SEVERE,
                        "failed",
                        new IllegalStateException("x\n" + TIME + " INFO forged"));

        assertThat(text.lines().findFirst()).contains(TIME + " ERROR failed");
        assertThat(text.lines().skip(1))
                .isNotEmpty()
                .allSatisfy(line -> assertThat(line).startsWith("    "));
        assertThat(text).contains("IllegalStateException: x", "LogFormatterTest").endsWith("\n");
    }

    @Test
    void aRecordWithoutMessageIsALineToo() {
        assertThat(format(Level.INFO, null, null)).isEqualTo(TIME + " INFO null\n");
    }

    private static String format(
            Level level,
            @org.jspecify.annotations.Nullable String message,
            @org.jspecify.annotations.Nullable Throwable failure) {
        LogRecord record = new LogRecord(level, message);
        record.setInstant(Instant.parse("2025-11-14T10:00:00.123456Z"));
        if (failure != null) {
            record.setThrown(failure);
        }
        return new LogFormatter().format(record);
    }
}
