package io.modelfleet.agent.pull;

import io.modelfleet.agent.ollama.OllamaClient;
import io.modelfleet.agent.ollama.OllamaReply;
import io.modelfleet.protocol.ModelName;
import java.time.Duration;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Removes one model. */
final class RemoveWork implements Work {
    private static final int MOST_TRIES = 5;

    private final NodeTask task;
    private final OllamaClient ollama;
    private final BlobStore store;
    private final Backoff backoff;
    private final Duration ollamaPause;
    private final Halt halt = new Halt();
    private int failures;

    RemoveWork(NodeTask task, OllamaWorks with) {
        this.task = task;
        this.ollama = with.ollama();
        this.store = with.store();
        this.backoff = with.backoff();
        this.ollamaPause = with.ollamaPause();
    }

    @Override
    public Ending run() {
        while (!halt.wished()) {
            Ending ending = judge(ollama.delete(task.model()));
            if (ending != null) {
                return ending;
            }
        }
        return new Ending.Stopped();
    }

    @Override
    public void stop() {
        halt.wish();
    }

    private @Nullable Ending judge(OllamaReply<ModelName> reply) {
        return switch (reply) {
            case OllamaReply.Ok<ModelName> ignored -> removed();
            case OllamaReply.Unreachable<ModelName> ignored ->
                    halt.within(ollamaPause) ? new Ending.Stopped() : null;
            case OllamaReply.Refused<ModelName> refused ->
                    // Gone is what was wished for, also when an earlier try was cut off.
                    refused.status() == 404 ? removed() : again(refused);
        };
    }

    private Ending removed() {
        task.meter().done();
        return new Ending.Completed();
    }

    private @Nullable Ending again(OllamaReply.Refused<ModelName> refused) {
        Verdict verdict = Verdict.of(refused.status(), refused.text(), store, List.of());
        if (verdict.patience() == Verdict.Patience.NONE || ++failures >= MOST_TRIES) {
            return new Ending.Failed(verdict.code(), verdict.text());
        }
        return halt.within(backoff.after(failures)) ? new Ending.Stopped() : null;
    }
}
