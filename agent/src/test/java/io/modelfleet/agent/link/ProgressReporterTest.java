package io.modelfleet.agent.link;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.modelfleet.agent.pull.Backoff;
import io.modelfleet.agent.pull.Ending;
import io.modelfleet.agent.standin.StandInCoordinator;
import io.modelfleet.agent.standin.StandInCoordinator.Reported;
import io.modelfleet.protocol.Digest;
import io.modelfleet.protocol.ErrorCode;
import io.modelfleet.protocol.Heartbeat;
import io.modelfleet.protocol.InstalledModel;
import io.modelfleet.protocol.Registration;
import io.modelfleet.protocol.TaskKind;
import io.modelfleet.protocol.TaskOrder;
import io.modelfleet.protocol.TaskStatus;
import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.Random;
import java.util.UUID;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ProgressReporterTest {
    private static final Digest WEIGHTS = new Digest("a".repeat(64));

    @TempDir private Path directory;
    private LinkRig rig;

    @BeforeEach
    void open() {
        rig = new LinkRig(directory);
    }

    @AfterEach
    void close() {
        rig.close();
    }

    /** Lets the coordinator wish for a pull, and waits until it is at work. */
    private UUID startTask() {
        TaskOrder order = LinkRig.order(TaskKind.PULL);
        rig.coordinator.wish(order);
        rig.start();
        UUID id = order.taskId();
        await().until(() -> rig.works.started().contains(id));
        return id;
    }

    private List<Reported> reports() {
        return rig.coordinator.calls(Reported.class);
    }

    private long ends() {
        return statuses().stream().filter(TaskStatus.COMPLETED::equals).count();
    }

    private List<TaskStatus> statuses() {
        return reports().stream()
                .map(report -> Objects.requireNonNull(report.report().status()))
                .toList();
    }

    @Test
    void eachChangeOfStatusIsReportedInOrder() {
        UUID id = startTask();
        rig.works.task(id).becomes(TaskStatus.DOWNLOADING);
        rig.works.task(id).becomes(TaskStatus.VERIFYING);
        rig.works.complete(id);
        await().until(() -> rig.queue.known().ids().isEmpty());
        assertThat(statuses().stream().distinct())
                .containsExactly(
                        TaskStatus.QUEUED,
                        TaskStatus.DOWNLOADING,
                        TaskStatus.VERIFYING,
                        TaskStatus.COMPLETED);
        assertThat(reports().getLast().report().progress()).isEqualTo(1);
    }

    @Test
    void figuresAreReportedNoFasterThanTheInterval() {
        UUID id = startTask();
        rig.works.task(id).becomes(TaskStatus.DOWNLOADING);
        for (int report = 1; report <= 4; report++) {
            rig.works.task(id).meter().layer(WEIGHTS, 1000, report * 100L);
            int seen = report + 1;
            await().until(() -> reports().size() > seen);
        }
        List<Reported> figures =
                reports().stream()
                        .filter(report -> report.report().status() == TaskStatus.DOWNLOADING)
                        .toList();
        for (int i = 1; i < figures.size(); i++) {
            Duration gap = Duration.between(figures.get(i - 1).at(), figures.get(i).at());
            assertThat(gap).isGreaterThan(Duration.ofMillis(40));
        }
    }

    @Test
    void installedModelsAreToldBeforeTheEndOfTheTask() {
        UUID id = startTask();
        rig.ollama.install("demo:40m");
        rig.works.complete(id);
        await().until(() -> statuses().contains(TaskStatus.COMPLETED));
        List<Object> calls = rig.coordinator.calls();
        int told = -1;
        for (int i = 0; i < calls.size(); i++) {
            if (calls.get(i) instanceof Heartbeat beat && beat.installedModels() != null) {
                List<InstalledModel> models = beat.installedModels();
                told = models.isEmpty() ? told : i;
            }
        }
        assertThat(told).isNotNegative().isLessThan(calls.indexOf(reports().getLast()));
    }

    @Test
    void failureCarriesItsCause() {
        UUID id = startTask();
        rig.works.end(id, new Ending.Failed(ErrorCode.DISK_FULL, "the disk filled up"));
        await().until(() -> rig.queue.known().ids().isEmpty());
        assertThat(reports().getLast().report().error()).isEqualTo("the disk filled up");
        assertThat(reports().getLast().report().errorCode()).isEqualTo(ErrorCode.DISK_FULL);
    }

    @Test
    void endIsReportedUntilTheCoordinatorConfirms() {
        UUID id = startTask();
        rig.coordinator.refuseProgress(report -> ends() < 3 ? Optional.of(503) : Optional.empty());
        rig.works.complete(id);
        await().until(() -> rig.queue.known().ids().isEmpty());
        assertThat(ends()).isEqualTo(4);
    }

    @Test
    void endThatMetSilenceIsReportedAsSoonAsTheCoordinatorAnswersAgain() {
        rig.close();
        StandInCoordinator coordinator = new StandInCoordinator();
        List<URI> urls = List.of(coordinator.url());
        Duration hour = Duration.ofHours(1);
        Backoff slow = new Backoff(hour, hour, new Random(1));
        rig = new LinkRig(directory, coordinator, urls, LinkRig.INTERVAL, slow);
        UUID id = startTask();
        coordinator.refuseProgress(
                report -> {
                    if (ends() < 1 && report.report().status() == TaskStatus.COMPLETED) {
                        coordinator.refuseProgress(later -> Optional.empty());
                        throw new IllegalStateException("breaks off without an answer");
                    }
                    return Optional.empty();
                });
        rig.works.complete(id);
        await().until(() -> rig.queue.known().ids().isEmpty());
        assertThat(ends()).isEqualTo(1);
    }

    @ParameterizedTest
    @ValueSource(ints = {401, 403, 408, 429, 500, 503})
    void endOutlivesWhatStandsBeforeTheCoordinator(int status) {
        UUID id = startTask();
        rig.coordinator.refuseProgress(
                report -> ends() < 2 ? Optional.of(status) : Optional.empty());
        rig.works.complete(id);
        await().until(() -> rig.queue.known().ids().isEmpty());
        assertThat(ends()).isEqualTo(3);
    }

    @Test
    void nothingIsReportedBeforeTheAgentIsRegistered() {
        TaskOrder order = LinkRig.order(TaskKind.PULL);
        rig.queue.accept(order, TaskKind.PULL);
        rig.coordinator.wish(order);
        rig.coordinator.refuseRegistrations(503, 503, 503);
        rig.start();
        await().until(() -> !reports().isEmpty());
        List<Object> calls = rig.coordinator.calls();
        int registered = calls.lastIndexOf(rig.coordinator.calls(Registration.class).getLast());
        assertThat(calls.indexOf(reports().getFirst())).isGreaterThan(registered);
        assertThat(rig.coordinator.calls(Registration.class)).hasSize(4);
    }

    @Test
    void endSurvivesARestartOfTheAgent() {
        UUID id = startTask();
        rig.coordinator.refuseProgress(report -> Optional.of(500));
        rig.works.end(id, new Ending.Failed(ErrorCode.MODEL_NOT_FOUND, "no such model"));
        await().until(() -> statuses().contains(TaskStatus.FAILED));
        StandInCoordinator coordinator = rig.coordinator;
        rig.crash();
        coordinator.refuseProgress(report -> Optional.empty());
        int before = reports().size();

        rig = new LinkRig(directory, coordinator);
        rig.start();
        await().until(() -> rig.queue.known().ids().isEmpty());
        Reported last = reports().getLast();
        assertThat(reports().size()).isGreaterThan(before);
        assertThat(last.task()).isEqualTo(id);
        assertThat(last.report().error()).isEqualTo("no such model");
        assertThat(rig.works.started()).isEmpty();
    }

    @Test
    void taskThatTheCoordinatorHasFinishedIsDropped() {
        rig.coordinator.refuseProgress(report -> Optional.of(409));
        UUID id = startTaskThatMayEnd();
        rig.coordinator.wish();
        await().until(() -> !rig.queue.known().ids().contains(id));
        assertThat(rig.works.running()).isEmpty();
    }

    @Test
    void endOfATaskThatTheCoordinatorDoesNotKnowIsDropped() {
        UUID id = startTask();
        rig.coordinator.refuseProgress(report -> Optional.of(404));
        rig.coordinator.wish();
        rig.works.complete(id);
        await().until(() -> rig.queue.known().ids().isEmpty());
    }

    private UUID startTaskThatMayEnd() {
        TaskOrder order = LinkRig.order(TaskKind.PULL);
        rig.start();
        rig.queue.accept(order, TaskKind.PULL);
        return order.taskId();
    }
}
