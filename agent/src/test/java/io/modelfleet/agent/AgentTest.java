package io.modelfleet.agent;

import static io.modelfleet.agent.standin.PullScript.layer;
import static io.modelfleet.agent.standin.PullScript.lines;
import static io.modelfleet.agent.standin.PullScript.manifest;
import static io.modelfleet.agent.standin.PullScript.success;
import static io.modelfleet.agent.standin.PullScript.verifying;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import io.modelfleet.agent.link.NodeFigures;
import io.modelfleet.agent.pull.Backoff;
import io.modelfleet.agent.pull.StoreSpace;
import io.modelfleet.agent.standin.LogLines;
import io.modelfleet.agent.standin.PullScript;
import io.modelfleet.agent.standin.StandInCoordinator;
import io.modelfleet.agent.standin.StandInCoordinator.Reported;
import io.modelfleet.agent.standin.StandInOllama;
import io.modelfleet.protocol.AgentHealth;
import io.modelfleet.protocol.Blob;
import io.modelfleet.protocol.Digest;
import io.modelfleet.protocol.GpuDevice;
import io.modelfleet.protocol.Heartbeat;
import io.modelfleet.protocol.Json;
import io.modelfleet.protocol.ModelName;
import io.modelfleet.protocol.OllamaState;
import io.modelfleet.protocol.Registration;
import io.modelfleet.protocol.TaskKind;
import io.modelfleet.protocol.TaskOrder;
import io.modelfleet.protocol.TaskStatus;
import io.modelfleet.service.JsonClient;
import io.modelfleet.service.Reply;
import io.modelfleet.service.StartException;
import java.io.IOException;
import java.net.InetAddress;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.Random;
import java.util.UUID;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Function;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;

/** Whole agents between a coordinator and an Ollama that stand in. */
@Timeout(60)
class AgentTest {
    private static final Digest WEIGHTS = new Digest("a".repeat(64));
    private static final Pace QUICK =
            new Pace(
                    new Backoff(Duration.ofMillis(5), Duration.ofMillis(50), new Random(1)),
                    Duration.ofMillis(50),
                    Duration.ofMillis(20));

    @TempDir private Path directory;
    private final StandInCoordinator coordinator = new StandInCoordinator();
    private final StandInOllama ollama = new StandInOllama();
    private final List<Agent> agents = new ArrayList<>();
    private final LogLines log = LogLines.caught();
    private Function<URI, Optional<InetAddress>> towards = LocalAddress::towards;

    @AfterEach
    void stop() {
        agents.forEach(Agent::close);
        coordinator.close();
        ollama.close();
        log.close();
    }

    private AgentConfig config(String name, int port) {
        return new AgentConfig(
                List.of(coordinator.url()),
                ollama.url(),
                null,
                port,
                null,
                directory.resolve(name),
                name,
                1,
                Duration.ofMillis(100),
                null);
    }

    private Agent agent(String name) {
        return agent(config(name, 0));
    }

    private Agent agent(AgentConfig config) {
        GpuDevice gpu =
                new GpuDevice(null, null, "RTX 3090", 1, 24L << 30, null, null, null, null, null);
        NodeFigures figures = new NodeFigures(List.of(gpu), null, null, null, null, null, null);
        Agent agent =
                new Agent(
                        config,
                        () -> figures,
                        () -> Optional.of(new StoreSpace(100_000, 50_000)),
                        QUICK,
                        towards);
        agents.add(agent);
        agent.start();
        return agent;
    }

    private static TaskOrder order(String model) {
        return new TaskOrder(
                UUID.randomUUID(),
                TaskKind.PULL,
                ModelName.parse(model),
                null,
                List.of(new Blob(WEIGHTS, 10_000)));
    }

    private List<Reported> reports() {
        return coordinator.calls(Reported.class);
    }

    private boolean reported(TaskStatus status) {
        return reports().stream().anyMatch(report -> report.report().status() == status);
    }

    @Test
    void autoDistributionEndsWithTheModelInstalledAndTheQuickStartsLinesInTheLog() {
        TaskOrder order = order("gpt-oss:20b");
        coordinator.autoDistribute("gpt-oss:20b", order.taskId());
        coordinator.wish(order);
        ollama.nextPull(
                exchange -> {
                    ollama.install("gpt-oss:20b");
                    lines(manifest(), layer(WEIGHTS, 10_000, 10_000), verifying(), success())
                            .play(exchange);
                });
        agent("node-1");
        await().until(() -> reported(TaskStatus.COMPLETED));
        assertThat(log.all())
                .containsSubsequence(
                        "INFO Agent registration successful: agent_id=" + StandInCoordinator.AGENT,
                        "INFO Auto-distribution started: model=gpt-oss:20b, task_id="
                                + order.taskId(),
                        "INFO Model pull started: model=gpt-oss:20b",
                        "INFO Model pull completed: model=gpt-oss:20b, task_id=" + order.taskId());
    }

    @Test
    void restartedAgentGoesOnWithoutGoingBack() {
        TaskOrder order = order("big:1b");
        coordinator.wish(order);
        CountDownLatch cut = new CountDownLatch(1);
        ollama.nextPull(PullScript.untilCut(cut, manifest(), layer(WEIGHTS, 10_000, 7_000)));
        Agent first = agent("node-1");
        await().until(
                        () ->
                                reports().stream()
                                        .anyMatch(r -> Objects.equals(r.report().progress(), 0.7)));
        first.close();
        assertThat(coordinator.calls(Heartbeat.class).getLast().leaving()).isTrue();

        ollama.nextPull(
                lines(
                        manifest(),
                        layer(WEIGHTS, 10_000, 1_000),
                        layer(WEIGHTS, 10_000, 10_000),
                        verifying(),
                        success()));
        agent("node-1");
        await().until(() -> reported(TaskStatus.COMPLETED));
        assertThat(
                        reports().stream()
                                .map(r -> Objects.requireNonNull(r.report().progress()))
                                .toList())
                .isSorted();
        assertThat(reports().stream().filter(r -> r.report().status() == TaskStatus.FAILED))
                .isEmpty();
        assertThat(coordinator.calls(Registration.class).getLast().agentId())
                .isEqualTo(StandInCoordinator.AGENT);
    }

    @Test
    void severalAgentsLiveInOneProcess() {
        Agent one = agent("one");
        Agent two = agent("two");
        await().until(
                        () ->
                                coordinator.calls(Registration.class).stream()
                                                .map(Registration::machineName)
                                                .distinct()
                                                .count()
                                        == 2);
        assertThat(one.apiPort()).isNotEqualTo(two.apiPort());
        assertThat(Thread.getAllStackTraces().keySet().stream().map(Thread::getName))
                .contains("one-link", "two-link", "one-progress", "two-progress");
    }

    @Test
    void healthTellsIdAndNeighbours() {
        Agent agent = agent("node-1");
        await().until(() -> health(agent).coordinator() == AgentHealth.Link.CONNECTED);
        await().until(() -> health(agent).agentId() != null);
        assertThat(health(agent).ollama()).isEqualTo(OllamaState.OK);
        assertThat(agent.agentId()).hasValue(StandInCoordinator.AGENT);
    }

    private static AgentHealth health(Agent agent) {
        return health("127.0.0.1", agent.apiPort());
    }

    private static AgentHealth health(String host, int port) {
        try (JsonClient client = new JsonClient(Duration.ofSeconds(2))) {
            Reply reply =
                    client.get(
                            URI.create("http://" + host + ":" + port + "/health"),
                            Duration.ofSeconds(5));
            if (reply instanceof Reply.Ok ok) {
                return Json.read(ok.body(), AgentHealth.class);
            }
            throw new AssertionError(reply);
        }
    }

    private static Optional<InetAddress> located(AtomicReference<Optional<InetAddress>> here) {
        return Objects.requireNonNull(here.get());
    }

    @Test
    @EnabledOnOs({OS.LINUX, OS.WINDOWS}) // elsewhere 127.0.0.2 must be set up first
    void agentFollowsItsMachineToAnotherAddressAndIsHeardThere() {
        AtomicReference<Optional<InetAddress>> here =
                new AtomicReference<>(Optional.of(InetAddress.ofLiteral("127.0.0.1")));
        towards = peer -> located(here);
        Agent agent = agent("node-1");
        await().until(() -> !coordinator.calls(Heartbeat.class).isEmpty());
        int port = agent.apiPort();

        here.set(Optional.of(InetAddress.ofLiteral("127.0.0.2")));
        await().until(
                        () ->
                                coordinator
                                        .calls(Registration.class)
                                        .getLast()
                                        .ipAddress()
                                        .equals("127.0.0.2"));
        assertThat(agent.apiPort()).isEqualTo(port);
        assertThat(health("127.0.0.2", port).status()).isEqualTo("ok");
        assertThatThrownBy(() -> health("127.0.0.1", port)).hasMessageContaining("refused");
        assertThat(coordinator.calls(Registration.class)).hasSize(2);
        assertThat(coordinator.calls(Registration.class).getLast().instance())
                .isEqualTo(coordinator.calls(Registration.class).getFirst().instance());
    }

    @Test
    @EnabledOnOs({OS.LINUX, OS.WINDOWS}) // elsewhere 127.0.0.2 must be set up first
    void networkThatIsAwayForAWhileIsNoNewAddress() {
        InetAddress home = InetAddress.ofLiteral("127.0.0.2");
        AtomicReference<Optional<InetAddress>> here = new AtomicReference<>(Optional.of(home));
        towards = peer -> located(here);
        agent("node-1");
        await().until(() -> !coordinator.calls(Heartbeat.class).isEmpty());
        here.set(Optional.empty());
        int beats = coordinator.calls(Heartbeat.class).size();
        await().until(() -> coordinator.calls(Heartbeat.class).size() > beats + 2);
        assertThat(coordinator.calls(Registration.class)).hasSize(1);
    }

    @Test
    @EnabledOnOs({OS.LINUX, OS.WINDOWS}) // elsewhere 127.0.0.2 must be set up first
    void agentThatStartsBeforeItsNetworkIsFoundOnceItIsThere() {
        AtomicReference<Optional<InetAddress>> here = new AtomicReference<>(Optional.empty());
        towards = peer -> located(here);
        agent("node-1");
        await().until(() -> !coordinator.calls(Heartbeat.class).isEmpty());
        here.set(Optional.of(InetAddress.ofLiteral("127.0.0.2")));
        await().until(() -> coordinator.calls(Registration.class).size() == 2);
        assertThat(coordinator.calls(Registration.class))
                .extracting(Registration::ipAddress)
                .containsExactly("127.0.0.1", "127.0.0.2");
        assertThat(log.all()).anyMatch(line -> line.contains("No way to 127.0.0.1 is known now"));
    }

    @Test
    void agentWhoseIdIsInUsePullsNothingAndItsHealthSaysWhy() throws IOException {
        TaskOrder order = order("big:1b");
        coordinator.wish(order);
        CountDownLatch cut = new CountDownLatch(1);
        ollama.nextPull(PullScript.untilCut(cut, manifest(), layer(WEIGHTS, 10_000, 7_000)));
        Agent original = agent("node-1");
        await().until(() -> reported(TaskStatus.DOWNLOADING));
        original.close();
        int pulls = ollama.calls().size();
        int reports = reports().size();
        Integer[] refusals = new Integer[20];
        Arrays.fill(refusals, 409);
        coordinator.refuseRegistrations(refusals);

        Agent copy = agent("node-1");
        await().until(() -> health(copy).coordinator() == AgentHealth.Link.REFUSED);
        assertThat(health(copy).error()).contains("refused by the test");
        assertThat(ollama.calls()).hasSize(pulls);
        assertThat(reports()).hasSize(reports);
        await().until(() -> health(copy).coordinator() == AgentHealth.Link.CONNECTED);
        await().until(() -> reported(TaskStatus.COMPLETED));
    }

    @Test
    void tasksBesideADeletedIdAreNotTakenUp() throws IOException {
        TaskOrder order = order("big:1b");
        coordinator.wish(order);
        CountDownLatch cut = new CountDownLatch(1);
        ollama.nextPull(PullScript.untilCut(cut, manifest(), layer(WEIGHTS, 10_000, 7_000)));
        Agent first = agent("node-1");
        await().until(() -> reported(TaskStatus.DOWNLOADING));
        first.close();
        coordinator.wish();
        int reports = reports().size();
        Files.delete(directory.resolve("node-1").resolve("agent-id"));
        int beats = coordinator.calls(Heartbeat.class).size();
        agent("node-1");
        await().until(() -> coordinator.calls(Heartbeat.class).size() > beats + 2);
        assertThat(coordinator.calls(Registration.class).getLast().agentId()).isNull();
        assertThat(reports()).hasSize(reports);
        assertThat(ollama.calls()).hasSize(1);
    }

    @Test
    void dataFolderBelongsToOneAgent() {
        agent("node-1");
        assertThatThrownBy(() -> agent("node-1"))
                .isInstanceOf(StartException.class)
                .hasMessageContaining("in use by another agent");
    }

    @Test
    void takenPortIsAClearSentenceAndFreesTheDataFolder() {
        Agent first = agent("one");
        assertThatThrownBy(() -> agent(config("two", first.apiPort())))
                .isInstanceOf(StartException.class)
                .hasMessageContaining("port " + first.apiPort());
        agent("two");
    }

    @Test
    void closeTakesLessThanFiveSecondsWithEverythingStuck() {
        CountDownLatch never = new CountDownLatch(1);
        coordinator.wish(order("stuck:1b"));
        ollama.nextPull(PullScript.gated(never, new String[] {manifest()}));
        Agent agent = agent("node-1");
        await().until(() -> reported(TaskStatus.DOWNLOADING));
        coordinator.beforeHeartbeatAnswer(
                () -> {
                    try {
                        never.await();
                    } catch (InterruptedException e) {
                        Thread.currentThread().interrupt();
                    }
                });
        int beats = coordinator.calls(Heartbeat.class).size();
        await().until(() -> coordinator.calls(Heartbeat.class).size() > beats);
        long began = System.nanoTime();
        agent.close();
        assertThat(Duration.ofNanos(System.nanoTime() - began)).isLessThan(Duration.ofSeconds(5));
        never.countDown();
    }
}
