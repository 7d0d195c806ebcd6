package io.modelfleet.console.client;

import io.modelfleet.protocol.Agent;
import io.modelfleet.protocol.AvailableModels;
import io.modelfleet.protocol.Changes;
import io.modelfleet.protocol.DistributeReply;
import io.modelfleet.protocol.DistributeRequest;
import io.modelfleet.protocol.ModelName;
import io.modelfleet.protocol.NodeModel;
import io.modelfleet.protocol.PullRequest;
import io.modelfleet.protocol.Task;
import io.modelfleet.protocol.TaskCreated;
import io.modelfleet.protocol.TaskPage;
import java.util.List;
import java.util.UUID;

/**
 * Everything that an operator can ask of a coordinator. Every call blocks and never throws: what
 * goes wrong is in the {@link Reply}. Call it through {@link
 * io.modelfleet.console.support.Threads#call}, never on the JavaFX thread.
 */
public interface FleetApi {
    /**
     * @param since version of the last answer, or {@link FleetState#NO_VERSION}
     */
    Reply<Changes> changes(long since);

    Reply<List<Agent>> agents();

    Reply<Agent> agent(UUID id);

    Reply<Agent> change(UUID id, NodeSettings settings);

    /** Takes a node out of the fleet; its running tasks are cancelled. */
    Reply<Boolean> removeAgent(UUID id);

    Reply<List<NodeModel>> models(UUID agentId);

    Reply<TaskCreated> pull(UUID agentId, PullRequest request);

    /** Removes a model from a node, as a task. */
    Reply<TaskCreated> removeModel(UUID agentId, ModelName model);

    Reply<AvailableModels> availableModels();

    Reply<DistributeReply> distribute(DistributeRequest request);

    Reply<TaskPage> tasks(TaskQuery query);

    Reply<Task> task(UUID id);

    Reply<Task> cancel(UUID taskId);

    /** Creates a new task that repeats a finished one. */
    Reply<TaskCreated> retry(UUID taskId);
}
