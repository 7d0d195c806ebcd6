package io.modelfleet.protocol;

import com.fasterxml.jackson.annotation.JsonCreator;
import com.fasterxml.jackson.annotation.JsonValue;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.Locale;
import java.util.regex.Pattern;

/**
 * A SHA-256 digest, which names a blob or a version of a model by its content.
 *
 * @param hex 64 lower-case hexadecimal digits
 */
public record Digest(String hex) {
    private static final String PREFIX = "sha256:";
    private static final Pattern HEX = Pattern.compile("[0-9a-f]{64}");

    /**
     * @throws FleetException {@link ErrorCode#INVALID_REQUEST} when {@code hex} is not 64
     *     lower-case digits
     */
    public Digest {
        if (!HEX.matcher(hex).matches()) {
            throw FleetException.invalidValue(
                    "digest", Text.shortened(hex), "sha256:<64 hex digits>");
        }
    }

    /** Reads {@code sha256:<hex>}, or the bare digits as {@code /api/tags} writes them. */
    @JsonCreator
    public static Digest parse(String text) {
        String lower = text.toLowerCase(Locale.ROOT);
        return new Digest(lower.startsWith(PREFIX) ? lower.substring(PREFIX.length()) : lower);
    }

    /** The digest of these bytes. */
    public static Digest of(byte[] bytes) {
        return new Digest(HexFormat.of().formatHex(sha256().digest(bytes)));
    }

    /** Takes over a finished SHA-256 computation. */
    public static Digest of(MessageDigest finished) {
        return new Digest(HexFormat.of().formatHex(finished.digest()));
    }

    /** A fresh SHA-256 computation. */
    public static MessageDigest sha256() {
        try {
            return MessageDigest.getInstance("SHA-256");
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every Java platform has SHA-256", e);
        }
    }

    @Override
    @JsonValue
    public String toString() {
        return PREFIX + hex;
    }
}
