package io.modelfleet.agent.link;

import io.modelfleet.agent.ollama.OllamaSight;
import io.modelfleet.agent.pull.KnownTasks;
import io.modelfleet.agent.pull.StoreSpace;
import io.modelfleet.agent.pull.TaskQueue;
import io.modelfleet.protocol.ErrorCode;
import io.modelfleet.protocol.FleetException;
import io.modelfleet.protocol.GpuDevice;
import io.modelfleet.protocol.Heartbeat;
import io.modelfleet.protocol.InstalledModel;
import io.modelfleet.protocol.ProgressReport;
import io.modelfleet.protocol.TaskStatus;
import io.modelfleet.service.Reply;
import java.time.Duration;
import java.util.List;
import java.util.Locale;
import java.util.UUID;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.ReentrantLock;
import org.jspecify.annotations.Nullable;

/** Sends heartbeats, one at a time, and does what their answers say. Thread-safe. */
final class Heartbeats {
    private static final System.Logger LOG = System.getLogger(Heartbeats.class.getName());
    private static final Duration FAREWELL = Duration.ofSeconds(2);

    private final CoordinatorClient coordinator;
    private final Identity identity;
    private final NodeSources sources;
    private final ModelNews news;
    private final TaskQueue queue;

    /** One at a time, so that an older list of models never overtakes a newer one. */
    private final ReentrantLock turn = new ReentrantLock();

    private List<GpuDevice> toldDevices = List.of();
    private String complaint = "";

    Heartbeats(
            CoordinatorClient coordinator,
            Identity identity,
            NodeSources sources,
            ModelNews news,
            TaskQueue queue) {
        this.coordinator = coordinator;
        this.identity = identity;
        this.sources = sources;
        this.news = news;
        this.queue = queue;
    }

    enum Outcome {
        /** The coordinator has taken note. */
        HEARD,
        /** The coordinator does not know this agent, or knows another run of it. */
        UNKNOWN,
        /** The coordinator answers, but takes no note. */
        REFUSED,
        /** No answer. */
        UNHEARD
    }

    /** One heartbeat; blocks until it is answered. */
    Outcome beat(UUID agentId) {
        turn.lock();
        try {
            OllamaSight sight = sources.ollama().look();
            NodeFigures figures = sources.figures().get();
            List<InstalledModel> models = news.installed(sight);
            KnownTasks known = queue.known();
            Heartbeat heartbeat = heartbeat(agentId, sight, figures, models, known);
            return switch (coordinator.heartbeat(heartbeat)) {
                case Reply.Ok ok -> {
                    news.told(sight, models != null);
                    toldDevices = figures.gpuDevices();
                    complaint = "";
                    yield obey(ok.body(), known);
                }
                case Reply.Refused refused -> refused(refused);
                case Reply.Unreachable ignored -> Outcome.UNHEARD;
            };
        } finally {
            turn.unlock();
        }
    }

    private Heartbeat heartbeat(
            UUID agentId,
            OllamaSight sight,
            NodeFigures figures,
            @Nullable List<InstalledModel> models,
            KnownTasks known) {
        StoreSpace space = sources.disk().get().orElse(null);
        return new Heartbeat(
                agentId,
                figures.cpuUsage(),
                figures.memoryUsage(),
                figures.gpuUsage(),
                figures.gpuMemoryTotalMb(),
                figures.gpuMemoryUsedMb(),
                figures.gpuTemperature(),
                sight.loaded(),
                space == null ? null : space.total(),
                space == null ? null : space.free(),
                figures.gpuDevices().equals(toldDevices) ? null : figures.gpuDevices(),
                models,
                sight.state(),
                news.version(sight),
                List.copyOf(known.ids()),
                null,
                identity.instance());
    }

    private Outcome obey(byte[] body, KnownTasks known) {
        try {
            Wishes.read(body)
                    .ifPresent(
                            wishes -> {
                                queue.reconcile(wishes.orders(), known);
                                wishes.strange().forEach(this::refuse);
                            });
        } catch (FleetException unreadable) {
            LOG.log(
                    System.Logger.Level.WARNING,
                    "The answer to a heartbeat cannot be followed: error={0}",
                    unreadable.getMessage());
        }
        return Outcome.HEARD;
    }

    /** If this is not heard, the next answer asks for it again. */
    private void refuse(Wishes.Strange strange) {
        FleetException cause = FleetException.of(ErrorCode.NOT_SUPPORTED, identity.idText());
        String text = cause.text(Locale.ENGLISH) + ": " + strange.cause() + "; update the agent";
        LOG.log(System.Logger.Level.ERROR, "Task refused: task_id=" + strange.task() + ", " + text);
        coordinator.progress(
                strange.task(),
                new ProgressReport(null, null, TaskStatus.FAILED, null, null, text, cause.code()));
    }

    private Outcome refused(Reply.Refused refused) {
        if (refused.status() == 404 || refused.code().equals(ErrorCode.AGENT_ID_IN_USE.name())) {
            return Outcome.UNKNOWN;
        }
        if (!refused.text().equals(complaint)) {
            complaint = refused.text();
            LOG.log(
                    System.Logger.Level.ERROR,
                    "Heartbeat refused: status={0}, error={1}",
                    refused.status(),
                    refused.text());
        }
        return Outcome.REFUSED;
    }

    /** The last one: the node leaves. Bounded in time; whether it is heard shows itself there. */
    void leave(UUID agentId) {
        try {
            if (!turn.tryLock(FAREWELL.toMillis() / 2, TimeUnit.MILLISECONDS)) {
                return;
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return;
        }
        try {
            coordinator.farewell(farewell(agentId), FAREWELL);
        } finally {
            turn.unlock();
        }
    }

    private Heartbeat farewell(UUID agentId) {
        return new Heartbeat(
                agentId,
                null,
                null,
                null,
                null,
                null,
                null,
                null,
                null,
                null,
                null,
                null,
                null,
                null,
                null,
                true,
                identity.instance());
    }
}
