package io.modelfleet.service;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import io.modelfleet.protocol.ErrorCode;
import io.modelfleet.protocol.FleetException;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.logging.LogRecord;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(30)
class LoopTest {
    private static final Duration SOON = Duration.ofMillis(1);
    private static final Duration NEVER = Duration.ofDays(1);

    private final AtomicInteger passes = new AtomicInteger();

    @Test
    void passesFollowEachOtherOnANamedDaemonThread() {
        CompletableFuture<Thread> thread = new CompletableFuture<>();
        try (Loop loop =
                new Loop(
                        "sample",
                        SOON,
                        () -> {
                            thread.complete(Thread.currentThread());
                            passes.incrementAndGet();
                        })) {
            loop.start();
            await().until(() -> passes.get() > 3);

            assertThat(thread.join().getName()).isEqualTo("sample");
            assertThat(thread.join().isDaemon()).isTrue();
        }
    }

    @Test
    void nothingRunsBeforeTheStart() {
        Loop loop = new Loop("sample", SOON, passes::incrementAndGet);

        loop.close();

        assertThat(passes).hasValue(0);
    }

    @Test
    void aPassThatThrowsIsLoggedAndTheNextOneFollows() {
        try (LogLines log = new LogLines(Loop.class);
                Loop loop =
                        new Loop(
                                "sample",
                                SOON,
                                () -> {
                                    switch (passes.incrementAndGet()) {
                                        case 1 -> throw new IllegalStateException("first");
                                        case 2 -> throw new AssertionError("second");
                                        default -> {}
                                    }
                                })) {
            loop.start();
            await().until(() -> passes.get() > 4);

            assertThat(log.errors())
                    .extracting(record -> record.getThrown().getMessage())
                    .containsExactly("first", "second");
        }
    }

    @Test
    void refusalIsLoggedWhenItBeginsAndNotWithEachPass() {
        try (LogLines log = new LogLines(Loop.class);
                Loop loop =
                        new Loop(
                                "sample",
                                SOON,
                                () -> {
                                    int pass = passes.incrementAndGet();
                                    if (pass != 10) {
                                        throw FleetException.of(
                                                ErrorCode.UNAVAILABLE, "no database " + pass);
                                    }
                                })) {
            loop.start();
            await().until(() -> passes.get() > 20);

            assertThat(log.errors()).isEmpty();
            assertThat(log.warnings())
                    .extracting(LogRecord::getMessage)
                    .containsExactly(
                            "A pass of sample was not possible: the service cannot do this now: no"
                                    + " database 1",
                            "A pass of sample was not possible: the service cannot do this now: no"
                                    + " database 11");
        }
    }

    @Test
    void closingEndsTheWaitAtOnce() {
        CompletableFuture<Thread> thread = new CompletableFuture<>();
        Loop loop =
                new Loop(
                        "sample",
                        NEVER,
                        () -> {
                            thread.complete(Thread.currentThread());
                            passes.incrementAndGet();
                        });
        loop.start();
        await().until(() -> passes.get() == 1);

        loop.close();

        assertThat(thread.join().isAlive()).isFalse();
        assertThat(passes).hasValue(1);
    }

    @Test
    void closingInterruptsThePassAndIsNoError() throws Exception {
        CountDownLatch entered = new CountDownLatch(1);
        AtomicBoolean interrupted = new AtomicBoolean();
        try (LogLines log = new LogLines(Loop.class)) {
            Loop loop =
                    new Loop(
                            "sample",
                            SOON,
                            () -> {
                                entered.countDown();
                                try {
                                    new CountDownLatch(1).await();
                                } catch (InterruptedException e) {
                                    // the flag is swallowed, as a careless pass does
                                    interrupted.set(true);
                                    throw new IllegalStateException(e);
                                }
                            });
            loop.start();
            assertThat(entered.await(10, TimeUnit.SECONDS)).isTrue();

            loop.close();

            assertThat(interrupted).isTrue();
            assertThat(log.errors()).isEmpty();
        }
    }

    @Test
    void aPassThatSwallowsTheInterruptIsTheLastOneAllTheSame() throws Exception {
        CountDownLatch entered = new CountDownLatch(1);
        CompletableFuture<Thread> thread = new CompletableFuture<>();
        Loop loop =
                new Loop(
                        "sample",
                        SOON,
                        () -> {
                            thread.complete(Thread.currentThread());
                            passes.incrementAndGet();
                            entered.countDown();
                            try {
                                new CountDownLatch(1).await();
                            } catch (InterruptedException swallowed) {
                                return;
                            }
                        });
        loop.start();
        assertThat(entered.await(10, TimeUnit.SECONDS)).isTrue();

        loop.close();

        assertThat(thread.join().isAlive()).isFalse();
        assertThat(passes).hasValue(1);
    }

    @Test
    void aSecondStartIsRefusedSoThatPassesNeverOverlap() {
        try (Loop loop = new Loop("sample", NEVER, passes::incrementAndGet)) {
            loop.start();

            assertThatThrownBy(loop::start).isInstanceOf(IllegalStateException.class);
            await().until(() -> passes.get() == 1);
        }
    }
}
