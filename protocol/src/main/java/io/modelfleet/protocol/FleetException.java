package io.modelfleet.protocol;

import java.text.MessageFormat;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.ResourceBundle;
import java.util.UUID;

/**
 * An expected refusal: a code with its arguments, put into words only where it is answered or
 * logged.
 */
public final class FleetException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    /** Without this, a Japanese host would answer its own language to those who prefer English. */
    private static final ResourceBundle.Control NO_FALLBACK =
            ResourceBundle.Control.getNoFallbackControl(ResourceBundle.Control.FORMAT_PROPERTIES);

    private final ErrorCode code;
    private final String key;
    private final transient List<Object> arguments;

    /**
     * @param key entry of the bundle {@code errors}: the code's name, or {@code CODE.variant}
     * @param arguments what the text names, in its order
     */
    public FleetException(ErrorCode code, String key, Object... arguments) {
        super(code.name());
        this.code = code;
        this.key = key;
        this.arguments = Arrays.stream(arguments).map(FleetException::argument).toList();
    }

    /** A refusal in the code's plain words. */
    public static FleetException of(ErrorCode code, Object... arguments) {
        return new FleetException(code, code.name(), arguments);
    }

    public static FleetException agentNotFound(UUID id) {
        return of(ErrorCode.AGENT_NOT_FOUND, id);
    }

    public static FleetException agentOffline(UUID id) {
        return of(ErrorCode.AGENT_OFFLINE, id);
    }

    public static FleetException taskNotFound(UUID id) {
        return of(ErrorCode.TASK_NOT_FOUND, id);
    }

    /**
     * @param required bytes that the model still needs
     * @param free bytes that the node's disk still has, after what running tasks will take
     */
    public static FleetException insufficientStorage(long required, long free) {
        return of(ErrorCode.INSUFFICIENT_STORAGE, Gigabytes.text(required), Gigabytes.text(free));
    }

    public static FleetException missingField(String field) {
        return new FleetException(ErrorCode.INVALID_REQUEST, "INVALID_REQUEST.missing", field);
    }

    public static FleetException invalidValue(String field, Object value, String allowed) {
        return new FleetException(
                ErrorCode.INVALID_REQUEST,
                "INVALID_REQUEST.value",
                field,
                Text.shortened(value.toString()),
                allowed);
    }

    public ErrorCode code() {
        return code;
    }

    /**
     * The text for a person, in Japanese when that is the locale's language, otherwise in English.
     */
    public String text(Locale locale) {
        ResourceBundle bundle =
                ResourceBundle.getBundle(
                        "io.modelfleet.protocol.errors",
                        locale.getLanguage().equals("ja") ? Locale.JAPANESE : Locale.ROOT,
                        NO_FALLBACK);
        return new MessageFormat(bundle.getString(key), Locale.ROOT).format(arguments.toArray());
    }

    public Problem problem(Locale locale) {
        return new Problem(text(locale), code.name());
    }

    /** The English text: what logs show. */
    @Override
    public String getMessage() {
        return text(Locale.ENGLISH);
    }

    /** Numbers are turned to text here, so that no locale groups their digits. */
    private static Object argument(Object argument) {
        return argument.toString();
    }
}
