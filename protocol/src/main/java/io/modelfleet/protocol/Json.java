package io.modelfleet.protocol;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonSetter;
import com.fasterxml.jackson.annotation.Nulls;
import com.fasterxml.jackson.core.JacksonException;
import com.fasterxml.jackson.core.JsonLocation;
import com.fasterxml.jackson.core.StreamReadFeature;
import com.fasterxml.jackson.core.type.TypeReference;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonMappingException;
import com.fasterxml.jackson.databind.MapperFeature;
import com.fasterxml.jackson.databind.PropertyNamingStrategies;
import com.fasterxml.jackson.databind.SerializationFeature;
import com.fasterxml.jackson.databind.cfg.CoercionAction;
import com.fasterxml.jackson.databind.cfg.CoercionInputShape;
import com.fasterxml.jackson.databind.exc.MismatchedInputException;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.type.LogicalType;
import com.fasterxml.jackson.datatype.jsr310.JavaTimeModule;
import java.io.IOException;
import java.io.InputStream;
import java.util.List;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * The one mapper: {@code snake_case}, RFC 3339 times, unknown values left out when written, unknown
 * fields passed over when read, and no guessing of types (the string {@code "5"} is no number).
 */
public final class Json {
    private static final JsonMapper MAPPER =
            JsonMapper.builder()
                    .addModule(new JavaTimeModule())
                    .propertyNamingStrategy(PropertyNamingStrategies.SNAKE_CASE)
                    .defaultPropertyInclusion(
                            JsonInclude.Value.construct(
                                    JsonInclude.Include.NON_NULL, JsonInclude.Include.ALWAYS))
                    // No list of the contract has holes; a null in one is refused like a wrong
                    // type.
                    .defaultSetterInfo(JsonSetter.Value.forContentNulls(Nulls.FAIL))
                    .disable(SerializationFeature.WRITE_DATES_AS_TIMESTAMPS)
                    .disable(DeserializationFeature.FAIL_ON_UNKNOWN_PROPERTIES)
                    .disable(DeserializationFeature.ACCEPT_FLOAT_AS_INT)
                    .enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS)
                    .enable(DeserializationFeature.FAIL_ON_NUMBERS_FOR_ENUMS)
                    .disable(MapperFeature.ALLOW_COERCION_OF_SCALARS)
                    .enable(StreamReadFeature.STRICT_DUPLICATE_DETECTION)
                    .withCoercionConfig(
                            LogicalType.Textual,
                            config ->
                                    config.setCoercion(
                                                    CoercionInputShape.Integer, CoercionAction.Fail)
                                            .setCoercion(
                                                    CoercionInputShape.Float, CoercionAction.Fail)
                                            .setCoercion(
                                                    CoercionInputShape.Boolean,
                                                    CoercionAction.Fail))
                    .build();

    private Json() {}

    /** For trees and streams; whole documents go through the methods below. */
    public static JsonMapper mapper() {
        return MAPPER;
    }

    /** UTF-8 bytes of a wire record. */
    public static byte[] write(Object value) {
        try {
            return MAPPER.writeValueAsBytes(value);
        } catch (JacksonException e) {
            throw new IllegalStateException("wire records can always be written", e);
        }
    }

    /**
     * Reads one document.
     *
     * @throws FleetException {@link ErrorCode#INVALID_REQUEST}, or what the value's own constructor
     *     threw
     */
    public static <T> T read(byte[] json, Class<T> type) {
        return checked(() -> MAPPER.readValue(json, type));
    }

    /** As {@link #read(byte[], Class)}, for lists. */
    public static <T> T read(byte[] json, TypeReference<T> type) {
        return checked(() -> MAPPER.readValue(json, type));
    }

    /** As {@link #read(byte[], Class)}; the stream is read to its end and closed. */
    public static <T> T read(InputStream json, Class<T> type) throws IOException {
        try (json) {
            return read(json.readAllBytes(), type);
        }
    }

    private interface Parse<T> {
        @Nullable T get() throws IOException;
    }

    private static <T> T checked(Parse<T> parse) {
        try {
            T value = parse.get();
            if (value == null) {
                throw new FleetException(ErrorCode.INVALID_REQUEST, "INVALID_REQUEST.body");
            }
            return value;
        } catch (JacksonException e) {
            throw refusal(e);
        } catch (IOException e) {
            throw new IllegalStateException("an array cannot fail to be read", e);
        }
    }

    /** Puts a parser's complaint into the contract's words; class names stay inside. */
    private static FleetException refusal(JacksonException e) {
        for (Throwable cause = e; cause != null; cause = cause.getCause()) {
            if (cause instanceof FleetException fleet) {
                return fleet;
            }
        }
        if (e instanceof MismatchedInputException mismatch && !mismatch.getPath().isEmpty()) {
            return new FleetException(
                    ErrorCode.INVALID_REQUEST, "INVALID_REQUEST.type", path(mismatch.getPath()));
        }
        JsonLocation at = e.getLocation();
        return new FleetException(
                ErrorCode.INVALID_REQUEST,
                "INVALID_REQUEST.json",
                at == null ? 0 : Math.max(0, at.getLineNr()),
                at == null ? 0 : Math.max(0, at.getColumnNr()));
    }

    private static String path(List<JsonMappingException.Reference> path) {
        return path.stream()
                .map(
                        step ->
                                step.getFieldName() == null
                                        ? "[" + step.getIndex() + "]"
                                        : step.getFieldName())
                .collect(Collectors.joining("."));
    }
}
