package io.modelfleet.coordinator.db;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import io.modelfleet.coordinator.fixture.Postgres;
import io.modelfleet.protocol.ErrorCode;
import io.modelfleet.protocol.FleetException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Locale;
import java.util.concurrent.TimeUnit;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** What a caller meets while PostgreSQL is away, and afterwards. */
@Timeout(value = 180, threadMode = Timeout.ThreadMode.SEPARATE_THREAD)
class OutageTest {
    @TempDir Path folder;

    @Test
    void lostServerIsRefusedSoonAndItsReturnNeedsNoRestart() {
        try (Postgres server = Postgres.in(folder);
                Database database = Database.at(server.database())) {
            database.start();
            database.checkWritable();

            server.stop();

            long began = System.nanoTime();
            FleetException read = refusal(() -> database.answers());
            FleetException write = refusal(database::checkWritable);
            assertThat(Duration.ofNanos(System.nanoTime() - began))
                    .isLessThan(Duration.ofSeconds(20));
            assertThat(read.text(Locale.ENGLISH))
                    .startsWith("the coordinator's database does not answer: ");
            assertThat(write.text(Locale.JAPANESE)).startsWith("コーディネーターのデータベースが応答しません: ");

            server.start();

            Awaitility.await()
                    .atMost(10, TimeUnit.SECONDS)
                    .ignoreExceptionsInstanceOf(FleetException.class)
                    .until(database::answers);
            for (int i = 0; i < 20; i++) {
                database.checkWritable();
            }
        }
    }

    private static FleetException refusal(Runnable call) {
        FleetException refusal = catchThrowableOfType(FleetException.class, call::run);
        assertThat(refusal.code()).isEqualTo(ErrorCode.UNAVAILABLE);
        return refusal;
    }
}
