package io.modelfleet.service;

/**
 * A parameter of a log message that knows its own name, for lines whose words are fixed: in text it
 * stands where the message names it, or nowhere; in JSON it is a field either way.
 *
 * @param name in {@code snake_case}
 * @param value as text it is what the line shows
 */
public record LogField(String name, Object value) {
    @Override
    public String toString() {
        return String.valueOf(value);
    }
}
