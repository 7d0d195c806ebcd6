package io.modelfleet.simulator.faults;

import java.util.Optional;

/**
 * Recognises the end of an answer's body: by its length, or by the last chunk, whose bytes no text
 * here contains. A body with neither ends with its connection.
 */
final class EndOfBody {
    private static final long LAST_CHUNK = 0x300D0A0D0AL;
    private static final long FIVE_BYTES = 0xFFFFFFFFFFL;

    private final Optional<Long> length;
    private long seen;
    private long last;

    EndOfBody(Optional<Long> length) {
        this.length = length;
    }

    void saw(byte[] bytes, int count) {
        seen += count;
        for (int i = Math.max(0, count - 5); i < count; i++) {
            last = (last << 8 | (bytes[i] & 0xFF)) & FIVE_BYTES;
        }
    }

    boolean reached() {
        return length.isPresent() ? seen >= length.get() : last == LAST_CHUNK;
    }
}
