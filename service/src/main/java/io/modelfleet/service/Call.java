package io.modelfleet.service;

import io.helidon.common.buffers.DataReader;
import io.helidon.http.DirectHandler;
import io.helidon.http.HeaderNames;
import io.helidon.http.HeaderValues;
import io.helidon.http.RequestException;
import io.helidon.webserver.CloseConnectionException;
import io.helidon.webserver.http.ServerRequest;
import io.modelfleet.protocol.ErrorCode;
import io.modelfleet.protocol.FleetException;
import io.modelfleet.protocol.Json;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.UUID;
import java.util.regex.Pattern;

/** One request, as handlers read it: every reader refuses bad input in the contract's words. */
public final class Call {
    private static final System.Logger LOG = System.getLogger(Call.class.getName());

    /** Bytes of an oversized body that are read and dropped. */
    private static final long MOST_DRAINED = 64L << 20;

    /** Helidon decodes these to something. */
    private static final Pattern WRONG_ENCODING = Pattern.compile("%(?![0-9A-Fa-f]{2})");

    private static final Pattern UUID_FORM =
            Pattern.compile("[0-9a-fA-F]{8}(-[0-9a-fA-F]{4}){3}-[0-9a-fA-F]{12}");

    private final ServerRequest request;
    private final int maxBody;

    Call(ServerRequest request, int maxBody) {
        this.request = request;
        this.maxBody = maxBody;
    }

    /** A part of the path, decoded. */
    public String path(String name) {
        return request.path().pathParameters().get(name);
    }

    /**
     * A part of the path that must be an id.
     *
     * @throws FleetException {@link ErrorCode#INVALID_REQUEST} when it is no UUID
     */
    public UUID id(String name) {
        return uuid(name, path(name));
    }

    /**
     * A query parameter; empty when absent or blank.
     *
     * @throws FleetException {@link ErrorCode#INVALID_REQUEST} when it is wrongly encoded
     */
    public Optional<String> query(String name) {
        if (WRONG_ENCODING.matcher(request.query().rawValue()).find()) {
            throw FleetException.invalidValue(name, "%", "%20");
        }
        return request.query().first(name).asOptional().filter(value -> !value.isBlank());
    }

    /** As {@link #query}, for ids. */
    public Optional<UUID> queryId(String name) {
        return query(name).map(value -> uuid(name, value));
    }

    /**
     * As {@link #query}, for whole numbers.
     *
     * @throws FleetException {@link ErrorCode#INVALID_REQUEST} outside {@code least} to {@code
     *     most}
     */
    public Optional<Long> queryNumber(String name, long least, long most) {
        return query(name).map(value -> number(name, value, least, most));
    }

    /**
     * The body as a wire record.
     *
     * @throws FleetException {@link ErrorCode#INVALID_REQUEST}, {@link
     *     ErrorCode#UNSUPPORTED_MEDIA_TYPE}, {@link ErrorCode#PAYLOAD_TOO_LARGE}, or what the
     *     record's constructor threw
     */
    public <T> T body(Class<T> type) {
        return Json.read(body(), type);
    }

    /**
     * The raw body; a missing {@code Content-Type} counts as JSON, because some agents send none.
     */
    public byte[] body() {
        String type = mediaType();
        if (!type.equals("application/json") && !type.endsWith("+json")) {
            throw FleetException.of(ErrorCode.UNSUPPORTED_MEDIA_TYPE, type);
        }
        if (!request.content().hasEntity()) {
            throw new FleetException(ErrorCode.INVALID_REQUEST, "INVALID_REQUEST.body");
        }
        if (request.headers().contentLength().orElse(0) > maxBody) {
            if (!request.headers().contains(HeaderValues.EXPECT_100)) {
                drain(request.content().inputStream());
            }
            throw FleetException.of(ErrorCode.PAYLOAD_TOO_LARGE, maxBody);
        }
        return readBody();
    }

    /** Read by hand, because Helidon's reader throws at what is no media type at all. */
    private String mediaType() {
        String header =
                request.headers().first(HeaderNames.CONTENT_TYPE).orElse("application/json");
        return header.split(";", 2)[0].strip().toLowerCase(Locale.ROOT);
    }

    private byte[] readBody() {
        // Not closed: closing reads on to the end, however far that is.
        InputStream stream = request.content().inputStream();
        try {
            byte[] body = stream.readNBytes(maxBody + 1);
            if (body.length > maxBody) {
                drain(stream);
                throw FleetException.of(ErrorCode.PAYLOAD_TOO_LARGE, maxBody);
            }
            return body;
        } catch (IllegalArgumentException malformedChunk) {
            throw RequestException.builder()
                    .type(DirectHandler.EventType.BAD_REQUEST)
                    .message("malformed chunk")
                    .cause(malformedChunk)
                    .build();
        } catch (DataReader.InsufficientDataAvailableException
                | UncheckedIOException
                | IOException gone) {
            throw new CloseConnectionException("the caller left in the middle of its body", gone);
        }
    }

    /**
     * Many clients read the answer only after they have sent everything, and lose it when the
     * connection is reset while they send.
     */
    private static void drain(InputStream rest) {
        try {
            byte[] buffer = new byte[8192];
            long left = MOST_DRAINED;
            for (int read = 0; read >= 0 && left > 0; left -= read) {
                read = rest.read(buffer);
            }
        } catch (IOException | RuntimeException gone) {
            LOG.log(System.Logger.Level.DEBUG, "The rest of a body was not sent", gone);
        }
    }

    /** Japanese, unless the caller prefers English. */
    public Locale locale() {
        String wish = request.headers().first(HeaderNames.ACCEPT_LANGUAGE).orElse("");
        return locale(wish);
    }

    static Locale locale(String acceptLanguage) {
        List<Locale.LanguageRange> ranges;
        try {
            ranges =
                    acceptLanguage.isBlank()
                            ? List.of()
                            : Locale.LanguageRange.parse(acceptLanguage);
        } catch (IllegalArgumentException malformed) {
            ranges = List.of();
        }
        Locale best = Locale.lookup(ranges, List.of(Locale.JAPANESE, Locale.ENGLISH));
        return best == null ? Locale.JAPANESE : best;
    }

    private static UUID uuid(String name, String value) {
        if (!UUID_FORM.matcher(value).matches()) {
            throw FleetException.invalidValue(name, value, "UUID");
        }
        return UUID.fromString(value);
    }

    private static long number(String name, String value, long least, long most) {
        try {
            long number = Long.parseLong(value);
            if (number >= least && number <= most) {
                return number;
            }
        } catch (NumberFormatException notANumber) {
            // refused below, like a number out of range
        }
        throw FleetException.invalidValue(name, value, least + "–" + most);
    }
}
