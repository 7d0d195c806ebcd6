package io.modelfleet.coordinator.distribution;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import io.modelfleet.coordinator.catalog.LoopbackRegistry;
import io.modelfleet.coordinator.change.ChangeLog;
import io.modelfleet.coordinator.change.ChangeLog.Kind;
import io.modelfleet.coordinator.db.Database;
import io.modelfleet.coordinator.fixture.StubAgent;
import io.modelfleet.coordinator.fixture.TestDatabase;
import io.modelfleet.coordinator.node.NodeSettings;
import io.modelfleet.coordinator.task.TaskFilter;
import io.modelfleet.coordinator.task.TaskState;
import io.modelfleet.protocol.ErrorCode;
import io.modelfleet.protocol.FleetException;
import io.modelfleet.protocol.TaskOrder;
import io.modelfleet.protocol.TaskStatus;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.List;
import java.util.Random;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.function.Supplier;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.provider.EnumSource;

/** Two coordinators on one database, each with its own memory of the fleet. */
@ParameterizedClass
@EnumSource(TestDatabase.class)
class SeveralCoordinatorsTest {
    private static final long GIGABYTE = 1_000_000_000L;
    private static final Set<TaskStatus> FINAL =
            Set.of(TaskStatus.COMPLETED, TaskStatus.FAILED, TaskStatus.CANCELLED);

    private final LoopbackRegistry registry = new LoopbackRegistry();
    private final StubAgent agent = new StubAgent();
    private final Supplier<Database> database;
    private final OneOfSeveral one;
    private final OneOfSeveral other;

    SeveralCoordinatorsTest(TestDatabase kind) {
        database = kind.forSeveral();
        one = new OneOfSeveral(database.get(), registry.uri());
        other = new OneOfSeveral(database.get(), registry.uri());
    }

    @AfterEach
    void close() {
        other.close();
        one.close();
        agent.close();
        registry.close();
    }

    private UUID node() {
        return one.nodes.register(agent.registration("gpu-1")).node().id();
    }

    private UUID nodeKnownToBoth() {
        UUID id = node();
        other.follow();
        return id;
    }

    @Test
    void nodeThatHasJustRegisteredAtOneMayReportToTheOther() {
        UUID id = node();

        assertThat(other.nodes.find(id)).isEmpty();
        other.heartbeat(id, List.of(), 5L);

        assertThat(other.nodes.require(id).figures().diskFree()).isEqualTo(5);
    }

    @Test
    void bareAgentThatRegistersAtBothIsOneNode() {
        UUID id = one.nodes.register(agent.bareRegistration("gpu-1")).node().id();

        assertThat(other.nodes.register(agent.bareRegistration("gpu-1")).node().id()).isEqualTo(id);
    }

    @Test
    void figuresThatOneHeardAreShownByTheOther() {
        UUID id = nodeKnownToBoth();
        one.clock.advance(Duration.ofSeconds(3));
        one.heartbeat(id, List.of(), 7L);
        one.flush();
        long before = other.changes.since(1).version();

        other.follow();

        assertThat(other.nodes.require(id)).isEqualTo(one.nodes.require(id));
        assertThat(other.changes.since(before).keys()).contains(new ChangeLog.Key(Kind.AGENT, id));
    }

    @Test
    void settingsThatAreChangedAtBothAtOnceAreBothKept() {
        UUID id = nodeKnownToBoth();

        one.nodes.changeSettings(
                id, old -> new NodeSettings("rack 4", old.tags(), old.notes(), old.schedulable()));
        other.nodes.changeSettings(
                id, old -> new NodeSettings(old.customName(), old.tags(), old.notes(), false));

        one.follow();
        assertThat(one.nodes.require(id).settings())
                .isEqualTo(new NodeSettings("rack 4", List.of(), null, false))
                .isEqualTo(other.nodes.require(id).settings());
    }

    @Test
    void nodeThatReportsToOneIsNotOfflineForTheOther() {
        UUID id = nodeKnownToBoth();
        for (int i = 0; i < 10; i++) {
            one.clock.advance(OneOfSeveral.INTERVAL);
            other.clock.advance(OneOfSeveral.INTERVAL);
            one.heartbeat(id, List.of(), 7L);
            one.flush();
            other.follow();
            other.nodes.markSilentNodesOffline();
        }
        assertThat(other.nodes.require(id).online()).isTrue();

        letPass(other, Duration.ofSeconds(21));
        other.nodes.markSilentNodesOffline();
        one.follow();
        assertThat(one.nodes.require(id).online()).as("silent for all").isFalse();

        one.heartbeat(id, List.of(), 7L);
        other.follow();
        assertThat(other.nodes.require(id).online()).isTrue();
    }

    /** Seconds in which it follows the other, as its loop does. */
    private static void letPass(OneOfSeveral here, Duration time) {
        for (long second = 0; second < time.toSeconds(); second++) {
            here.clock.advance(Duration.ofSeconds(1));
            here.follow();
        }
    }

    @Test
    void whoCouldNotFollowTheOtherDoesNotJudgeItsNodes() {
        UUID id = nodeKnownToBoth();
        other.clock.advance(Duration.ofSeconds(25));
        other.nodes.markSilentNodesOffline();
        assertThat(other.nodes.require(id).online()).as("the database is away").isTrue();

        other.follow();
        other.nodes.markSilentNodesOffline();
        assertThat(other.nodes.require(id).online()).as("it is back").isTrue();

        letPass(other, Duration.ofSeconds(21));
        other.nodes.markSilentNodesOffline();
        assertThat(other.nodes.require(id).online()).as("nobody has heard of it").isFalse();
    }

    @Test
    void clockThatWasSetEndsNoPresence() {
        UUID id = nodeKnownToBoth();
        other.clock.jump(Duration.ofHours(1));
        other.nodes.markSilentNodesOffline();
        assertThat(other.nodes.require(id).online()).isTrue();

        one.clock.jump(Duration.ofHours(-1));
        one.heartbeat(id, List.of(), 7L);
        one.flush();
        other.follow();
        letPass(other, Duration.ofSeconds(19));
        other.nodes.markSilentNodesOffline();
        assertThat(other.nodes.require(id).online()).isTrue();
        assertThat(other.nodes.require(id).lastSeen()).isEqualTo(one.nodes.require(id).lastSeen());
    }

    @Test
    void modelThatIsAskedForAtBothIsPulledOnce() {
        UUID id = nodeKnownToBoth();

        UUID task = one.pull(id, "phi4");

        assertThat(other.pull(id, "phi4")).isEqualTo(task);
        assertThat(all(one)).hasSize(1);
    }

    @Test
    void roomThatOneReservedIsNotGivenAwayByTheOther() {
        registry.serve("six:1b", 6 * GIGABYTE);
        registry.serve("seven:1b", 7 * GIGABYTE);
        UUID id = node();
        one.heartbeat(id, List.of(), 10 * GIGABYTE);
        one.flush();
        other.follow();
        one.pull(id, "six:1b");

        assertThatThrownBy(() -> other.pull(id, "seven:1b"))
                .isInstanceOfSatisfying(
                        FleetException.class,
                        refusal ->
                                assertThat(refusal.code())
                                        .isEqualTo(ErrorCode.INSUFFICIENT_STORAGE));
    }

    @Test
    void agentMayReportToOneWhatTheOtherHandedOut() {
        UUID id = nodeKnownToBoth();
        UUID task = one.pull(id, "phi4");
        await().until(() -> one.task(task).status() == TaskStatus.QUEUED);

        other.report(task, 0.5, TaskStatus.DOWNLOADING);
        other.flush();
        one.follow();
        assertThat(one.task(task).status()).isEqualTo(TaskStatus.DOWNLOADING);
        assertThat(one.task(task).transfer().progress()).isEqualTo(0.5);

        one.report(task, 1, TaskStatus.COMPLETED);
        other.follow();
        assertThat(other.task(task).status()).isEqualTo(TaskStatus.COMPLETED);
        assertThat(other.board.active()).isEmpty();
        assertThat(other.nodes.require(id).models()).hasSize(1);
    }

    @Test
    void agentIsNotToldToStopWhatTheOtherHasJustHandedOut() {
        UUID id = nodeKnownToBoth();
        UUID task = one.pull(id, "phi4");

        assertThat(other.heartbeat(id, List.of(task), null))
                .extracting(TaskOrder::taskId)
                .containsExactly(task);
    }

    @Test
    void taskThatEndedAtOneStaysSoWhateverTheOtherIsTold() {
        UUID id = nodeKnownToBoth();
        UUID task = one.pull(id, "phi4");
        other.follow();
        one.distribution.cancel(task);

        assertThatThrownBy(() -> other.report(task, 1, TaskStatus.COMPLETED))
                .isInstanceOfSatisfying(
                        FleetException.class,
                        refusal -> assertThat(refusal.code()).isEqualTo(ErrorCode.TASK_FINISHED));
        assertThatThrownBy(() -> other.distribution.cancel(task))
                .isInstanceOf(FleetException.class);
        assertThat(other.task(task)).isEqualTo(one.task(task));
        assertThat(other.board.active()).isEmpty();
    }

    @Test
    void figuresOfBothAreKeptWhereTheyMoveAtOnce() {
        UUID id = nodeKnownToBoth();
        UUID task = one.pull(id, "phi4");
        await().until(() -> one.task(task).status() == TaskStatus.QUEUED);
        one.report(task, 0.2, TaskStatus.DOWNLOADING);
        other.follow();
        one.report(task, 0.4, TaskStatus.DOWNLOADING);
        other.report(task, 0.3, TaskStatus.DOWNLOADING);

        other.flush();
        one.flush();
        one.follow();
        one.flush();
        other.follow();

        assertThat(one.task(task).transfer().progress()).isEqualTo(0.4);
        assertThat(other.task(task).transfer().progress()).isEqualTo(0.4);
    }

    @Test
    void nodeThatOneRemovedIsGoneForTheOther() {
        UUID id = nodeKnownToBoth();
        UUID task = other.pull(id, "phi4");
        one.distribution.removeNode(id);

        assertThatThrownBy(() -> other.pull(id, "mistral"))
                .isInstanceOfSatisfying(
                        FleetException.class,
                        refusal -> assertThat(refusal.code()).isEqualTo(ErrorCode.AGENT_NOT_FOUND));
        other.follow();
        assertThat(other.task(task).status()).isEqualTo(TaskStatus.CANCELLED);
        assertThat(other.nodes.find(id)).isEmpty();
        assertThat(other.changes.since(1).keys())
                .contains(new ChangeLog.Key(Kind.AGENT_REMOVED, id));
        assertThatThrownBy(() -> other.heartbeat(id, List.of(), null))
                .isInstanceOf(FleetException.class);
    }

    @Test
    void bareAgentsOpenCallIsNotRepeatedByTheOther() {
        CountDownLatch over = new CountDownLatch(1);
        agent.answer(agent.after(over, StubAgent.status(200)));
        UUID id = one.nodes.register(agent.bareRegistration("gpu-1")).node().id();
        UUID task = one.pull(id, "phi4");
        await().until(() -> agent.orders().size() == 1);

        for (int i = 0; i < 30; i++) {
            one.flush();
            other.follow();
            one.clock.advance(OneOfSeveral.INTERVAL);
            other.clock.advance(OneOfSeveral.INTERVAL);
            other.heartbeat(id, null, null);
        }

        assertThat(agent.orders()).hasSize(1);
        over.countDown();
        await().until(() -> one.task(task).status() == TaskStatus.COMPLETED);
    }

    @Test
    void manyChangesAtBothLeaveBothWithTheSameFleet() throws Exception {
        List<UUID> ids = new ArrayList<>();
        for (int i = 0; i < 4; i++) {
            ids.add(one.nodes.register(agent.registration("gpu-" + i)).node().id());
        }
        try (ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor()) {
            List<Future<?>> all = new ArrayList<>();
            for (int i = 0; i < 8; i++) {
                Random random = new Random(i);
                OneOfSeveral here = i % 2 == 0 ? one : other;
                all.add(threads.submit(() -> live(here, ids, random)));
            }
            for (Future<?> done : all) {
                done.get();
            }
        }
        // The last hand-outs may still be answered, and what one hears is written only after it has
        // followed the other.
        await().untilAsserted(
                        () -> {
                            one.flush();
                            other.flush();
                            one.follow();
                            other.follow();
                            assertThat(byId(one.board.active()))
                                    .isEqualTo(byId(other.board.active()))
                                    .isEqualTo(active(one));
                            assertThat(one.nodes.all()).isEqualTo(other.nodes.all());
                        });
        assertThat(one.board.active())
                .extracting(task -> task.agentId() + " " + task.origin().model())
                .doesNotHaveDuplicates();
    }

    private static void live(OneOfSeveral here, List<UUID> ids, Random random) {
        for (int i = 0; i < 150; i++) {
            UUID id = ids.get(random.nextInt(ids.size()));
            try {
                switch (random.nextInt(6)) {
                    case 0 -> here.pull(id, "model-" + random.nextInt(3));
                    case 1 -> here.heartbeat(id, List.of(), (long) random.nextInt(1000));
                    case 2 -> here.flush();
                    case 3 -> here.follow();
                    case 4 ->
                            here.nodes.changeSettings(
                                    id,
                                    old ->
                                            new NodeSettings(
                                                    old.customName(),
                                                    List.of("t" + random.nextInt(100)),
                                                    old.notes(),
                                                    true));
                    default -> reportOnAny(here, random);
                }
            } catch (FleetException refused) {
                assertThat(refused.code()).isEqualTo(ErrorCode.TASK_FINISHED);
            }
        }
    }

    private static void reportOnAny(OneOfSeveral here, Random random) {
        List<TaskState> active = List.copyOf(here.board.active());
        if (!active.isEmpty()) {
            here.report(
                    active.get(random.nextInt(active.size())).id(),
                    random.nextDouble(0.9),
                    random.nextInt(4) == 0 ? TaskStatus.COMPLETED : TaskStatus.DOWNLOADING);
        }
    }

    private static List<TaskState> all(OneOfSeveral here) {
        return here.board.list(new TaskFilter(Set.of(), null, null, null, 1000));
    }

    /** As the database holds them. */
    private static List<TaskState> active(OneOfSeveral here) {
        return byId(all(here).stream().filter(task -> !FINAL.contains(task.status())).toList());
    }

    private static List<TaskState> byId(Collection<TaskState> tasks) {
        return tasks.stream().sorted(Comparator.comparing(TaskState::id)).toList();
    }
}
