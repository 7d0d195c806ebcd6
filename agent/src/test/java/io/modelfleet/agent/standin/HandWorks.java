package io.modelfleet.agent.standin;

import io.modelfleet.agent.pull.Ending;
import io.modelfleet.agent.pull.NodeTask;
import io.modelfleet.agent.pull.Work;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.Supplier;

/** Work that runs until the test ends it. */
public final class HandWorks implements Work.Factory {
    private final Map<UUID, HandWork> works = new ConcurrentHashMap<>();
    private final List<UUID> started = new CopyOnWriteArrayList<>();

    /** In the order in which they began. */
    public List<UUID> started() {
        return List.copyOf(started);
    }

    /** Those that have begun and not been ended. */
    public List<UUID> running() {
        return started.stream().filter(id -> !work(id).ending.isDone()).toList();
    }

    public void end(UUID id, Ending ending) {
        work(id).ending.complete(ending);
    }

    public void complete(UUID id) {
        work(id).task.meter().done();
        end(id, new Ending.Completed());
    }

    public NodeTask task(UUID id) {
        return work(id).task;
    }

    private HandWork work(UUID id) {
        HandWork work = works.get(id);
        if (work == null) {
            throw new AssertionError("not started: " + id);
        }
        return work;
    }

    @Override
    public Work create(NodeTask task, Supplier<List<NodeTask>> ahead) {
        HandWork work = new HandWork(task);
        works.put(task.id(), work);
        started.add(task.id());
        return work;
    }

    private record HandWork(NodeTask task, CompletableFuture<Ending> ending) implements Work {
        private HandWork(NodeTask task) {
            this(task, new CompletableFuture<>());
        }

        @Override
        public Ending run() {
            return ending.join();
        }

        @Override
        public void stop() {
            ending.complete(new Ending.Stopped());
        }
    }
}
