package io.modelfleet.service;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import io.modelfleet.protocol.Json;
import java.time.Instant;
import java.util.UUID;
import java.util.logging.Level;
import java.util.logging.LogRecord;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

class JsonLogFormatterTest {
    private static final UUID ID = UUID.fromString("11111111-2222-3333-4444-555555555555");

    @Test
    void aLineIsOneObjectWithTheIdsAsFields() throws JsonProcessingException {
        JsonNode line =
                line("Task failed: task_id={0}, model={1}, attempt={2}", null, ID, "a:1b", 8080);

        assertThat(line.path("time").asText()).isEqualTo("2025-11-14T10:00:00.123Z");
        assertThat(line.path("level").asText()).isEqualTo("WARN");
        assertThat(line.path("logger").asText()).isEqualTo("io.modelfleet.Sample");
        assertThat(line.path("thread").asText()).isEqualTo(Thread.currentThread().getName());
        assertThat(line.path("message").asText())
                .isEqualTo("Task failed: task_id=" + ID + ", model=a:1b, attempt=8080");
        assertThat(line.path("task_id").asText()).isEqualTo(ID.toString());
        assertThat(line.path("model").asText()).isEqualTo("a:1b");
        assertThat(line.path("attempt").isInt()).isTrue();
        assertThat(line.has("stack_trace")).isFalse();
    }

    @Test
    void aValueThatLooksLikeFieldsIsAValue() throws JsonProcessingException {
        String forged = "full, task_id=forged, level=INFO\n{\"a\":1}";
        JsonNode line = line("Task failed: task_id={0}, error={1}", null, ID, forged);

        assertThat(line.path("task_id").asText()).isEqualTo(ID.toString());
        assertThat(line.path("error").asText()).isEqualTo(forged);
        assertThat(line.path("level").asText()).isEqualTo("WARN");
    }

    @Test
    void noFieldTakesThePlaceOfTheLinesOwn() throws JsonProcessingException {
        assertThat(line("x: level={0}, time={1}", null, "low", "noon").path("level").asText())
                .isEqualTo("WARN");
    }

    @Test
    void linesWithFixedWordsCarryFieldsBesides() throws JsonProcessingException {
        JsonNode line =
                line(
                        "Failed to send to agent {0}: {1}",
                        null,
                        new LogField("agent_id", ID),
                        "refused",
                        new LogField("task_id", "t"));

        assertThat(line.path("message").asText())
                .isEqualTo("Failed to send to agent " + ID + ": refused");
        assertThat(line.path("agent_id").asText()).isEqualTo(ID.toString());
        assertThat(line.path("task_id").asText()).isEqualTo("t");
    }

    @Test
    void aFailuresTraceIsOneField() throws JsonProcessingException {
        JsonNode line = line("failed", new IllegalStateException("x\ny"));

        assertThat(line.path("stack_trace").asText())
                .startsWith("java.lang.IllegalStateException: x\ny")
                .contains("\tat ", "JsonLogFormatterTest");
    }

    @Test
    void aFailureBesideParametersIsAFailureToo() throws JsonProcessingException {
        JsonNode line =
                line("Task broke off: task_id={0}", null, ID, new IllegalStateException("x"));

        assertThat(line.path("task_id").asText()).isEqualTo(ID.toString());
        assertThat(line.path("stack_trace").asText()).contains("IllegalStateException: x");
    }

    @Test
    void nothingBreaksTheLine() {
        String text = format("a\nb\r\u0085\u2028\u009b\u001b[2J日本", null);

        assertThat(text).endsWith("\n").contains("日本", "\\u0085", "\\u2028", "\\u009b");
        assertThat(text.strip().chars().noneMatch(Character::isISOControl)).isTrue();
    }

    @Test
    void bracesWithoutParametersAreNoPattern() throws JsonProcessingException {
        assertThat(line("it's {0} and {", null).path("message").asText())
                .isEqualTo("it's {0} and {");
        assertThat(line("half a {0", null, "x").path("message").asText()).isEqualTo("half a {0");
    }

    private static JsonNode line(String message, @Nullable Throwable failure, Object... parameters)
            throws JsonProcessingException {
        return Json.mapper().readTree(format(message, failure, parameters));
    }

    private static String format(
            String message, @Nullable Throwable failure, Object... parameters) {
        LogRecord record = new LogRecord(Level.WARNING, message);
        record.setLoggerName("io.modelfleet.Sample");
        record.setInstant(Instant.parse("2025-11-14T10:00:00.123456Z"));
        record.setParameters(parameters);
        record.setThrown(failure);
        return new JsonLogFormatter().format(record);
    }
}
