package io.modelfleet.service;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.modelfleet.protocol.Json;
import java.io.UncheckedIOException;
import java.util.logging.Formatter;
import java.util.logging.LogRecord;
import java.util.regex.Pattern;

/**
 * One JSON object per line: {@code time} (RFC 3339, UTC), {@code level}, {@code logger}, {@code
 * thread}, {@code message}, each id as a field of its own, and {@code stack_trace} where something
 * was thrown.
 */
final class JsonLogFormatter extends Formatter {
    /** JSON allows them raw; terminals and some readers of lines take them for more than text. */
    private static final Pattern CONTROLS = Pattern.compile("[\\x7f-\\x9f\\u2028\\u2029]");

    @Override
    public String format(LogRecord record) {
        ObjectNode line = Json.mapper().createObjectNode();
        line.put(
                "time",
                record.getInstant().truncatedTo(java.time.temporal.ChronoUnit.MILLIS).toString());
        line.put("level", LogMessage.level(record.getLevel()));
        line.put("logger", record.getLoggerName());
        // The handler runs on the thread that speaks; many virtual ones have no name.
        line.put("thread", Thread.currentThread().getName());
        line.put("message", LogMessage.text(record));
        LogMessage.fields(record)
                .forEach(
                        (name, value) -> {
                            if (!line.has(name)) {
                                line.putPOJO(name, value);
                            }
                        });
        Throwable thrown = LogMessage.thrown(record);
        if (thrown != null) {
            line.put("stack_trace", LogMessage.trace(thrown));
        }
        return text(line) + "\n";
    }

    private static String text(ObjectNode line) {
        try {
            return CONTROLS.matcher(Json.mapper().writeValueAsString(line))
                    .replaceAll(found -> String.format("\\\\u%04x", (int) found.group().charAt(0)));
        } catch (JsonProcessingException e) {
            throw new UncheckedIOException(e);
        }
    }
}
