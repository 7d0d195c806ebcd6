package io.modelfleet.console.matrix;

import io.modelfleet.console.client.Reply;
import io.modelfleet.console.page.Dialogs;
import io.modelfleet.console.page.Notifier;
import io.modelfleet.console.page.PageContext;
import io.modelfleet.console.page.PageId;
import io.modelfleet.protocol.Agent;
import io.modelfleet.protocol.ErrorCode;
import io.modelfleet.protocol.ModelName;
import io.modelfleet.protocol.OnUnavailable;
import io.modelfleet.protocol.PullRequest;
import io.modelfleet.protocol.Task;
import io.modelfleet.protocol.TaskCreated;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.UUID;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** Carries out what is done to single cells. */
final class CellActs {
    /** Refusals that a node's change for the better would lift. */
    private static final Set<String> PASSING =
            Stream.of(
                            ErrorCode.AGENT_OFFLINE,
                            ErrorCode.NOT_SCHEDULABLE,
                            ErrorCode.INSUFFICIENT_STORAGE)
                    .map(ErrorCode::name)
                    .collect(Collectors.toUnmodifiableSet());

    /** Stands for a task whose id is not known yet. */
    private static final UUID UNANSWERED = new UUID(0, 0);

    private final PageContext context;
    private final Runnable changed;
    private final Map<CellKey, UUID> asked = new HashMap<>();

    /**
     * @param changed is run when {@link #isAsked} answers something else
     */
    CellActs(PageContext context, Runnable changed) {
        this.context = context;
        this.changed = changed;
    }

    /** Whether a download was asked for of which the coordinator's changes do not tell yet. */
    boolean isAsked(CellKey key) {
        return asked.containsKey(key);
    }

    /** Newer changes are here: what they tell of is no longer only asked for. */
    void onTasks(Map<UUID, Task> tasks) {
        asked.values().removeIf(tasks::containsKey);
    }

    void perform(Act act, Target target) {
        Agent node = target.node();
        ModelName model = target.model().name();
        Cell cell = target.cell();
        switch (act) {
            case DISTRIBUTE, DISTRIBUTE_ANYWAY, DOWNLOAD_AGAIN, UPDATE -> pull(node, model, null);
            case START_WHEN_BACK, START_WHEN_RESUMED, START_WHEN_ROOM ->
                    pull(node, model, OnUnavailable.QUEUE);
            case RETRY -> retry(node, model, Objects.requireNonNull(cell.task()));
            case REMOVE -> remove(node, model);
            case CANCEL -> cancel(Objects.requireNonNull(cell.task()).id(), model, node);
            case SHOW_TASK ->
                    context.navigator()
                            .open(
                                    PageId.TASKS,
                                    Objects.requireNonNull(cell.task()).id().toString());
            case SKIP -> {}
        }
    }

    private void pull(Agent node, ModelName model, @Nullable OnUnavailable unavailable) {
        CellKey key = new CellKey(node.id(), model);
        if (asked.putIfAbsent(key, UNANSWERED) != null) {
            return;
        }
        changed.run();
        context.threads()
                .call(
                        () -> context.api().pull(node.id(), new PullRequest(model, unavailable)),
                        reply -> pulled(reply, node, model));
    }

    private void retry(Agent node, ModelName model, Task failed) {
        CellKey key = new CellKey(node.id(), model);
        if (asked.putIfAbsent(key, UNANSWERED) != null) {
            return;
        }
        changed.run();
        context.threads()
                .call(() -> context.api().retry(failed.id()), reply -> pulled(reply, node, model));
    }

    private void pulled(Reply<TaskCreated> reply, Agent node, ModelName model) {
        CellKey key = new CellKey(node.id(), model);
        switch (reply) {
            case Reply.Ok<TaskCreated> ok -> {
                UUID task = ok.value().taskId();
                if (context.fleet().get().tasks().containsKey(task)) {
                    asked.remove(key);
                } else {
                    asked.put(key, task);
                }
                context.notifier()
                        .withAction(
                                Notifier.Level.SUCCESS,
                                context.text("matrix.started", model, Grid.name(node)),
                                context.text("action.undo"),
                                () -> cancel(task, model, node));
                context.pollNow().run();
            }
            case Reply.Refused<TaskCreated> no -> {
                asked.remove(key);
                refused(no, node, model);
            }
            case Reply.Unreachable<TaskCreated> gone -> {
                asked.remove(key);
                context.notifier().failure(context.text("cause." + gone.cause()));
            }
        }
        changed.run();
    }

    private void refused(Reply.Refused<TaskCreated> no, Agent node, ModelName model) {
        String code = no.code();
        if (code == null || !PASSING.contains(code)) {
            context.notifier().failure(no.text());
            return;
        }
        context.notifier()
                .withAction(
                        Notifier.Level.FAILURE,
                        no.text(),
                        context.text("matrix.act.later"),
                        () -> pull(node, model, OnUnavailable.QUEUE));
    }

    private void cancel(UUID task, ModelName model, Agent node) {
        context.call(
                api -> api.cancel(task),
                done -> {
                    asked.remove(new CellKey(node.id(), model));
                    changed.run();
                    context.notifier()
                            .info(context.text("matrix.cancelled", model, Grid.name(node)));
                });
    }

    private void remove(Agent node, ModelName model) {
        context.dialogs()
                .confirm(
                        new Dialogs.Question(
                                context.text("matrix.remove.title", model),
                                context.text("matrix.remove.text"),
                                List.of(Grid.name(node)),
                                context.text("matrix.remove")),
                        () ->
                                context.call(
                                        api -> api.removeModel(node.id(), model),
                                        task ->
                                                context.notifier()
                                                        .success(
                                                                context.text(
                                                                        "matrix.removing",
                                                                        model,
                                                                        Grid.name(node)))));
    }
}
