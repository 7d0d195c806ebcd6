package io.modelfleet.simulator.registry;

import io.modelfleet.protocol.Digest;
import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.nio.ByteOrder;
import java.security.MessageDigest;

/**
 * Weights that are never stored: every eight bytes are computed from the seed and their position
 * (SplitMix64), so that any range can be served, and the digest is real.
 */
final class GeneratedBlob implements BlobContent {
    private static final VarHandle LONGS =
            MethodHandles.byteArrayViewVarHandle(long[].class, ByteOrder.LITTLE_ENDIAN);
    private static final long GOLDEN_GAMMA = 0x9E3779B97F4A7C15L;
    private static final int BUFFER = 1 << 16;

    private final long seed;
    private final long size;
    private final Digest digest;

    private GeneratedBlob(long seed, long size, Digest digest) {
        this.seed = seed;
        this.size = size;
        this.digest = digest;
    }

    /** Computes the digest, which takes some milliseconds for each megabyte. */
    static GeneratedBlob of(long seed, long size) {
        MessageDigest sha256 = Digest.sha256();
        byte[] buffer = new byte[BUFFER];
        for (long at = 0; at < size; at += BUFFER) {
            int length = (int) Math.min(BUFFER, size - at);
            fill(seed, at, buffer, length);
            sha256.update(buffer, 0, length);
        }
        return new GeneratedBlob(seed, size, Digest.of(sha256));
    }

    @Override
    public Digest digest() {
        return digest;
    }

    @Override
    public long size() {
        return size;
    }

    @Override
    public void read(long offset, byte[] into, int length) {
        if (offset < 0 || offset + length > size) {
            throw new IndexOutOfBoundsException("beyond the blob: " + offset + " + " + length);
        }
        fill(seed, offset, into, length);
    }

    private static void fill(long seed, long offset, byte[] into, int length) {
        int at = 0;
        while (at < length) {
            long position = offset + at;
            int within = (int) (position % Long.BYTES);
            long word = word(seed, position / Long.BYTES);
            if (within == 0 && length - at >= Long.BYTES) {
                LONGS.set(into, at, word);
                at += Long.BYTES;
            } else {
                into[at++] = (byte) (word >>> (8 * within));
            }
        }
    }

    private static long word(long seed, long index) {
        long mixed = seed + (index + 1) * GOLDEN_GAMMA;
        mixed = (mixed ^ (mixed >>> 30)) * 0xBF58476D1CE4E5B9L;
        mixed = (mixed ^ (mixed >>> 27)) * 0x94D049BB133111EBL;
        return mixed ^ (mixed >>> 31);
    }
}
