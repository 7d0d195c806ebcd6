package io.modelfleet.service;

import java.io.PrintWriter;
import java.io.StringWriter;
import java.text.MessageFormat;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.logging.Level;
import java.util.logging.LogRecord;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * What a log record says, as text and as fields. Fields are read from the message's pattern, {@code
 * "Task failed: task_id={0}, error={1}"}, and not from the finished text: call sites stay one
 * sentence, a value keeps its commas, and no text that came from outside can pose as an id.
 */
final class LogMessage {
    private static final Pattern PLACE = Pattern.compile("\\{\\d");
    private static final Pattern PAIR = Pattern.compile("([a-z][a-z0-9_]*)=\\{(\\d{1,2})\\}");

    private LogMessage() {}

    static String text(LogRecord record) {
        String pattern = String.valueOf(record.getMessage());
        Object[] parameters = record.getParameters();
        if (parameters == null || parameters.length == 0 || !PLACE.matcher(pattern).find()) {
            return Secrets.masked(pattern);
        }
        // As text, because MessageFormat writes numbers the way of a country: port 8,080.
        Object[] texts = Arrays.stream(parameters).map(String::valueOf).toArray();
        try {
            return Secrets.masked(MessageFormat.format(pattern, texts));
        } catch (IllegalArgumentException notAPattern) {
            return Secrets.masked(pattern);
        }
    }

    /** The parameters that have a name, in the order of the sentence. */
    static Map<String, Object> fields(LogRecord record) {
        Map<String, Object> fields = new LinkedHashMap<>();
        Object[] parameters = record.getParameters();
        if (parameters == null) {
            return fields;
        }
        Matcher pair = PAIR.matcher(String.valueOf(record.getMessage()));
        while (pair.find()) {
            int index = Integer.parseInt(pair.group(2));
            if (index < parameters.length) {
                fields.put(pair.group(1), plain(parameters[index]));
            }
        }
        for (Object parameter : parameters) {
            if (parameter instanceof LogField field) {
                fields.put(field.name(), plain(field.value()));
            }
        }
        return fields;
    }

    /**
     * What was thrown: the platform's logger has no call with both parameters and a failure, so a
     * failure that is the last parameter counts.
     */
    static @Nullable Throwable thrown(LogRecord record) {
        Object[] parameters = record.getParameters();
        if (record.getThrown() == null
                && parameters != null
                && parameters.length > 0
                && parameters[parameters.length - 1] instanceof Throwable last) {
            return last;
        }
        return record.getThrown();
    }

    static String trace(Throwable failure) {
        StringWriter trace = new StringWriter();
        failure.printStackTrace(new PrintWriter(trace));
        return Secrets.masked(trace.toString());
    }

    private static Object plain(Object value) {
        return value instanceof Number || value instanceof Boolean
                ? value
                : Secrets.masked(String.valueOf(value));
    }

    /** The names of the quick start. */
    static String level(Level level) {
        if (level.intValue() >= Level.SEVERE.intValue()) {
            return "ERROR";
        }
        if (level.intValue() >= Level.WARNING.intValue()) {
            return "WARN";
        }
        return level.intValue() >= Level.INFO.intValue() ? "INFO" : "DEBUG";
    }
}
