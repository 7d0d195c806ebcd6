package io.modelfleet.agent.link;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import io.modelfleet.agent.standin.LogLines;
import io.modelfleet.agent.standin.StandInCoordinator;
import io.modelfleet.protocol.ErrorCode;
import io.modelfleet.protocol.Heartbeat;
import io.modelfleet.protocol.InstalledModel;
import io.modelfleet.protocol.OllamaState;
import io.modelfleet.protocol.Registration;
import io.modelfleet.protocol.TaskKind;
import io.modelfleet.protocol.TaskOrder;
import io.modelfleet.protocol.TaskStatus;
import java.io.IOException;
import java.io.InputStream;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Objects;
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
    void eachStartOfAnAgentIsARunOfItsOwn() {
        rig.link.pass();
        rig.link.pass();
        UUID first = registrations().getFirst().instance();
        assertThat(first).isNotNull();
        assertThat(beats().getFirst().instance()).isEqualTo(first);
        rig.close();
        rig = new LinkRig(directory);
        rig.link.pass();
        assertThat(registrations().getFirst().instance()).isNotNull().isNotEqualTo(first);
    }

    @Test
    void agentWhoseIdIsInUseSaysSoAtEachSlowTryAndHoldsItsTasks() {
        TaskOrder order = LinkRig.order(TaskKind.PULL);
        rig.queue.accept(order, TaskKind.PULL);
        await().until(() -> rig.works.running().size() == 1);
        rig.coordinator.refuseRegistrations(409, 409);
        rig.coordinator.wish(order);
        rig.reporter.start();

        assertThat(rig.link.pass()).isEqualTo(Duration.ofMillis(30));
        await().until(() -> rig.works.running().isEmpty());
        assertThat(rig.standing.refusal()).hasValueSatisfying(t -> assertThat(t).contains("409"));
        assertThatThrownBy(() -> rig.queue.accept(LinkRig.order(TaskKind.PULL), TaskKind.PULL))
                .hasMessageContaining("not been admitted");
        rig.link.pass();
        assertThat(log.all().stream().filter(line -> line.startsWith("SEVERE"))).hasSize(2);
        assertThat(rig.coordinator.calls(StandInCoordinator.Reported.class)).isEmpty();

        rig.link.pass();
        assertThat(rig.standing.refusal()).isEmpty();
        await().until(() -> rig.works.started().size() == 2);
        assertThat(rig.queue.known().ids()).containsExactly(order.taskId());
    }

    @Test
    void coordinatorThatIsAwayAfterARefusalDoesNotSetTheTasksFree() {
        rig.coordinator.refuseRegistrations(409, 503);
        rig.queue.hold();
        rig.link.pass();
        rig.link.pass();
        assertThatThrownBy(() -> rig.queue.accept(LinkRig.order(TaskKind.PULL), TaskKind.PULL))
                .hasMessageContaining("not been admitted");
    }

    @Test
    void heartbeatThatIsRefusedForAnotherRunLeadsToARegistration() {
        AtomicBoolean once = new AtomicBoolean(true);
        rig.coordinator.refuseHeartbeats(
                beat -> once.getAndSet(false) ? Optional.of(409) : Optional.empty());
        rig.link.pass();
        rig.link.pass();
        assertThat(rig.standing.registered()).isFalse();
        rig.link.pass();
        assertThat(registrations()).hasSize(2);
        assertThat(rig.standing.registered()).isTrue();
    }

    @Test
    void newAddressIsToldWithTheNextPass() {
        rig.link.pass();
        rig.link.pass();
        rig.address = "127.0.0.9";
        rig.link.pass();
        assertThat(registrations()).hasSize(2);
        assertThat(registrations().getLast().ipAddress()).isEqualTo("127.0.0.9");
        assertThat(registrations().getLast().agentId()).isEqualTo(StandInCoordinator.AGENT);
        rig.link.pass();
        assertThat(registrations()).hasSize(2);
    }

    @Test
    void afterASleepAHeartbeatIsSentAtOnce() {
        rig.close();
        StandInCoordinator coordinator = new StandInCoordinator();
        rig =
                new LinkRig(
                        directory, coordinator, List.of(coordinator.url()), Duration.ofMinutes(1));
        rig.link.start();
        await().until(() -> beats().size() == 1);
        rig.wall.advance(Duration.ofHours(8));
        await().until(() -> beats().size() == 2);
        assertThat(log.all()).anyMatch(line -> line.contains("The machine slept"));
    }

    @Test
    void clockThatIsSetBackChangesNothing() {
        rig.link.start();
        await().until(() -> !beats().isEmpty());
        rig.wall.advance(Duration.ofHours(-1));
        int before = beats().size();
        await().until(() -> beats().size() > before + 2);
        assertThat(log.all()).noneMatch(line -> line.contains("The machine slept"));
    }

    @Test
    void secondCoordinatorTakesOverWhenTheFirstIsKilled() {
        rig.close();
        StandInCoordinator first = new StandInCoordinator();
        StandInCoordinator second = new StandInCoordinator();
        second.refuseHeartbeats(
                beat ->
                        second.calls(Registration.class).isEmpty()
                                ? Optional.of(404)
                                : Optional.empty());
        rig =
                new LinkRig(
                        directory,
                        second,
                        List.of(first.url(), second.url()),
                        Duration.ofMillis(40));
        rig.link.start();
        await().until(() -> first.calls(Heartbeat.class).size() >= 2);
        assertThat(second.calls()).isEmpty();
        first.close();
        await().until(() -> second.calls(Heartbeat.class).size() >= 3);
        assertThat(second.calls(Registration.class)).hasSize(1);
    }

    @Test
    void orderOfANewerCoordinatorThatIsNotUnderstoodIsReportedAsFailed() throws IOException {
        UUID known = UUID.fromString("550e8400-e29b-41d4-a716-446655440001");
        UUID copy = UUID.fromString("550e8400-e29b-41d4-a716-446655440002");
        UUID odd = UUID.fromString("550e8400-e29b-41d4-a716-446655440003");
        rig.coordinator.answerHeartbeats(recorded("newer-heartbeat-reply.json"));
        rig.link.pass();
        rig.link.pass();

        assertThat(rig.queue.known().ids()).containsExactly(known);
        List<StandInCoordinator.Reported> reports =
                rig.coordinator.calls(StandInCoordinator.Reported.class);
        assertThat(reports)
                .extracting(StandInCoordinator.Reported::task)
                .containsExactly(copy, odd);
        assertThat(reports)
                .allSatisfy(
                        report -> {
                            assertThat(report.report().status()).isEqualTo(TaskStatus.FAILED);
                            assertThat(report.report().errorCode())
                                    .isEqualTo(ErrorCode.NOT_SUPPORTED);
                        });
        assertThat(reports.getFirst().report().error())
                .contains("tasks of the kind 'copy'", "update the agent");
        assertThat(reports.getLast().report().error()).contains("invalid model name");
    }

    @Test
    void answerOfAnOlderCoordinatorIsFollowed() throws IOException {
        rig.coordinator.answerHeartbeats(recorded("older-heartbeat-reply.json"));
        rig.link.pass();
        rig.link.pass();
        assertThat(rig.queue.known().ids()).hasSize(1);
        assertThat(rig.queue.reports().getFirst().kind()).isEqualTo(TaskKind.PULL);
    }

    private static String recorded(String name) throws IOException {
        try (InputStream in = CoordinatorLinkTest.class.getResourceAsStream("/skew/" + name)) {
            return new String(Objects.requireNonNull(in).readAllBytes(), StandardCharsets.UTF_8);
        }
    }

    @Test
    void modelsThatChangeBehindOurBackAreToldWithTheNextHeartbeat() {
        rig.ollama.install("held:1b");
        rig.link.pass();
        rig.link.pass();
        rig.ollama.tags(
                "{\"models\":[{\"name\":\"held:1b\",\"digest\":\"" + "b".repeat(64) + "\"}]}");
        rig.link.pass();
        assertThat(Objects.requireNonNull(beats().getLast().installedModels()).getFirst().digest())
                .hasToString("sha256:" + "b".repeat(64));
        rig.ollama.tags("{\"models\":[]}");
        rig.ollama.version("0.12.3");
        rig.link.pass();
        assertThat(beats().getLast().installedModels()).isEmpty();
        assertThat(beats().getLast().ollamaVersion()).isEqualTo("0.12.3");
        rig.ollama.tags("{\"models\":null}");
        rig.link.pass();
        assertThat(beats().getLast().installedModels()).isNull();
    }

    @Test
    void closeSaysGoodbye() {
        rig.link.start();
        await().until(() -> !beats().isEmpty());
        rig.link.close();
        assertThat(beats().getLast().leaving()).isTrue();
        assertThat(beats().getLast().instance()).isEqualTo(registrations().getFirst().instance());
        assertThat(log.all()).noneMatch(line -> line.contains("cannot be reached"));
    }
}
