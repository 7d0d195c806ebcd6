package io.modelfleet.agent.pull;

import io.modelfleet.agent.ollama.OllamaClient;
import io.modelfleet.agent.ollama.PullCall;
import io.modelfleet.agent.ollama.PullEvent;
import io.modelfleet.agent.ollama.PullOutcome;
import io.modelfleet.protocol.FleetException;
import io.modelfleet.protocol.Manifest;
import io.modelfleet.protocol.TaskStatus;
import io.modelfleet.service.LogField;
import java.time.Duration;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/** Pulls one model, try after try, until Ollama says that it is installed or nothing helps. */
final class PullWork implements Work {
    private static final System.Logger LOG = System.getLogger(PullWork.class.getName());

    /** Tries in a row that brought no byte. */
    private static final int MOST_FRUITLESS_TRIES = 5;

    private static final Duration SILENCE = Duration.ofMinutes(10);

    /** A slow disk reads a blob for its verification at least this fast, in bytes per second. */
    private static final long SLOWEST_DISK = 50_000_000;

    private final NodeTask task;
    private final OllamaClient ollama;
    private final StorageCheck storage;
    private final BlobStore store;
    private final Supplier<List<NodeTask>> ahead;
    private final Backoff backoff;
    private final Duration ollamaPause;
    private final Halt halt = new Halt();
    private volatile @Nullable PullCall call;
    private boolean announced;
    private boolean away;
    private int fruitless;
    private long best;

    PullWork(NodeTask task, Supplier<List<NodeTask>> ahead, OllamaWorks with) {
        this.task = task;
        this.ahead = ahead;
        this.ollama = with.ollama();
        this.storage = with.storage();
        this.store = with.store();
        this.backoff = with.backoff();
        this.ollamaPause = with.ollamaPause();
    }

    @Override
    public Ending run() {
        Optional<FleetException> refusal = storage.refusal(task, ahead.get());
        if (refusal.isPresent()) {
            return new Ending.Failed(refusal.get().code(), refusal.get().text(Locale.ENGLISH));
        }
        while (!halt.wished()) {
            Ending ending = judge(attempt());
            if (ending != null) {
                return ending;
            }
        }
        return new Ending.Stopped();
    }

    @Override
    public void stop() {
        halt.wish();
        PullCall running = call;
        if (running != null) {
            running.cancel();
        }
    }

    private PullOutcome attempt() {
        task.meter().restart();
        PullCall starting = ollama.pull(task.model(), false, silence());
        call = starting;
        if (halt.wished()) {
            return new PullOutcome.Cancelled();
        }
        return starting.run(this::heard);
    }

    private Duration silence() {
        return silence(Manifest.size(task.blobs()));
    }

    /** How long a healthy Ollama may say nothing: at most the verification of all bytes. */
    static Duration silence(long bytes) {
        return SILENCE.plusSeconds(bytes / SLOWEST_DISK);
    }

    private void heard(PullEvent event) {
        away = false;
        if (!announced) {
            announced = true;
            LOG.log(
                    System.Logger.Level.INFO,
                    "Model pull started: model={0}",
                    task.model(),
                    new LogField("task_id", task.id()));
        }
        switch (event) {
            case PullEvent.Layer layer -> {
                task.meter().layer(layer.digest(), layer.total(), layer.completed());
                task.becomes(TaskStatus.DOWNLOADING);
                noteProgress();
            }
            case PullEvent.Verifying ignored -> {
                task.meter().allThere();
                task.becomes(TaskStatus.VERIFYING);
            }
            case PullEvent.Manifest ignored -> task.becomes(TaskStatus.DOWNLOADING);
            case PullEvent.Other ignored -> {
                // newer versions of Ollama may say more than this one knows
            }
        }
    }

    private void noteProgress() {
        long reached = task.meter().reached();
        if (reached > best) {
            best = reached;
            fruitless = 0;
        }
        task.moved();
    }

    private @Nullable Ending judge(PullOutcome outcome) {
        return switch (outcome) {
            case PullOutcome.Success ignored -> {
                task.meter().done();
                yield new Ending.Completed();
            }
            case PullOutcome.Cancelled ignored -> new Ending.Stopped();
            case PullOutcome.Unreachable gone -> waitForOllama(gone);
            case PullOutcome.Lost lost -> again(Verdict.lost(lost.cause()));
            case PullOutcome.Failed failed ->
                    again(Verdict.of(failed.status(), failed.text(), store, task.blobs()));
        };
    }

    /** However long it takes: an Ollama that is stopped is no failure of the task. */
    private @Nullable Ending waitForOllama(PullOutcome.Unreachable gone) {
        if (!away) {
            away = true;
            LOG.log(
                    System.Logger.Level.WARNING,
                    "Model pull waits for Ollama: model={0}, task_id={1}, error={2}",
                    task.model(),
                    task.id(),
                    gone.cause());
        }
        return halt.within(ollamaPause) ? new Ending.Stopped() : null;
    }

    private @Nullable Ending again(Verdict verdict) {
        boolean more =
                switch (verdict.patience()) {
                    case NONE -> false;
                    case ONCE -> firstMismatch();
                    case SOME -> ++fruitless < MOST_FRUITLESS_TRIES;
                };
        if (!more) {
            return new Ending.Failed(verdict.code(), verdict.text());
        }
        LOG.log(
                System.Logger.Level.WARNING,
                "Model pull is tried again: model={0}, task_id={1}, error={2}",
                task.model(),
                task.id(),
                verdict.text());
        return halt.within(backoff.after(Math.max(1, fruitless))) ? new Ending.Stopped() : null;
    }

    private boolean firstMismatch() {
        if (task.mismatched()) {
            return false;
        }
        task.mismatch();
        // Ollama threw the blob away, so bytes that arrive again are progress again.
        best = 0;
        return true;
    }
}
