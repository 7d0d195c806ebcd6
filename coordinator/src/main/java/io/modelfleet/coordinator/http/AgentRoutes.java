package io.modelfleet.coordinator.http;

import io.modelfleet.coordinator.distribution.NewNodes;
import io.modelfleet.coordinator.node.Node;
import io.modelfleet.coordinator.node.NodeInventory;
import io.modelfleet.coordinator.task.ProgressReports;
import io.modelfleet.coordinator.task.Reconciler;
import io.modelfleet.coordinator.task.TaskState;
import io.modelfleet.protocol.ErrorCode;
import io.modelfleet.protocol.FleetException;
import io.modelfleet.protocol.Heartbeat;
import io.modelfleet.protocol.HeartbeatReply;
import io.modelfleet.protocol.ProgressReport;
import io.modelfleet.protocol.Registration;
import io.modelfleet.protocol.RegistrationReply;
import io.modelfleet.service.Answer;
import io.modelfleet.service.Call;
import io.modelfleet.service.Route;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** What agents call. */
final class AgentRoutes {
    private static final System.Logger LOG = System.getLogger(AgentRoutes.class.getName());

    private final NodeInventory nodes;
    private final NewNodes newNodes;
    private final Reconciler reconciler;
    private final ProgressReports reports;

    AgentRoutes(
            NodeInventory nodes,
            NewNodes newNodes,
            Reconciler reconciler,
            ProgressReports reports) {
        this.nodes = nodes;
        this.newNodes = newNodes;
        this.reconciler = reconciler;
        this.reports = reports;
    }

    List<Route> table() {
        return List.of(
                Route.post("/api/agents", this::register),
                Route.post("/api/health", this::heartbeat),
                Route.post("/api/tasks/{id}/progress", this::progress));
    }

    private Answer register(Call call) {
        NodeInventory.Registered registered = registered(call.body(Registration.class));
        Node node = registered.node();
        LOG.log(
                System.Logger.Level.INFO,
                "Agent {0}: agent_id={1}, machine_name={2}, address={3}",
                registered.isNew() ? "registered" : "updated",
                node.id(),
                node.identity().machineName(),
                node.identity().api("/"));
        Optional<TaskState> task = newNodes.autoDistribute(node);
        return Answer.ok(
                new RegistrationReply(
                        node.id(),
                        registered.isNew()
                                ? RegistrationReply.Status.REGISTERED
                                : RegistrationReply.Status.UPDATED,
                        task.map(started -> started.origin().model()).orElse(null),
                        task.map(TaskState::id).orElse(null)));
    }

    private NodeInventory.Registered registered(Registration registration) {
        try {
            return nodes.register(registration);
        } catch (FleetException refusal) {
            if (refusal.code() == ErrorCode.AGENT_ID_IN_USE) {
                LOG.log(
                        System.Logger.Level.ERROR,
                        "Agent registration refused: {0}",
                        refusal.getMessage());
            }
            throw refusal;
        }
    }

    private Answer heartbeat(Call call) {
        Heartbeat heartbeat = call.body(Heartbeat.class);
        Optional<Node> before =
                heartbeat.installedModels() == null
                        ? Optional.empty()
                        : nodes.find(heartbeat.agentId());
        Node node = nodes.heartbeat(heartbeat);
        before.ifPresent(old -> newNodes.bringBack(old, node));
        return Answer.ok(
                new HeartbeatReply(
                        node.online() ? reconciler.reconcile(node, heartbeat) : List.of()));
    }

    private Answer progress(Call call) {
        reports.accept(call.id("id"), call.body(ProgressReport.class));
        return Answer.ok(Map.of());
    }
}
