package io.modelfleet.console.outcome;

import static org.assertj.core.api.Assertions.assertThat;

import atlantafx.base.controls.Notification;
import io.modelfleet.console.testing.FleetServer;
import io.modelfleet.console.testing.Fleets;
import io.modelfleet.console.testing.Screenshots;
import io.modelfleet.console.testing.TestClock;
import io.modelfleet.console.testing.Window;
import io.modelfleet.protocol.Agent;
import io.modelfleet.protocol.Presence;
import io.modelfleet.protocol.Task;
import io.modelfleet.protocol.TaskStatus;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import javafx.scene.input.KeyCode;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class OutcomeNoticesTest {
    private static final int NODES = 6;

    @TempDir private Path folder;
    private final FleetServer server = new FleetServer();

    @BeforeEach
    void start() {
        server.start();
    }

    @AfterEach
    void end() {
        server.close();
    }

    private void fleet(long version, List<Task> tasks) {
        List<Agent> nodes =
                IntStream.range(0, NODES)
                        .mapToObj(i -> Fleets.agent("n" + i, Presence.ONLINE))
                        .toList();
        server.changes(Fleets.full(version, nodes, List.of(), tasks));
    }

    private static Task task(int node, String model, TaskStatus status) {
        return Fleets.task(
                "n" + node,
                model,
                status,
                .5,
                status == TaskStatus.FAILED ? "the registry cannot be reached" : null,
                null);
    }

    private static List<Task> mistral(TaskStatus first, TaskStatus others) {
        return IntStream.range(0, NODES)
                .mapToObj(i -> task(i, "mistral:7b", i == 0 ? first : others))
                .toList();
    }

    private Window open() {
        Window window = new Window(folder, new TestClock());
        window.open(Window.connectedTo(server), 990, 800);
        window.until(() -> window.shows("#overview-fleet"));
        return window;
    }

    private static List<String> notices(Window window) {
        return window.on(
                () ->
                        window.stage().getScene().getRoot().lookupAll(".notification").stream()
                                .map(Notification.class::cast)
                                .map(Notification::getMessage)
                                .toList());
    }

    private static void untilNotice(Window window, String text) {
        window.until(() -> notices(window).contains(text));
    }

    @Test
    void aDistributionThatEndsIsOneNotice() {
        fleet(1, mistral(TaskStatus.DOWNLOADING, TaskStatus.DOWNLOADING));
        try (Window window = open()) {
            fleet(2, mistral(TaskStatus.FAILED, TaskStatus.COMPLETED));
            untilNotice(window, "mistral:7b: 5 of 6 nodes have it, 1 failed");
            assertThat(notices(window)).hasSize(1);
            Screenshots.take(window, "notice-failed");
            window.click("#overview-events");
            window.press(KeyCode.ESCAPE);
            window.until(() -> notices(window).isEmpty());
        }
    }

    @Test
    void aSinglePullNamesItsNodeAndReason() {
        fleet(1, List.of(task(3, "a:1", TaskStatus.DOWNLOADING)));
        try (Window window = open()) {
            fleet(2, List.of(task(3, "a:1", TaskStatus.FAILED)));
            untilNotice(window, "a:1 failed on n3: the registry cannot be reached");
        }
    }

    @Test
    void manyEndsAtOnceAreOneNotice() {
        fleet(1, models(TaskStatus.DOWNLOADING));
        try (Window window = open()) {
            fleet(2, models(TaskStatus.COMPLETED));
            untilNotice(window, "7 distributions are complete");
            assertThat(notices(window)).hasSize(1);
        }
    }

    private static List<Task> models(TaskStatus status) {
        return Stream.iterate(0, i -> i + 1)
                .limit(7)
                .map(i -> task(i % NODES, "m:" + i, status))
                .toList();
    }
}
