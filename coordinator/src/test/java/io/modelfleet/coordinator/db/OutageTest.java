package io.modelfleet.coordinator.db;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import io.modelfleet.coordinator.fixture.Postgres;
import io.modelfleet.protocol.ErrorCode;
import io.modelfleet.protocol.FleetException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Locale;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
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

    @Test
    void writerThatFallsSilentInItsTransactionHoldsUpTheOthersForSecondsOnly() throws Exception {
        DatabaseAddress address = Postgres.shared().database();
        try (ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor();
                Database frozen = Database.at(address);
                Database other = Database.at(address)) {
            frozen.start();
            other.start();
            CountDownLatch silent = new CountDownLatch(1);
            CountDownLatch thawed = new CountDownLatch(1);
            Future<?> writer =
                    threads.submit(
                            () ->
                                    frozen.write(
                                            (transaction, version) -> {
                                                silent.countDown();
                                                await(thawed);
                                                return version;
                                            }));
            silent.await();

            long version = other.write((transaction, next) -> next);

            thawed.countDown();
            assertThat(version).isPositive();
            assertThatThrownBy(writer::get)
                    .cause()
                    .isInstanceOfSatisfying(
                            FleetException.class,
                            refusal -> assertThat(refusal.code()).isEqualTo(ErrorCode.UNAVAILABLE));
            assertThat(frozen.<Long>write((transaction, next) -> next)).isGreaterThan(version);
        }
    }

    private static void await(CountDownLatch latch) {
        try {
            latch.await();
        } catch (InterruptedException e) {
            throw new IllegalStateException(e);
        }
    }

    private static FleetException refusal(Runnable call) {
        FleetException refusal = catchThrowableOfType(FleetException.class, call::run);
        assertThat(refusal.code()).isEqualTo(ErrorCode.UNAVAILABLE);
        return refusal;
    }
}
