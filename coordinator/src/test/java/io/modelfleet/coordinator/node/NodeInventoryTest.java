package io.modelfleet.coordinator.node;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.modelfleet.coordinator.catalog.HandClock;
import io.modelfleet.coordinator.change.ChangeLog;
import io.modelfleet.coordinator.db.Database;
import io.modelfleet.coordinator.fixture.StubAgent;
import io.modelfleet.coordinator.fixture.TestDatabase;
import io.modelfleet.protocol.ErrorCode;
import io.modelfleet.protocol.FleetException;
import io.modelfleet.protocol.GpuDevice;
import io.modelfleet.protocol.Heartbeat;
import io.modelfleet.protocol.InstalledModel;
import io.modelfleet.protocol.ModelName;
import io.modelfleet.protocol.Presence;
import io.modelfleet.protocol.Registration;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.Parameter;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.provider.EnumSource;

@ParameterizedClass
@EnumSource(TestDatabase.class)
class NodeInventoryTest {
    private static final ModelName MODEL = ModelName.parse("llama3.2:3b");

    @Parameter TestDatabase kind = TestDatabase.H2;

    @TempDir Path folder;

    private final HandClock clock = new HandClock();
    private Supplier<Database> databases = () -> new Database("");
    private Database database = databases.get();
    private NodeInventory nodes = inventory();

    @BeforeEach
    void begin() {
        databases = kind.fresh(folder);
        open();
    }

    private void open() {
        database = databases.get();
        database.start();
        nodes = inventory();
        nodes.load();
    }

    @AfterEach
    void close() {
        database.close();
    }

    private NodeInventory inventory() {
        return new NodeInventory(
                database, new ChangeLog(1), clock, clock::ticks, Duration.ofSeconds(20));
    }

    /** As after a crash: nothing is flushed. */
    private void reopen() {
        database.close();
        open();
    }

    @Test
    void newNodeGetsAnIdAndStartsOnlineAndSchedulable() {
        NodeInventory.Registered registered = nodes.register(registration(null, "gpu-1"));

        assertThat(registered.isNew()).isTrue();
        assertThat(registered.node().online()).isTrue();
        assertThat(registered.node().settings().schedulable()).isTrue();
        assertThat(registered.node().registeredAt()).isEqualTo(clock.instant());
        assertThat(nodes.all()).containsExactly(registered.node());
    }

    @Test
    void idThatAnAgentBringsIsKeptEvenWhenItIsUnknownHere() {
        UUID id = UUID.randomUUID();

        assertThat(nodes.register(registration(id, "gpu-1")).isNew()).isTrue();
        NodeInventory.Registered again = nodes.register(registration(id, "renamed"));

        assertThat(again.isNew()).isFalse();
        assertThat(again.node().id()).isEqualTo(id);
        assertThat(again.node().identity().machineName()).isEqualTo("renamed");
        assertThat(nodes.all()).hasSize(1);
    }

    @Test
    void runOfTheAgentSurvivesARestartOfTheCoordinator() {
        UUID id = UUID.randomUUID();
        UUID run = UUID.randomUUID();
        nodes.register(run(id, 11435, run));
        reopen();

        assertThat(nodes.require(id).identity().instance()).isEqualTo(run);
        assertThatThrownBy(() -> nodes.register(run(id, 11999, UUID.randomUUID())))
                .isInstanceOf(FleetException.class)
                .extracting(e -> ((FleetException) e).code())
                .isEqualTo(ErrorCode.AGENT_ID_IN_USE);
        assertThat(nodes.require(id).identity().apiPort()).isEqualTo(11435);

        nodes.heartbeat(heartbeat(id, null, true));
        UUID next = UUID.randomUUID();
        assertThat(nodes.register(run(id, 11999, next)).node().identity().instance())
                .isEqualTo(next);
    }

    @Test
    void refusedCopyKeepsNobodysNodeAliveAndGetsInOnceItIsOffline() {
        UUID id = UUID.randomUUID();
        nodes.register(run(id, 11435, UUID.randomUUID()));
        UUID copy = UUID.randomUUID();
        letPass(Duration.ofSeconds(15));
        assertThatThrownBy(() -> nodes.register(run(id, 11999, copy)))
                .isInstanceOf(FleetException.class);
        letPass(Duration.ofSeconds(6));
        nodes.markSilentNodesOffline();
        assertThat(nodes.require(id).online()).isFalse();
        assertThat(nodes.register(run(id, 11999, copy)).node().online()).isTrue();
    }

    private static Registration run(UUID id, int port, UUID instance) {
        return new Registration(
                id,
                "gpu-1",
                "127.0.0.1",
                "0.33.2",
                11434,
                port,
                true,
                List.of(StubAgent.gpu(24_000_000_000L)),
                "1.0",
                null,
                null,
                null,
                null,
                null,
                instance);
    }

    @Test
    void agentWithoutAnIdIsRecognisedByMachineNameAndAddress() {
        UUID id = nodes.register(registration(null, "gpu-1")).node().id();

        assertThat(nodes.register(registration(null, "gpu-1")).node().id()).isEqualTo(id);
        assertThat(nodes.register(registration(null, "gpu-2")).isNew()).isTrue();
        assertThat(nodes.all()).hasSize(2);
    }

    @Test
    void concurrentFirstRegistrationsOfOneMachineMakeOneNode() throws Exception {
        try (ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor()) {
            List<Future<NodeInventory.Registered>> all =
                    java.util.stream.IntStream.range(0, 50)
                            .mapToObj(
                                    i ->
                                            threads.submit(
                                                    () ->
                                                            nodes.register(
                                                                    registration(null, "gpu-1"))))
                            .toList();
            long fresh = 0;
            for (Future<NodeInventory.Registered> one : all) {
                fresh += one.get().isNew() ? 1 : 0;
            }
            assertThat(fresh).isEqualTo(1);
        }
        assertThat(nodes.all()).hasSize(1);
    }

    @Test
    void nodeWithoutGpuIsRefusedAndNothingIsKept() {
        assertThatThrownBy(() -> nodes.register(devices(List.of(), true)))
                .isInstanceOfSatisfying(
                        FleetException.class,
                        e -> assertThat(e.code()).isEqualTo(ErrorCode.GPU_REQUIRED));
        assertThatThrownBy(() -> nodes.register(devices(null, true)))
                .isInstanceOf(FleetException.class);
        assertThatThrownBy(() -> nodes.register(devices(List.of(StubAgent.gpu(1L)), false)))
                .isInstanceOf(FleetException.class);

        assertThat(nodes.all()).isEmpty();
        reopen();
        assertThat(nodes.all()).isEmpty();
    }

    @Test
    void agentApiPortIsTheOneAfterOllamasWhenItIsNotNamed() {
        Node node =
                nodes.register(
                                new Registration(
                                        null,
                                        "m",
                                        "127.0.0.1",
                                        "0.33.2",
                                        11434,
                                        null,
                                        null,
                                        List.of(StubAgent.gpu(1L)),
                                        null,
                                        null,
                                        null,
                                        null,
                                        null,
                                        null,
                                        null))
                        .node();

        assertThat(node.identity().api("/pull")).hasToString("http://127.0.0.1:11435/pull");
        assertThat(node.identity().bare()).isTrue();
    }

    /** Seconds in which it looks at what other coordinators wrote, as its loop does. */
    private void letPass(Duration time) {
        for (long second = 0; second < time.toSeconds(); second++) {
            clock.advance(Duration.ofSeconds(1));
            nodes.follow();
        }
    }

    @Test
    void silentNodeIsOfflineAfterTwentySecondsAndBackWithTheNextHeartbeat() {
        UUID id = nodes.register(registration(null, "gpu-1")).node().id();

        letPass(Duration.ofSeconds(20));
        nodes.markSilentNodesOffline();
        assertThat(nodes.require(id).presence()).isEqualTo(Presence.ONLINE);

        clock.advance(Duration.ofMillis(1));
        nodes.markSilentNodesOffline();
        assertThat(nodes.require(id).presence()).isEqualTo(Presence.OFFLINE);

        nodes.heartbeat(heartbeat(id, null, null));
        assertThat(nodes.require(id).presence()).isEqualTo(Presence.ONLINE);
    }

    @Test
    void nodeThatLeavesPolitelyIsOfflineAtOnce() {
        UUID id = nodes.register(registration(null, "gpu-1")).node().id();

        nodes.heartbeat(heartbeat(id, null, true));

        assertThat(nodes.require(id).online()).isFalse();
        reopen();
        assertThat(nodes.require(id).online()).isFalse();
    }

    @Test
    void nodesThatWereOnlineBeforeARestartGetTheTimeForTheirNextHeartbeat() {
        UUID id = nodes.register(registration(null, "gpu-1")).node().id();
        clock.advance(Duration.ofHours(1));
        reopen();

        nodes.markSilentNodesOffline();
        letPass(Duration.ofSeconds(19));
        nodes.markSilentNodesOffline();
        assertThat(nodes.require(id).online()).isTrue();

        letPass(Duration.ofSeconds(2));
        nodes.markSilentNodesOffline();
        assertThat(nodes.require(id).online()).isFalse();
    }

    @Test
    void whatMustSurviveIsOnDiskBeforeTheCallReturns() {
        UUID id = nodes.register(registration(null, "gpu-1")).node().id();
        nodes.changeSettings(
                id, old -> new NodeSettings("東京-1", List.of("lab", "a100"), "two fans", false));
        InstalledModel model = new InstalledModel(MODEL, 2_000_000_000L, null, clock.instant());
        nodes.heartbeat(heartbeat(id, List.of(model), null));
        Node before = nodes.require(id);

        reopen();

        Node after = nodes.require(id);
        assertThat(after.identity()).isEqualTo(before.identity());
        assertThat(after.devices()).isEqualTo(before.devices());
        assertThat(after.models()).containsExactly(model);
        assertThat(after.settings()).isEqualTo(before.settings());
        assertThat(after.registeredAt()).isEqualTo(before.registeredAt());
    }

    @Test
    void lastSeenReachesTheDiskWithTheBatch() {
        UUID id = nodes.register(registration(null, "gpu-1")).node().id();
        clock.advance(Duration.ofSeconds(5));
        nodes.heartbeat(heartbeat(id, null, null));
        nodes.flush();

        reopen();

        assertThat(nodes.require(id).lastSeen()).isEqualTo(clock.instant());
    }

    @Test
    void removedNodeIsUnknownUntilItRegistersAgain() {
        UUID id = nodes.register(registration(null, "gpu-1")).node().id();
        assertThat(nodes.remove(id, transaction -> true)).isTrue();

        assertThatThrownBy(() -> nodes.heartbeat(heartbeat(id, null, null)))
                .isInstanceOfSatisfying(
                        FleetException.class,
                        e -> assertThat(e.code()).isEqualTo(ErrorCode.AGENT_NOT_FOUND));
        reopen();
        assertThat(nodes.all()).isEmpty();
        assertThat(nodes.register(registration(id, "gpu-1")).isNew()).isTrue();
    }

    @Test
    void heartbeatChangesOnlyWhatItMentions() {
        UUID id = nodes.register(registration(null, "gpu-1")).node().id();
        InstalledModel model = new InstalledModel(MODEL, null, null, null);
        nodes.heartbeat(heartbeat(id, List.of(model), null));

        Node node =
                nodes.heartbeat(
                        new Heartbeat(
                                id,
                                12.5,
                                40.0,
                                93.4,
                                null,
                                512L,
                                71.6,
                                List.of(MODEL),
                                100L,
                                50L,
                                null,
                                null,
                                null,
                                null,
                                null,
                                null,
                                null));

        assertThat(node.models()).containsExactly(model);
        assertThat(node.figures().diskFree()).isEqualTo(50);
        GpuDevice device = node.devices().getFirst();
        assertThat(device.utilization()).isEqualTo(93);
        assertThat(device.temperature()).isEqualTo(72);
        assertThat(device.memoryUsed()).isEqualTo(512L << 20);
        Node next = nodes.heartbeat(heartbeat(id, null, null));
        assertThat(next.figures()).isEqualTo(node.figures());
        assertThat(next.devices()).isEqualTo(node.devices());
    }

    @Test
    void concurrentHeartbeatsSettingsAndModelsLoseNothing() throws Exception {
        UUID id = nodes.register(registration(null, "gpu-1")).node().id();
        try (ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor()) {
            for (int i = 0; i < 40; i++) {
                ModelName name = ModelName.parse("m" + i);
                var unused =
                        threads.submit(
                                () ->
                                        nodes.installed(
                                                id, new InstalledModel(name, 1L, null, null)));
                unused = threads.submit(() -> nodes.heartbeat(heartbeat(id, null, null)));
            }
        }

        assertThat(nodes.require(id).models()).hasSize(40);
        reopen();
        assertThat(nodes.require(id).models()).hasSize(40);
    }

    private static Registration registration(@Nullable UUID id, String name) {
        return new Registration(
                id,
                name,
                "127.0.0.1",
                "0.33.2",
                11434,
                11435,
                true,
                List.of(StubAgent.gpu(24_000_000_000L)),
                "1.0",
                null,
                null,
                null,
                null,
                null,
                null);
    }

    private static Registration devices(@Nullable List<GpuDevice> devices, boolean available) {
        return new Registration(
                null,
                "m",
                "127.0.0.1",
                "0.33.2",
                11434,
                11435,
                available,
                devices,
                "1.0",
                null,
                null,
                null,
                null,
                null,
                null);
    }

    private static Heartbeat heartbeat(
            UUID id, @Nullable List<InstalledModel> models, @Nullable Boolean leaving) {
        return new Heartbeat(
                id, null, null, null, null, null, null, null, null, null, null, models, null, null,
                null, leaving, null);
    }
}
