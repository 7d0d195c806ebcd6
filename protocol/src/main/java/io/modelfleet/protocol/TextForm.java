package io.modelfleet.protocol;

import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import com.fasterxml.jackson.databind.DeserializationContext;
import com.fasterxml.jackson.databind.deser.std.StdScalarDeserializer;
import java.io.IOException;
import java.time.DateTimeException;
import java.time.Instant;
import java.util.UUID;
import java.util.function.Function;

/**
 * A value that has one form on the wire, a string. Jackson's own readers also take a number for a
 * time, and Base64 or nothing at all for a UUID.
 */
final class TextForm<T> extends StdScalarDeserializer<T> {
    private static final long serialVersionUID = 1L;
    private static final int UUID_LENGTH = 36;

    private final transient Function<String, T> form;

    private TextForm(Class<T> type, Function<String, T> form) {
        super(type);
        this.form = form;
    }

    /** RFC 3339, with any offset. */
    static TextForm<Instant> instant() {
        return new TextForm<>(Instant.class, Instant::parse);
    }

    /** Groups of 8, 4, 4, 4 and 12 hexadecimal digits. */
    static TextForm<UUID> uuid() {
        return new TextForm<>(UUID.class, TextForm::uuid);
    }

    private static UUID uuid(String text) {
        // Java itself also reads shorter groups.
        if (text.length() != UUID_LENGTH) {
            throw new IllegalArgumentException("36 characters");
        }
        return UUID.fromString(text);
    }

    @Override
    public T deserialize(JsonParser parser, DeserializationContext context) throws IOException {
        if (!parser.hasToken(JsonToken.VALUE_STRING)) {
            return context.reportInputMismatch(this, "not a string");
        }
        String text = parser.getText();
        try {
            return form.apply(text);
        } catch (IllegalArgumentException | DateTimeException malformed) {
            throw context.weirdStringException(text, handledType(), "malformed");
        }
    }
}
