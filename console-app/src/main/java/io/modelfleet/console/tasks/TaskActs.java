package io.modelfleet.console.tasks;

import io.modelfleet.console.client.FleetApi;
import io.modelfleet.console.client.Reply;
import io.modelfleet.console.page.Dialogs;
import io.modelfleet.console.page.Notifier;
import io.modelfleet.console.page.PageContext;
import io.modelfleet.protocol.ErrorCode;
import io.modelfleet.protocol.OnUnavailable;
import io.modelfleet.protocol.PullRequest;
import java.util.List;
import java.util.UUID;
import java.util.function.BiFunction;
import java.util.function.Consumer;

/** What an operator does to tasks: many at a time, one notification for all. */
final class TaskActs {
    private final PageContext context;

    private record Outcome(TaskFacts task, Reply<?> reply) {
        boolean done() {
            return reply instanceof Reply.Ok<?>;
        }

        /** The node is away, and a pull can wait for it. */
        boolean canWait() {
            return !task.isRemoval()
                    && reply instanceof Reply.Refused<?> no
                    && ErrorCode.AGENT_OFFLINE.name().equals(no.code());
        }
    }

    TaskActs(PageContext context) {
        this.context = context;
    }

    /** Stops tasks; Ollama keeps what it has, so the notification offers to go on. */
    void cancel(List<TaskFacts> tasks) {
        each(
                tasks,
                (api, task) -> api.cancel(task.task().id()),
                done ->
                        context.notifier()
                                .withAction(
                                        Notifier.Level.SUCCESS,
                                        context.text("tasks.cancelled", done.size(), name(done)),
                                        context.text("action.undo"),
                                        () -> retry(done)));
    }

    /** Does failed or cancelled work again, as new tasks. */
    void retry(List<TaskFacts> tasks) {
        each(
                tasks,
                (api, task) -> api.retry(task.task().id()),
                done ->
                        context.notifier()
                                .success(context.text("tasks.retried", done.size(), name(done))));
    }

    /** Retries after asking. */
    void retryAll(List<TaskFacts> failed) {
        if (failed.isEmpty()) {
            return;
        }
        context.dialogs()
                .confirm(
                        new Dialogs.Question(
                                context.text("tasks.retryall.title", failed.size()),
                                context.text("tasks.retryall.text"),
                                failed.stream().map(TaskActs::name).toList(),
                                context.text("tasks.retryall.go", failed.size())),
                        () -> retry(failed));
    }

    private void queue(List<TaskFacts> tasks) {
        each(
                tasks,
                (api, task) ->
                        api.pull(
                                task.task().agentId(),
                                new PullRequest(task.task().modelName(), OnUnavailable.QUEUE)),
                done ->
                        context.notifier()
                                .success(context.text("tasks.queued", done.size(), name(done))));
    }

    private void each(
            List<TaskFacts> tasks,
            BiFunction<FleetApi, TaskFacts, Reply<?>> call,
            Consumer<List<TaskFacts>> done) {
        if (tasks.isEmpty()) {
            return;
        }
        context.threads()
                .call(
                        () ->
                                tasks.stream()
                                        .map(
                                                task ->
                                                        new Outcome(
                                                                task,
                                                                call.apply(context.api(), task)))
                                        .toList(),
                        outcomes -> tell(outcomes, done));
    }

    private void tell(List<Outcome> outcomes, Consumer<List<TaskFacts>> done) {
        List<TaskFacts> good = outcomes.stream().filter(Outcome::done).map(Outcome::task).toList();
        if (!good.isEmpty()) {
            done.accept(good);
            context.pollNow().run();
        }
        List<TaskFacts> away =
                outcomes.stream().filter(Outcome::canWait).map(Outcome::task).toList();
        if (!away.isEmpty()) {
            context.notifier()
                    .withAction(
                            Notifier.Level.FAILURE,
                            context.text("tasks.away", away.size(), name(away)),
                            context.text("tasks.away.queue"),
                            () -> queue(away));
        }
        List<Outcome> refused = outcomes.stream().filter(o -> !o.done() && !o.canWait()).toList();
        if (!refused.isEmpty()) {
            context.notifier()
                    .failure(
                            context.text(
                                    "tasks.refused",
                                    refused.size(),
                                    name(refused.getFirst().task()),
                                    reason(refused.getFirst().reply())));
        }
    }

    private String reason(Reply<?> reply) {
        return switch (reply) {
            case Reply.Ok<?> ok -> "";
            case Reply.Refused<?> no -> no.text();
            case Reply.Unreachable<?> gone -> context.text("cause." + gone.cause());
        };
    }

    private static String name(List<TaskFacts> tasks) {
        return name(tasks.getFirst());
    }

    static String name(TaskFacts task) {
        return task.task().modelName() + " → " + task.node();
    }

    /** An id in words that fit a line; the whole id stands in the details. */
    static String shortId(UUID id) {
        return id.toString().substring(0, 8);
    }
}
