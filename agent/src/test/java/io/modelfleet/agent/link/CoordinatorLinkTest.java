package io.modelfleet.agent.link;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.modelfleet.agent.standin.LogLines;
import io.modelfleet.agent.standin.StandInCoordinator;
import io.modelfleet.protocol.Heartbeat;
import io.modelfleet.protocol.InstalledModel;
import io.modelfleet.protocol.OllamaState;
import io.modelfleet.protocol.Registration;
import io.modelfleet.protocol.TaskKind;
import io.modelfleet.protocol.TaskOrder;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.atomic.AtomicBoolean;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class CoordinatorLinkTest {
    @TempDir private Path directory;
    private final LogLines log = LogLines.caught();
    private LinkRig rig;

    @BeforeEach
    void open() {
        rig = new LinkRig(directory);
    }

    @AfterEach
    void close() {
        rig.close();
        log.close();
    }

    private List<Heartbeat> beats() {
        return rig.coordinator.calls(Heartbeat.class);
    }

    private List<Registration> registrations() {
        return rig.coordinator.calls(Registration.class);
    }

    @Test
    void registrationTellsWhatTheNodeIsAndLogsTheQuickStartsLines() {
        UUID task = UUID.fromString("550e8400-e29b-41d4-a716-446655440000");
        rig.coordinator.autoDistribute("gpt-oss:20b", task);
        rig.ollama.install("held:1b");
        assertThat(rig.link.pass()).isZero();

        Registration sent = registrations().getFirst();
        assertThat(sent.agentId()).isNull();
        assertThat(sent.machineName()).isEqualTo("node-1");
        assertThat(sent.apiPort()).isEqualTo(11435);
        assertThat(sent.gpuAvailable()).isTrue();
        assertThat(sent.ollama()).isEqualTo(OllamaState.OK);
        assertThat(sent.installedModels()).hasSize(1);
        assertThat(sent.diskFree()).isEqualTo(400);
        assertThat(log.all())
                .containsSubsequence(
                        "INFO Agent registration successful: agent_id=" + StandInCoordinator.AGENT,
                        "INFO Auto-distribution started: model=gpt-oss:20b, task_id=" + task);
    }

    @Test
    void registrationIsTriedUntilTheCoordinatorAnswers() {
        rig.coordinator.refuseRegistrations(503, 500);
        rig.link.start();
        await().until(() -> !beats().isEmpty());
        assertThat(registrations()).hasSize(3);
    }

    @Test
    void coordinatorThatComesLaterIsFound() {
        URI url = rig.coordinator.url();
        rig.coordinator.close();
        rig.link.start();
        await().until(
                        () ->
                                log.all().stream()
                                        .anyMatch(line -> line.contains("connection refused")));
        assertThat(rig.client.connected()).isFalse();
        try (StandInCoordinator late = new StandInCoordinator(url.getPort())) {
            await().until(() -> !late.calls(Heartbeat.class).isEmpty());
            assertThat(rig.client.connected()).isTrue();
        }
    }

    @Test
    void nodeWithoutGpuSaysSoOnceAndTriesSlowly() {
        rig.devices = List.of();
        rig.coordinator.refuseRegistrations(403, 403);
        assertThat(rig.link.pass()).isEqualTo(Duration.ofMillis(30));
        assertThat(rig.link.pass()).isEqualTo(Duration.ofMillis(30));
        assertThat(registrations().getFirst().gpuAvailable()).isFalse();
        assertThat(log.all().stream().filter(line -> line.startsWith("SEVERE")))
                .singleElement()
                .asString()
                .contains("a node without a GPU cannot be registered", "--gpu-model");
    }

    @Test
    void idIsKeptAcrossRestarts() {
        rig.link.pass();
        rig.close();
        rig = new LinkRig(directory);
        rig.link.pass();
        assertThat(registrations().getFirst().agentId()).isEqualTo(StandInCoordinator.AGENT);
    }

    @Test
    void corruptIdIsSetAside() throws IOException {
        rig.close();
        Files.writeString(directory.resolve("agent-id"), "no id");
        rig = new LinkRig(directory);
        rig.link.pass();
        assertThat(registrations().getFirst().agentId()).isNull();
    }

    @Test
    void agentThatTheCoordinatorForgotRegistersAgain() {
        AtomicBoolean forget = new AtomicBoolean(true);
        rig.coordinator.refuseHeartbeats(
                beat -> forget.getAndSet(false) ? Optional.of(404) : Optional.empty());
        rig.link.start();
        await().until(() -> beats().size() >= 2);
        assertThat(registrations()).hasSize(2);
        assertThat(registrations().getLast().agentId()).isEqualTo(StandInCoordinator.AGENT);
    }

    @Test
    void heartbeatCarriesFiguresAndOnlyNewsOfModelsAndDevices() {
        rig.link.pass();
        rig.link.pass();
        rig.link.pass();
        Heartbeat first = beats().getFirst();
        assertThat(first.cpuUsage()).isEqualTo(10);
        assertThat(first.gpuMemoryTotalMb()).isEqualTo(2);
        assertThat(first.diskFree()).isEqualTo(400);
        assertThat(first.loadedModels()).isEmpty();
        assertThat(first.gpuDevices()).hasSize(1);
        assertThat(first.installedModels()).as("told at registration").isNull();
        assertThat(beats().getLast().gpuDevices()).isNull();

        rig.ollama.install("new:1b");
        rig.link.pass();
        assertThat(beats().getLast().installedModels()).extracting(InstalledModel::name).hasSize(1);
        rig.link.pass();
        assertThat(beats().getLast().installedModels()).isNull();
    }

    @Test
    void withoutOllamaTheNodeRegistersAndClaimsNothingAboutModels() {
        rig.ollama.close();
        rig.link.pass();
        rig.link.pass();
        assertThat(registrations().getFirst().ollama()).isEqualTo(OllamaState.UNREACHABLE);
        assertThat(registrations().getFirst().installedModels()).isNull();
        assertThat(beats().getFirst().ollama()).isEqualTo(OllamaState.UNREACHABLE);
        assertThat(beats().getFirst().loadedModels()).isNull();
    }

    @Test
    void wishesInTheAnswerAreTakenUpAndLostOnesDropped() {
        TaskOrder order = LinkRig.order(TaskKind.PULL);
        rig.coordinator.wish(order);
        rig.link.pass();
        rig.link.pass();
        assertThat(rig.queue.known().ids()).containsExactly(order.taskId());
        rig.coordinator.wish();
        rig.link.pass();
        assertThat(beats().getLast().tasks()).containsExactly(order.taskId());
        assertThat(rig.queue.known().ids()).isEmpty();
    }

    @Test
    void taskThatIsPushedWhileTheAnswerIsOnItsWayIsKept() {
        rig.link.pass();
        TaskOrder pushed = LinkRig.order(TaskKind.PULL);
        rig.coordinator.beforeHeartbeatAnswer(() -> rig.queue.accept(pushed, TaskKind.PULL));
        rig.link.pass();
        assertThat(rig.queue.known().ids()).containsExactly(pushed.taskId());
    }

    @Test
    void closeSaysGoodbye() {
        rig.link.start();
        await().until(() -> !beats().isEmpty());
        rig.link.close();
        assertThat(beats().getLast().leaving()).isTrue();
        assertThat(log.all()).noneMatch(line -> line.contains("cannot be reached"));
    }
}
