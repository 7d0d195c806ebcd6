package io.modelfleet.agent.pull;

import io.modelfleet.protocol.ErrorCode;
import io.modelfleet.protocol.FleetException;
import java.util.Locale;
import java.util.regex.Pattern;

/**
 * What becomes of a task whose try ended in Ollama's words (v0.33).
 *
 * @param patience how often it is tried again
 * @param code the cause, if it was the last try
 * @param text the cause and what to do about it, if it was the last try
 */
record Verdict(Patience patience, ErrorCode code, String text) {
    enum Patience {
        /** Trying again would end the same way. */
        NONE,
        /** One more time. */
        ONCE,
        /** Some times in a row, counted anew when bytes arrive in between. */
        SOME
    }

    /**
     * Go's network errors, a registry's 5xx and 429, and Ollama's own surrender after its retries.
     */
    private static final Pattern REGISTRY =
            Pattern.compile(
                    "dial tcp|no such host|connection re|timeout|timed out|deadline exceeded|tls: |x509: |"
                            + "unexpected eof|broken pipe|network is unreachable|no route to host|"
                            + "max retries exceeded|stalled|: (429|5\\d\\d)\\b");

    private static final Pattern FULL =
            Pattern.compile("no space left on device|not enough space|disk quota exceeded");

    /**
     * @param status HTTP status; 200 for an error within the stream
     * @param words Ollama's own
     */
    static Verdict of(int status, String words, BlobStore store) {
        String lower = words.toLowerCase(Locale.ROOT);
        if (lower.contains("invalid model name")) {
            return new Verdict(
                    Patience.NONE,
                    ErrorCode.INVALID_MODEL_NAME,
                    "Ollama refused the model's name: " + words);
        }
        if (lower.contains("file does not exist")) {
            return atOnce(
                    ErrorCode.MODEL_NOT_FOUND,
                    words,
                    "; check the model's name and tag in its registry");
        }
        if (FULL.matcher(lower).find()) {
            return atOnce(
                    ErrorCode.DISK_FULL,
                    words,
                    "; free space on the disk of Ollama's model store, then retry");
        }
        if (lower.contains("digest mismatch")) {
            return new Verdict(
                    Patience.ONCE,
                    ErrorCode.DIGEST_MISMATCH,
                    text(
                            ErrorCode.DIGEST_MISMATCH,
                            words,
                            "; downloaded twice with the same result: check the registry, any proxy"
                                    + " or cache before it, and this node's disk"));
        }
        return transientOr(status, words, lower, store);
    }

    /** A try that ended without Ollama's words. */
    static Verdict lost(String cause) {
        return new Verdict(
                Patience.SOME,
                ErrorCode.OLLAMA_ERROR,
                text(
                        ErrorCode.OLLAMA_ERROR,
                        "connection lost (" + cause + ")",
                        "; look into Ollama's log on this node"));
    }

    private static Verdict transientOr(int status, String words, String lower, BlobStore store) {
        if (lower.equals("eof")) {
            return new Verdict(Patience.SOME, ErrorCode.OLLAMA_ERROR, endOfFile(store));
        }
        if (REGISTRY.matcher(lower).find()) {
            return new Verdict(
                    Patience.SOME,
                    ErrorCode.REGISTRY_UNREACHABLE,
                    text(
                            ErrorCode.REGISTRY_UNREACHABLE,
                            words,
                            "; check this node's network and Ollama's proxy settings, then retry"));
        }
        boolean passing = status >= 500 || lower.contains("context canceled");
        return new Verdict(
                passing ? Patience.SOME : Patience.NONE,
                ErrorCode.OLLAMA_ERROR,
                text(ErrorCode.OLLAMA_ERROR, words, "; look into Ollama's log on this node"));
    }

    /**
     * On a disk that was already full Ollama leaves a zero-byte partial file, and answers {@code
     * EOF} to every pull until it is deleted.
     */
    private static String endOfFile(BlobStore store) {
        String where =
                store.emptyPartials().stream()
                        .findFirst()
                        .map(file -> "delete " + file)
                        .orElse(
                                "look for sha256-…-partial files of 0 bytes in "
                                        + store.location());
        return text(
                ErrorCode.OLLAMA_ERROR,
                "EOF",
                "; a zero-byte partial file that a full disk left behind may have to be deleted ("
                        + where
                        + "), then retry");
    }

    private static Verdict atOnce(ErrorCode code, String words, String advice) {
        return new Verdict(Patience.NONE, code, text(code, words, advice));
    }

    private static String text(ErrorCode code, String words, String advice) {
        return FleetException.of(code, words).text(Locale.ENGLISH) + advice;
    }
}
