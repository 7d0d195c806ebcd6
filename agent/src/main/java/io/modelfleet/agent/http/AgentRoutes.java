package io.modelfleet.agent.http;

import io.modelfleet.agent.pull.TaskQueue;
import io.modelfleet.agent.pull.TaskReport;
import io.modelfleet.protocol.AgentHealth;
import io.modelfleet.protocol.ErrorCode;
import io.modelfleet.protocol.FleetException;
import io.modelfleet.protocol.TaskAccepted;
import io.modelfleet.protocol.TaskKind;
import io.modelfleet.protocol.TaskOrder;
import io.modelfleet.service.Answer;
import io.modelfleet.service.Call;
import io.modelfleet.service.Route;
import java.util.List;
import java.util.UUID;
import java.util.function.Supplier;

/** The agent's API: what the coordinator pushes, and what an operator asks on the spot. */
public final class AgentRoutes {
    private final TaskQueue queue;
    private final Supplier<AgentHealth> health;

    public AgentRoutes(TaskQueue queue, Supplier<AgentHealth> health) {
        this.queue = queue;
        this.health = health;
    }

    public List<Route> table() {
        return List.of(
                Route.get("/health", call -> Answer.ok(health.get())),
                Route.post("/pull", call -> accept(call, TaskKind.PULL)),
                Route.post("/remove", call -> accept(call, TaskKind.REMOVE)),
                Route.get("/pulls", call -> tasks()),
                Route.delete("/pulls/{task_id}", this::cancel));
    }

    private Answer accept(Call call, TaskKind kind) {
        TaskOrder order = call.body(TaskOrder.class);
        UUID self = health.get().agentId();
        if (order.agentId() != null && !order.agentId().equals(self)) {
            // Not a refusal of the task: its own agent may still take it with a heartbeat.
            throw FleetException.of(
                    ErrorCode.UNAVAILABLE,
                    "this is agent %s, not %s; two nodes have this address"
                            .formatted(self, order.agentId()));
        }
        boolean fresh = queue.accept(order, kind);
        return Answer.accepted(
                new TaskAccepted(
                        fresh ? "accepted" : "already known", order.model(), order.taskId()));
    }

    private Answer tasks() {
        return Answer.ok(queue.reports().stream().map(TaskReport::task).toList());
    }

    private Answer cancel(Call call) {
        UUID id = call.id("task_id");
        TaskReport known = queue.report(id).orElseThrow(() -> FleetException.taskNotFound(id));
        boolean cancelled = queue.cancel(id);
        return Answer.accepted(
                new TaskAccepted(
                        cancelled ? "cancelled" : "already over", known.task().model(), id));
    }
}
