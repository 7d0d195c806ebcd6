package io.modelfleet.simulator.registry;

import io.modelfleet.protocol.Digest;

/** The bytes of a blob, which can be read from anywhere, as often as wanted. */
sealed interface BlobContent permits GeneratedBlob, SmallBlob {
    Digest digest();

    /** Bytes. */
    long size();

    /** Fills the first {@code length} bytes of {@code into} from {@code offset} on. */
    void read(long offset, byte[] into, int length);
}
