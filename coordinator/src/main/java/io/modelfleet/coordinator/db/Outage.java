package io.modelfleet.coordinator.db;

import io.modelfleet.protocol.FleetException;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/** Logs that the database is of no use, and that it is again: a line each, however many ask. */
final class Outage {
    private static final System.Logger LOG = System.getLogger(Outage.class.getName());

    private @Nullable String began;
    private boolean ofWrites;

    /**
     * @param refused whether it was a write: reads may well go on then, and say nothing of its end
     */
    synchronized void met(FleetException cause, boolean refused) {
        if (began == null) {
            LOG.log(System.Logger.Level.ERROR, cause.text(Locale.ENGLISH));
            began = cause.code().name();
        }
        ofWrites |= refused;
    }

    /** Whether a write was refused and none has worked since. */
    synchronized boolean ofWrites() {
        return began != null && ofWrites;
    }

    synchronized void worked(boolean written) {
        if (began != null && (written || !ofWrites)) {
            LOG.log(System.Logger.Level.INFO, "The database works again");
            began = null;
            ofWrites = false;
        }
    }
}
