package io.modelfleet.coordinator.db;

import com.zaxxer.hikari.SQLExceptionOverride;
import java.sql.SQLException;
import java.util.concurrent.atomic.LongAdder;

/**
 * Counts what the database refuses. The pool shows it every failure of a statement; those that are
 * an answer rather than a failure, a row that is there already or a transaction to be tried again,
 * are left out.
 */
final class SqlErrors implements SQLExceptionOverride {
    private final LongAdder count = new LongAdder();

    @java.lang.Override
    public SQLExceptionOverride.Override adjudicate(SQLException failure) {
        count(failure);
        // The pool knows PostgreSQL's broken connections, and not H2's.
        return Failures.endsConnections(failure)
                ? SQLExceptionOverride.Override.MUST_EVICT
                : SQLExceptionOverride.Override.CONTINUE_EVICT;
    }

    void count(SQLException failure) {
        String state = String.valueOf(failure.getSQLState());
        // Class 23: integrity constraint violation; class 40: transaction rollback.
        if (!state.startsWith("23") && !state.startsWith("40")) {
            count.increment();
        }
    }

    long sum() {
        return count.sum();
    }
}
