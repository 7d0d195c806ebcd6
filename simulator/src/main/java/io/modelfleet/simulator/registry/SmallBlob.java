package io.modelfleet.simulator.registry;

import io.modelfleet.protocol.Digest;

/** A template, licence or configuration: held as it is. */
final class SmallBlob implements BlobContent {
    private final byte[] bytes;
    private final Digest digest;

    SmallBlob(byte[] bytes) {
        this.bytes = bytes.clone();
        this.digest = Digest.of(this.bytes);
    }

    @Override
    public Digest digest() {
        return digest;
    }

    @Override
    public long size() {
        return bytes.length;
    }

    @Override
    public void read(long offset, byte[] into, int length) {
        System.arraycopy(bytes, (int) offset, into, 0, length);
    }
}
