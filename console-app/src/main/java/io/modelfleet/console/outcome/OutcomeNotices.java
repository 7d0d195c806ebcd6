package io.modelfleet.console.outcome;

import io.modelfleet.console.client.FleetState;
import io.modelfleet.console.page.NodeNames;
import io.modelfleet.console.page.Notifier.Level;
import io.modelfleet.console.page.PageContext;
import io.modelfleet.console.page.PageId;
import io.modelfleet.protocol.Task;
import io.modelfleet.protocol.TaskKind;
import java.util.List;

/** Notifies the operator of distributions and pulls that came to an end. */
public final class OutcomeNotices {
    /** More at once share one notification. */
    static final int ONE_BY_ONE = 3;

    private final PageContext context;
    private FleetState before = FleetState.EMPTY;

    public OutcomeNotices(PageContext context) {
        this.context = context;
    }

    /** The fleet has changed. */
    public void onFleet(FleetState now) {
        List<Outcome> outcomes = Outcomes.between(before, now);
        before = now;
        if (outcomes.size() > ONE_BY_ONE) {
            tellTogether(outcomes);
        } else {
            outcomes.forEach(outcome -> tell(outcome, now));
        }
    }

    private void tellTogether(List<Outcome> outcomes) {
        long failed = outcomes.stream().filter(outcome -> !outcome.failed().isEmpty()).count();
        notice(
                failed > 0,
                context.text(
                        failed > 0 ? "outcome.together.failed" : "outcome.together",
                        outcomes.size(),
                        failed),
                failed > 0 ? "status:failed" : "");
    }

    private void tell(Outcome outcome, FleetState now) {
        boolean failed = !outcome.failed().isEmpty();
        String model = "model:" + outcome.model();
        notice(
                failed,
                outcome.tasks().size() == 1
                        ? single(outcome.tasks().getFirst(), now)
                        : several(outcome),
                outcome.tasks().size() == 1
                        ? outcome.tasks().getFirst().id().toString()
                        : failed ? "status:failed " + model : model);
    }

    private String single(Task task, FleetState now) {
        String node = NodeNames.of(now, task.agentId());
        String error = task.error() == null ? "" : task.error();
        return switch (task.status()) {
            case FAILED ->
                    context.text(
                            task.kind() == TaskKind.PULL
                                    ? "outcome.one.failed"
                                    : "outcome.remove.failed",
                            task.modelName(),
                            node,
                            error);
            case COMPLETED, CANCELLED, PENDING, QUEUED, DOWNLOADING, VERIFYING ->
                    context.text("outcome.one", task.modelName(), node);
        };
    }

    private String several(Outcome outcome) {
        int failed = outcome.failed().size();
        if (outcome.kind() == TaskKind.REMOVE) {
            return context.text("outcome.remove.failed.many", outcome.model(), failed);
        }
        int nodes = outcome.tasks().size();
        if (outcome.completed() == nodes) {
            return context.text("outcome.all", outcome.model(), nodes);
        }
        return context.text("outcome.some", outcome.model(), outcome.completed(), nodes)
                + part("outcome.some.failed", failed)
                + part("outcome.some.cancelled", outcome.cancelled())
                + part("outcome.some.waiting", outcome.waiting());
    }

    private String part(String key, long count) {
        return count == 0 ? "" : context.text(key, count);
    }

    private void notice(boolean failed, String text, String target) {
        context.notifier()
                .withAction(
                        failed ? Level.FAILURE : Level.SUCCESS,
                        text,
                        context.text("outcome.show"),
                        () -> context.navigator().open(PageId.TASKS, target));
    }
}
