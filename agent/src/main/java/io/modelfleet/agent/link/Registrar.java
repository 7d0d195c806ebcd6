package io.modelfleet.agent.link;

import io.modelfleet.agent.ollama.OllamaSight;
import io.modelfleet.agent.pull.Backoff;
import io.modelfleet.agent.pull.StoreSpace;
import io.modelfleet.protocol.ErrorCode;
import io.modelfleet.protocol.FleetException;
import io.modelfleet.protocol.Json;
import io.modelfleet.protocol.Registration;
import io.modelfleet.protocol.RegistrationReply;
import io.modelfleet.service.Reply;
import java.time.Duration;
import java.util.Locale;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/** Registers the node, try after try. Used by one thread. */
final class Registrar {
    private static final System.Logger LOG = System.getLogger(Registrar.class.getName());

    private static final Reply.Refused NO_COORDINATOR =
            new Reply.Refused(200, "what answers there is no coordinator", "");

    private final CoordinatorClient coordinator;
    private final Identity identity;
    private final Supplier<NodeFacts> facts;
    private final NodeSources sources;
    private final ModelNews news;
    private final Backoff backoff;
    private @Nullable NodeFacts told;
    private int failures;
    private String complaint = "";

    Registrar(
            CoordinatorClient coordinator,
            Identity identity,
            Supplier<NodeFacts> facts,
            NodeSources sources,
            ModelNews news,
            Backoff backoff) {
        this.coordinator = coordinator;
        this.identity = identity;
        this.facts = facts;
        this.sources = sources;
        this.news = news;
        this.backoff = backoff;
    }

    /** How a try ended. */
    sealed interface Attempt {
        record Registered() implements Attempt {}

        /**
         * @param pause before the next try
         */
        record Later(Duration pause) implements Attempt {}

        /**
         * The coordinator answers, but does not take this agent in.
         *
         * @param idInUse whether another agent is at work with the same id
         */
        record Refused(Duration pause, String text, boolean idInUse) implements Attempt {}
    }

    /** One try. */
    Attempt attempt() {
        OllamaSight sight = sources.ollama().look();
        NodeFacts now = facts.get();
        return switch (coordinator.register(registration(now, sight))) {
            case Reply.Ok ok -> answered(ok.body(), now, sight);
            case Reply.Refused refused -> refused(refused);
            case Reply.Unreachable ignored -> later();
        };
    }

    /** Whether what the coordinator was told of this machine does not hold any more. */
    boolean outdated() {
        return !facts.get().equals(told);
    }

    /** The machine slept: what failed before says nothing about now. */
    void refreshed() {
        failures = 0;
    }

    private Registration registration(NodeFacts facts, OllamaSight sight) {
        NodeFigures figures = sources.figures().get();
        StoreSpace space = sources.disk().get().orElse(null);
        return new Registration(
                identity.id().orElse(null),
                facts.machineName(),
                facts.address(),
                sight.version(),
                facts.ollamaPort(),
                facts.apiPort(),
                !figures.gpuDevices().isEmpty(),
                figures.gpuDevices(),
                facts.version(),
                sight.state(),
                sight.installed(),
                sight.loaded(),
                space == null ? null : space.total(),
                space == null ? null : space.free(),
                identity.instance());
    }

    private Attempt answered(byte[] body, NodeFacts now, OllamaSight sight) {
        RegistrationReply reply;
        try {
            reply = Json.read(body, RegistrationReply.class);
        } catch (FleetException notACoordinator) {
            return refused(NO_COORDINATOR);
        }
        if (reply.agentId() == null) {
            return refused(NO_COORDINATOR);
        }
        identity.keep(reply.agentId());
        news.told(sight, true);
        told = now;
        failures = 0;
        complaint = "";
        LOG.log(
                System.Logger.Level.INFO,
                "Agent registration successful: agent_id={0}",
                reply.agentId());
        if (reply.autoDistributedModel() != null) {
            LOG.log(
                    System.Logger.Level.INFO,
                    "Auto-distribution started: model={0}, task_id={1}",
                    reply.autoDistributedModel(),
                    reply.downloadTaskId());
        }
        return new Attempt.Registered();
    }

    private Attempt refused(Reply.Refused refused) {
        boolean noGpu = refused.code().equals(ErrorCode.GPU_REQUIRED.name());
        String text =
                noGpu
                        ? FleetException.of(ErrorCode.GPU_REQUIRED).text(Locale.ENGLISH)
                                + "; if this machine has one, name it with --gpu-model and"
                                + " --gpu-memory"
                        : refused.text() + " (HTTP " + refused.status() + ")";
        boolean idInUse = refused.code().equals(ErrorCode.AGENT_ID_IN_USE.name());
        if (idInUse || !text.equals(complaint)) {
            complaint = text;
            LOG.log(System.Logger.Level.ERROR, "Agent registration refused: error={0}", text);
        }
        // Nothing that passes by itself within seconds, unless the coordinator is in trouble.
        return refused.status() >= 500
                ? later()
                : new Attempt.Refused(backoff.longest(), text, idInUse);
    }

    private Attempt later() {
        failures++;
        return new Attempt.Later(backoff.after(failures));
    }
}
