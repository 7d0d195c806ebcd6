package io.modelfleet.simulator.wire;

import io.helidon.webserver.CloseConnectionException;
import java.io.IOException;
import java.io.OutputStream;

/** A body that stands still while its server stalls, and ends early when it is to be cut. */
final class FaultyStream extends OutputStream {
    private final OutputStream body;
    private final Faults faults;
    private long left;

    FaultyStream(OutputStream body, long cutAfter, Faults faults) {
        this.body = body;
        this.left = cutAfter;
        this.faults = faults;
    }

    @Override
    public void write(int b) throws IOException {
        write(new byte[] {(byte) b}, 0, 1);
    }

    @Override
    public void write(byte[] bytes, int offset, int length) throws IOException {
        faults.awaitNoStall();
        int sent = (int) Math.min(left, length);
        body.write(bytes, offset, sent);
        left -= sent;
        if (sent < length) {
            body.flush();
            throw new CloseConnectionException("cut on command");
        }
    }

    @Override
    public void flush() throws IOException {
        faults.awaitNoStall();
        body.flush();
    }

    @Override
    public void close() throws IOException {
        body.close();
    }
}
