package io.modelfleet.coordinator.task;

import io.modelfleet.coordinator.node.Node;
import io.modelfleet.coordinator.node.NodeInventory;
import io.modelfleet.protocol.Blob;
import io.modelfleet.protocol.ErrorCode;
import io.modelfleet.protocol.FleetException;
import io.modelfleet.protocol.Manifest;
import io.modelfleet.protocol.ModelName;
import io.modelfleet.protocol.TaskKind;
import io.modelfleet.protocol.TaskOrder;
import io.modelfleet.protocol.TaskStatus;
import io.modelfleet.service.JsonClient;
import io.modelfleet.service.LogField;
import io.modelfleet.service.Reply;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.LongAdder;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * Hands tasks to agents at once, each on a virtual thread of its own; what fails here the next
 * heartbeat makes good.
 */
public final class TaskDispatcher implements AutoCloseable {
    private static final System.Logger LOG = System.getLogger(TaskDispatcher.class.getName());

    private static final Duration ANSWER = Duration.ofSeconds(10);

    /**
     * Agents of other makes answer a pull when it is over, which takes as long as the model is
     * large.
     */
    private static final Duration BARE_ANSWER = Duration.ofHours(24);

    /** Well within the silence after which another coordinator takes a hand-out for lost. */
    private static final Duration RENEWAL = Duration.ofSeconds(20);

    private final TaskBoard board;
    private final ProgressReports reports;
    private final NodeInventory nodes;
    private final JsonClient client;
    private final Admission admission;
    private final Function<ModelName, Optional<Manifest>> manifests;
    private final Set<UUID> underWay = ConcurrentHashMap.newKeySet();
    private final LongAdder failures = new LongAdder();
    private volatile boolean closing;

    /**
     * @param manifests what is known of models without asking anyone
     */
    public TaskDispatcher(
            TaskBoard board,
            ProgressReports reports,
            NodeInventory nodes,
            JsonClient client,
            Admission admission,
            Function<ModelName, Optional<Manifest>> manifests) {
        this.board = board;
        this.reports = reports;
        this.nodes = nodes;
        this.client = client;
        this.admission = admission;
        this.manifests = manifests;
    }

    /** Starts to hand out a task, unless its node cannot take it yet; answers at once. */
    public void push(TaskState task) {
        Optional<Node> node = nodes.find(task.agentId()).filter(Node::online);
        if (node.isPresent() && !admission.held(task) && underWay.add(task.id())) {
            Thread.ofVirtual().name("push-" + task.id()).start(() -> push(node.get(), task.id()));
        }
    }

    /** Whether a hand-out of the task waits for its answer. */
    boolean underWay(UUID task) {
        return underWay.contains(task);
    }

    /** Notes that an agent is still waited for, for other coordinators to know. */
    public void renew() {
        for (TaskState task : board.active()) {
            if (underWay(task.id())) {
                board.change(task.id(), TaskDispatcher::renewed);
            }
        }
    }

    private static TaskState renewed(TaskState task, Instant now) {
        Instant handedOut = task.handedOutAt();
        return handedOut == null || Lapse.within(RENEWAL, handedOut, now)
                ? task
                : task.waitedFor(now);
    }

    /** How many hand-outs failed since the start. */
    public long failures() {
        return failures.sum();
    }

    private void push(Node node, UUID id) {
        try {
            board.change(
                            id,
                            (task, now) ->
                                    task.status() == TaskStatus.PENDING
                                            ? task.handedOut(now)
                                            : task)
                    .filter(task -> task.status() == TaskStatus.PENDING)
                    .ifPresent(task -> answered(node, task, send(node, task)));
        } catch (FleetException databaseIsAway) {
            // It is logged where it was met, and the next heartbeat's answer hands out again.
            failures.increment();
        } finally {
            underWay.remove(id);
        }
    }

    private Reply send(Node node, TaskState task) {
        String path = task.origin().kind() == TaskKind.PULL ? "/pull" : "/remove";
        Duration limit = node.identity().bare() ? BARE_ANSWER : ANSWER;
        return client.post(node.identity().api(path), order(task, node), limit);
    }

    /** The task as the answer to a heartbeat tells its agent of it. */
    TaskOrder order(TaskState task) {
        return order(task, task.origin().kind(), null);
    }

    /** The path says what to do; at the node's address another agent may answer by now. */
    private TaskOrder order(TaskState task, Node node) {
        return order(task, null, node.identity().bare() ? null : node.id());
    }

    private TaskOrder order(TaskState task, @Nullable TaskKind kind, @Nullable UUID agent) {
        TaskOrigin origin = task.origin();
        @Nullable List<Blob> blobs =
                origin.kind() == TaskKind.PULL
                        ? manifests.apply(origin.model()).map(Manifest::blobs).orElse(null)
                        : null;
        return new TaskOrder(origin.id(), kind, origin.model(), agent, blobs);
    }

    private void answered(Node node, TaskState task, Reply reply) {
        if (closing) {
            return; // the connection was cut by this very process; the next one hands out again
        }
        switch (reply) {
            case Reply.Ok ok -> accepted(node, task, ok.status());
            case Reply.Refused refused -> refused(node, task, refused);
            case Reply.Unreachable unreachable -> {
                failed(node, task, unreachable.cause());
                board.change(
                        task.id(),
                        (old, now) -> TaskRules.unreachable(old, unreachable.cause(), node, now));
            }
        }
    }

    private void accepted(Node node, TaskState task, int status) {
        if (status == 200 && node.identity().bare()) {
            reports.over(task.id());
            return;
        }
        board.change(
                task.id(),
                (old, now) ->
                        old.status() == TaskStatus.PENDING ? old.to(TaskStatus.QUEUED, now) : old);
    }

    private void refused(Node node, TaskState task, Reply.Refused refused) {
        failed(node, task, refused.text());
        if (refused.status() >= 500 || refused.status() == 408 || refused.status() == 429) {
            board.change(
                    task.id(), (old, now) -> TaskRules.unreachable(old, refused.text(), node, now));
            return;
        }
        boolean unknownCall = refused.status() == 404 || refused.status() == 405;
        board.fail(
                task.id(),
                new TaskState.Cause(
                        refused.text(),
                        unknownCall ? ErrorCode.NOT_SUPPORTED : ErrorCode.AGENT_REFUSED));
    }

    private void failed(Node node, TaskState task, String cause) {
        failures.increment();
        LOG.log(
                System.Logger.Level.ERROR,
                "Failed to send pull request to agent {0}: {1}",
                new LogField("agent_id", node.id()),
                cause,
                new LogField("task_id", task.id()),
                new LogField("model", task.origin().model()));
    }

    /**
     * Tells the agent to stop working on a task that is cancelled already; if that fails, its next
     * heartbeat does.
     */
    public void cancel(TaskState task) {
        nodes.find(task.agentId())
                .filter(Node::online)
                .ifPresent(
                        node ->
                                Thread.ofVirtual()
                                        .name("cancel-" + task.id())
                                        .start(
                                                () ->
                                                        client.delete(
                                                                node.identity()
                                                                        .api("/pulls/" + task.id()),
                                                                ANSWER)));
    }

    /** From now on the end of a connection says nothing about its task. */
    @Override
    public void close() {
        closing = true;
    }
}
