package io.modelfleet.coordinator.catalog;

import static java.lang.System.Logger.Level.ERROR;
import static java.lang.System.Logger.Level.INFO;
import static java.lang.System.Logger.Level.WARNING;

import io.modelfleet.protocol.ModelName;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.jspecify.annotations.Nullable;

/** Keeps the curated models' manifests current and knows whether the library can be reached. */
final class LibraryMonitor implements AutoCloseable {
    /** Until what went unanswered is asked again; doubles each time. */
    static final Duration FIRST_PAUSE = Duration.ofSeconds(30);

    static final Duration LONGEST_PAUSE = Duration.ofMinutes(15);

    private static final Duration TO_STOP = Duration.ofSeconds(5);
    private static final System.Logger LOG = System.getLogger(LibraryMonitor.class.getName());

    private final List<ModelName> library;
    private final ManifestCache manifests;
    private final InstantSource clock;
    private final Duration interval;
    private final CountDownLatch stopped = new CountDownLatch(1);

    private volatile boolean reached;
    private volatile CompletableFuture<@Nullable Void> firstVerdict =
            CompletableFuture.completedFuture(null);
    private volatile @Nullable Thread thread;

    // Of the pass alone; its methods are synchronized.
    private List<ModelName> unanswered;
    private Instant nextRound = Instant.MIN;
    private Duration pause = FIRST_PAUSE;
    private @Nullable Boolean told;

    LibraryMonitor(
            List<ModelName> library,
            ManifestCache manifests,
            InstantSource clock,
            Duration interval) {
        if (!interval.isPositive()) {
            throw new IllegalArgumentException(
                    "The catalog's refresh interval must be positive, not " + interval);
        }
        this.library = List.copyOf(library);
        this.unanswered = this.library;
        this.manifests = manifests;
        this.clock = clock;
        this.interval = interval;
    }

    /**
     * Begins the passes; from now on {@link #reached} waits for the first one, but not for long.
     */
    synchronized void start() {
        if (thread != null || stopped.getCount() == 0) {
            return;
        }
        CompletableFuture<@Nullable Void> verdict = new CompletableFuture<>();
        firstVerdict =
                verdict.completeOnTimeout(null, Catalog.PATIENCE.toMillis(), TimeUnit.MILLISECONDS);
        thread = Thread.ofPlatform().name("catalog-refresh").daemon().start(this::run);
    }

    private void run() {
        try {
            Duration wait;
            do {
                wait = guardedPass();
                firstVerdict.complete(null);
            } while (!stopped.await(wait.toMillis(), TimeUnit.MILLISECONDS));
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private Duration guardedPass() throws InterruptedException {
        try {
            return pass();
        } catch (RuntimeException e) {
            LOG.log(ERROR, "Refreshing the catalog failed; it is tried again", e);
            return FIRST_PAUSE;
        }
    }

    /**
     * Whether the library gave at least one manifest in the last round. Until the first verdict
     * this waits, but nobody waits later than {@link Catalog#PATIENCE} after the start.
     */
    boolean reached() {
        CompletableFuture<@Nullable Void> verdict = firstVerdict;
        try {
            verdict.get(Catalog.PATIENCE.toMillis(), TimeUnit.MILLISECONDS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        } catch (ExecutionException e) {
            throw new IllegalStateException("the first verdict cannot fail", e);
        } catch (TimeoutException e) {
            // No verdict yet; what is known so far has to do.
            return reached;
        }
        return reached;
    }

    /**
     * Asks for every model when a round is due, otherwise for those that went unanswered.
     *
     * @return how long to wait before the next pass
     */
    synchronized Duration pass() throws InterruptedException {
        Instant now = clock.instant();
        // A round that is further off than an interval was planned before the clock was set back.
        if (now.isBefore(nextRound) && !nextRound.isAfter(now.plus(interval))) {
            retry();
        } else {
            round();
        }
        Duration untilRound = Duration.between(clock.instant(), nextRound);
        if (unanswered.isEmpty() || untilRound.compareTo(pause) < 0) {
            return untilRound.isNegative() ? Duration.ZERO : untilRound;
        }
        return pause;
    }

    /** Asks for every model. */
    synchronized void round() throws InterruptedException {
        Survey survey = survey(library);
        reached = survey.found() > 0;
        unanswered = survey.unanswered();
        pause = FIRST_PAUSE;
        nextRound = clock.instant().plus(interval);
        tell(survey);
    }

    private void retry() throws InterruptedException {
        Survey survey = survey(unanswered);
        unanswered = survey.unanswered();
        Duration doubled = pause.multipliedBy(2);
        pause = doubled.compareTo(LONGEST_PAUSE) < 0 ? doubled : LONGEST_PAUSE;
        if (reached) {
            tell(survey);
        }
    }

    private Survey survey(List<ModelName> names) throws InterruptedException {
        // The first manifest proves the library; nobody has to wait for the rest of a round.
        Survey survey = new Survey(manifests, () -> reached = true);
        survey.ask(names);
        return survey;
    }

    private void tell(Survey survey) {
        if (told != null && told == reached) {
            return;
        }
        told = reached;
        if (reached) {
            LOG.log(
                    INFO,
                    "Model library reached: found={0}, missing={1}, unanswered={2}",
                    survey.found(),
                    survey.missing(),
                    unanswered.size());
        } else {
            LOG.log(
                    WARNING,
                    "Model library cannot be reached; listing what the nodes hold: error={0}",
                    survey.lastReason());
        }
    }

    @Override
    public void close() {
        stopped.countDown();
        firstVerdict.complete(null);
        Thread running = thread;
        if (running == null) {
            return;
        }
        running.interrupt();
        try {
            running.join(TO_STOP);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
