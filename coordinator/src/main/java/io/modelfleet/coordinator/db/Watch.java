package io.modelfleet.coordinator.db;

import io.modelfleet.protocol.ErrorCode;
import io.modelfleet.protocol.FleetException;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Is told of every use of the database: makes the refusals, and has a loss and its end logged. */
final class Watch {
    private final @Nullable DiskReserve reserve;
    private final Runnable renew;
    private final Outage outage = new Outage();

    /**
     * @param reserve of the disk that writes go to; {@code null} when that is another machine's
     * @param renew called when connections that were made before are of no use any more
     */
    Watch(@Nullable DiskReserve reserve, Runnable renew) {
        this.reserve = reserve;
        this.renew = renew;
    }

    /**
     * Comes before whatever changes something.
     *
     * @throws FleetException {@link ErrorCode#UNAVAILABLE}
     */
    void beforeWrite() {
        try {
            if (reserve != null) {
                reserve.check();
            }
        } catch (FleetException full) {
            outage.met(full, true);
            throw full;
        }
    }

    /** Answers what the caller is thrown in place of a failure. */
    RuntimeException failed(RuntimeException failure, boolean write) {
        if (failure instanceof FleetException own) {
            if (own.code() == ErrorCode.UNAVAILABLE && own.getCause() != null) {
                outage.met(own, write);
            }
            return own;
        }
        Optional<FleetException> refusal = Failures.refusal(failure);
        if (refusal.isEmpty()) {
            return failure;
        }
        if (Failures.endsConnections(failure)) {
            renew.run();
        }
        outage.met(refusal.get(), write);
        return refusal.get();
    }

    void worked(boolean write) {
        outage.worked(write);
    }

    /** Whether a write was refused and none has worked since. */
    boolean ofWrites() {
        return outage.ofWrites();
    }
}
