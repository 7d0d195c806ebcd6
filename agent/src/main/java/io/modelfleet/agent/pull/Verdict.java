package io.modelfleet.agent.pull;

import io.modelfleet.protocol.Blob;
import io.modelfleet.protocol.ErrorCode;
import io.modelfleet.protocol.FleetException;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

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
     * @param blobs what the model consists of, as far as it is known
     */
    static Verdict of(int status, String words, BlobStore store, List<Blob> blobs) {
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
        return lower.equals("eof") ? endOfFile(store, blobs) : transientOr(status, words, lower);
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

    private static Verdict transientOr(int status, String words, String lower) {
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
     * On a disk that was already full Ollama leaves an empty record of a part, and answers {@code
     * EOF} to every pull until it is deleted. The other parts of that blob are of no use without
     * it: Ollama would take them for the whole. The store is Ollama's, so nothing is deleted here.
     */
    private static Verdict endOfFile(BlobStore store, List<Blob> blobs) {
        List<Path> empty = store.emptyPartials(blobs);
        if (empty.isEmpty()) {
            return new Verdict(
                    Patience.SOME,
                    ErrorCode.OLLAMA_ERROR,
                    text(
                            ErrorCode.OLLAMA_ERROR,
                            "EOF",
                            "; if a full disk left zero-byte partial files, Ollama cannot go on"
                                    + " from them: look for sha256-…-partial-… files of 0 bytes in "
                                    + store.location()
                                    + ", free space, delete all partial files of the same blob,"
                                    + " then retry"));
        }
        return atOnce(
                ErrorCode.OLLAMA_ERROR,
                "EOF",
                "; a full disk left zero-byte partial files, from which Ollama cannot go on ("
                        + empty.stream().map(Path::toString).collect(Collectors.joining(", "))
                        + "): free space, delete "
                        + empty.stream()
                                .map(BlobStore::allPartials)
                                .distinct()
                                .collect(Collectors.joining(", "))
                        + ", then retry");
    }

    private static Verdict atOnce(ErrorCode code, String words, String advice) {
        return new Verdict(Patience.NONE, code, text(code, words, advice));
    }

    private static String text(ErrorCode code, String words, String advice) {
        return FleetException.of(code, words).text(Locale.ENGLISH) + advice;
    }
}
