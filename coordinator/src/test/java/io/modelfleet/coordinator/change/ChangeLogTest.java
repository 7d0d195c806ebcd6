package io.modelfleet.coordinator.change;

import static org.assertj.core.api.Assertions.assertThat;

import io.modelfleet.coordinator.change.ChangeLog.Delta;
import io.modelfleet.coordinator.change.ChangeLog.Kind;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;

class ChangeLogTest {
    private final ChangeLog log = new ChangeLog(1_000_000);
    private final long beginning = log.since(-1).version();

    @Test
    void strangersAreGivenEverything() {
        assertThat(log.since(0).full()).isTrue();
        assertThat(log.since(-1).full()).isTrue();
        assertThat(log.since(Long.MIN_VALUE).full()).isTrue();
        assertThat(log.since(beginning + 1).full()).isTrue();
        assertThat(log.since(Long.MAX_VALUE).full()).isTrue();
    }

    @Test
    void nothingChangedIsAnEmptyDelta() {
        assertThat(log.since(beginning)).isEqualTo(new Delta(beginning, false, List.of()));
    }

    @Test
    void changesComeNewestFirstAndEachThingOnce() {
        UUID one = UUID.randomUUID();
        UUID two = UUID.randomUUID();
        log.touch(Kind.AGENT, one);
        log.touch(Kind.TASK, two);
        log.touch(Kind.AGENT, one);

        Delta delta = log.since(beginning);

        assertThat(delta.keys())
                .containsExactly(
                        new ChangeLog.Key(Kind.AGENT, one), new ChangeLog.Key(Kind.TASK, two));
        assertThat(log.since(delta.version()).keys()).isEmpty();
        assertThat(log.since(beginning + 1).keys()).hasSize(2);
        assertThat(log.since(beginning + 2).keys())
                .containsExactly(new ChangeLog.Key(Kind.AGENT, one));
    }

    @Test
    void versionsOfAnEarlierProcessAreOldAndThoseOfALaterOneUnknown() {
        ChangeLog later = new ChangeLog(2_000_000);
        log.touch(Kind.AGENT, UUID.randomUUID());

        assertThat(later.since(log.since(beginning).version()).full()).isTrue();
        assertThat(log.since(later.since(-1).version()).full()).isTrue();
    }

    @Test
    void versionsAreWholeNumbersThatJavaScriptCanHold() {
        assertThat(new ChangeLog(1L << 52).since(-1).version()).isLessThan(1L << 53);
    }

    @Test
    void whoIsTooFarBehindIsGivenEverything() {
        log.touch(Kind.AGENT, UUID.randomUUID());
        long early = log.since(beginning).version();
        for (int i = 0; i < 30_000; i++) {
            log.touch(Kind.TASK, new UUID(0, i));
        }

        assertThat(log.since(beginning).full()).isTrue();
        assertThat(log.since(early).full()).isFalse();
        assertThat(log.since(early).keys()).hasSize(30_000);
    }

    @Test
    void readerWhoKeepsAskingMissesNoChangeOfConcurrentWriters() throws Exception {
        AtomicInteger writing = new AtomicInteger(4);
        List<Thread> writers = new ArrayList<>();
        for (int writer = 0; writer < 4; writer++) {
            int own = writer;
            writers.add(
                    Thread.ofVirtual()
                            .start(
                                    () -> {
                                        for (int i = 0; i < 2000; i++) {
                                            log.touch(Kind.TASK, new UUID(own, i));
                                        }
                                        writing.decrementAndGet();
                                    }));
        }
        Set<ChangeLog.Key> told = new HashSet<>();
        long version = beginning;
        while (writing.get() > 0 || version < log.since(version).version()) {
            Delta delta = log.since(version);
            assertThat(delta.full()).isFalse();
            told.addAll(delta.keys());
            version = delta.version();
        }
        for (Thread writer : writers) {
            writer.join();
        }

        assertThat(told).hasSize(8000);
    }
}
