package io.modelfleet.console.tasks;

import static io.modelfleet.console.tasks.TaskSamples.sample;
import static org.assertj.core.api.Assertions.assertThat;

import io.modelfleet.console.page.PageId;
import io.modelfleet.console.testing.FleetServer;
import io.modelfleet.console.testing.FleetServer.Answer;
import io.modelfleet.console.testing.Fleets;
import io.modelfleet.console.testing.Screenshots;
import io.modelfleet.console.testing.TestClock;
import io.modelfleet.console.testing.Window;
import io.modelfleet.protocol.Task;
import io.modelfleet.protocol.TaskCreated;
import io.modelfleet.protocol.TaskPage;
import io.modelfleet.protocol.TaskStatus;
import java.nio.file.Path;
import java.util.List;
import java.util.UUID;
import java.util.stream.IntStream;
import javafx.scene.control.TableView;
import javafx.scene.control.skin.VirtualFlow;
import javafx.scene.input.KeyCode;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class TasksPageTest {
    private static final double WIDTH = 990;
    private static final double HEIGHT = 800;

    @TempDir private Path folder;
    private final FleetServer server = new FleetServer();

    @BeforeEach
    void fleet() {
        server.start().changes(TaskSamples.fleet(10, TaskSamples.afternoon()));
        server.answer("GET /api/tasks", Answer.json(200, new TaskPage(List.of(), null)));
    }

    @AfterEach
    void end() {
        server.close();
    }

    private Window open() {
        Window window = new Window(folder, new TestClock());
        window.open(Window.connectedTo(server), WIDTH, HEIGHT).go(PageId.TASKS);
        window.until(() -> !rows(window).isEmpty());
        return window;
    }

    @SuppressWarnings("unchecked")
    private static TableView<TaskRow> table(Window window) {
        return window.find("#tasks-table", TableView.class);
    }

    private static List<TaskRow> rows(Window window) {
        TableView<TaskRow> table = table(window);
        return window.on(() -> List.copyOf(table.getItems()));
    }

    private static void select(Window window, UUID... ids) {
        TableView<TaskRow> table = table(window);
        window.on(
                () -> {
                    table.getSelectionModel().clearSelection();
                    for (TaskRow row : table.getItems()) {
                        if (List.of(ids).contains(row.id())) {
                            table.getSelectionModel().select(row);
                        }
                    }
                    return true;
                });
    }

    private List<String> acts() {
        return server.requests().stream()
                .filter(request -> request.method().equals("POST"))
                .map(FleetServer.Request::line)
                .toList();
    }

    @Test
    void chipsCountAndFilter() {
        try (Window window = open()) {
            assertThat(window.text("#tasks-chip-failed")).isEqualTo("Failed  2");
            window.click("#tasks-chip-failed");
            assertThat(rows(window))
                    .extracting(row -> row.now().task().status())
                    .containsExactly(TaskStatus.FAILED, TaskStatus.FAILED);
            assertThat(window.text("#tasks-count")).isEqualTo("2 of 51 tasks");
            window.press(KeyCode.ESCAPE);
            assertThat(rows(window)).hasSize(51);
        }
    }

    @Test
    void aFailureShowsItsTextAndWhatToDoAboutIt() {
        try (Window window = open()) {
            select(window, sample("gpu-05", "deepseek-r1:70b", TaskStatus.FAILED, 6).id());
            assertThat(window.text("#tasks-error")).contains("no space left on device");
            assertThat(window.text("#tasks-hint")).startsWith("Free space on the disk");
        }
    }

    @Test
    void cancelsAndTakesItBack() {
        Task running = sample("gpu-02", "gpt-oss:20b", TaskStatus.DOWNLOADING, 2).task();
        String path = "POST /api/tasks/" + running.id();
        server.answer(path + "/cancel", Answer.json(200, running));
        server.answer(path + "/retry", Answer.json(202, new TaskCreated(Fleets.id("again"), null)));
        try (Window window = open()) {
            select(window, running.id());
            window.click("#tasks-cancel");
            window.until(() -> acts().size() == 1);
            assertThat(acts()).containsExactly(path + "/cancel");
            window.click(".notification .button");
            window.until(() -> acts().size() == 2);
            assertThat(acts()).last().isEqualTo(path + "/retry");
        }
    }

    @Test
    void retriesAllFailedAfterNamingHowMany() {
        List<UUID> failed =
                List.of(
                        sample("gpu-03", "phi4:14b", TaskStatus.FAILED, 8).id(),
                        sample("gpu-05", "deepseek-r1:70b", TaskStatus.FAILED, 6).id());
        failed.forEach(
                id ->
                        server.answer(
                                "POST /api/tasks/" + id + "/retry",
                                Answer.json(202, new TaskCreated(Fleets.id("again"), null))));
        try (Window window = open()) {
            window.click("#tasks-retry-all");
            assertThat(window.text(".dialog-box .section-title"))
                    .isEqualTo("Retry 2 failed tasks?");
            assertThat(acts()).isEmpty();
            window.click("#confirm-yes");
            window.until(() -> acts().size() == 2);
            assertThat(acts())
                    .containsExactly(
                            "POST /api/tasks/" + failed.get(0) + "/retry",
                            "POST /api/tasks/" + failed.get(1) + "/retry");
        }
    }

    @Test
    void olderTasksFollowWhenTheEndIsReached() {
        List<Task> older =
                IntStream.range(0, 3)
                        .mapToObj(i -> sample("gpu-01", "old:" + i, TaskStatus.COMPLETED, 9000 + i))
                        .map(TaskSamples.Sample::task)
                        .toList();
        server.answer("GET /api/tasks", Answer.json(200, new TaskPage(older, null)));
        try (Window window = open()) {
            assertThat(rows(window)).hasSize(51);
            TableView<TaskRow> table = table(window);
            window.on(
                    () -> {
                        table.scrollTo(50);
                        return true;
                    });
            window.until(() -> rows(window).size() == 54);
            assertThat(server.requests().getFirst().target()).startsWith("/api/tasks?limit=");
            window.untilText("#tasks-older", "These are all tasks.");
        }
    }

    @Test
    void newTasksAreAnnouncedWhileOneReadsFurtherDown() {
        try (Window window = open()) {
            TableView<TaskRow> table = table(window);
            window.on(
                    () -> {
                        table.scrollTo(20);
                        return true;
                    });
            TaskRow first = rows(window).getFirst();
            server.changes(
                    TaskSamples.tasks(
                            11, sample("gpu-09", "new:1b", TaskStatus.PENDING, -1).task()));
            window.untilText("#tasks-news", "1 new task");
            assertThat(rows(window)).first().isEqualTo(first);
            Screenshots.take(window, "tasks-news");
            window.click("#tasks-news");
            window.until(() -> rows(window).size() == 52);
            window.until(() -> !window.shows("#tasks-news"));
            assertThat(rows(window).getFirst().now().task().modelName()).hasToString("new:1b");
        }
    }

    private static boolean inSight(Window window, UUID id) {
        TableView<TaskRow> table = table(window);
        return window.on(
                () ->
                        table.lookup(".virtual-flow") instanceof VirtualFlow<?> flow
                                && flow.getLastVisibleCell() != null
                                && flow.getFirstVisibleCell().getIndex() <= place(table, id)
                                && flow.getLastVisibleCell().getIndex() > place(table, id));
    }

    private static int place(TableView<TaskRow> table, UUID id) {
        return IntStream.range(0, table.getItems().size())
                .filter(i -> table.getItems().get(i).id().equals(id))
                .findFirst()
                .orElse(-1);
    }

    @Test
    void theDetailsDoNotCoverTheRowThatTheyAreAbout() {
        try (Window window = open()) {
            UUID low = window.on(() -> table(window).getItems().get(12).id());
            assertThat(inSight(window, low)).isTrue();
            select(window, low);
            window.until(() -> window.on(() -> table(window).getHeight() < HEIGHT / 2));
            window.until(() -> inSight(window, low));
        }
    }

    @Test
    void isWorthLookingAt() {
        Screenshots.takeAll(
                PageId.TASKS,
                folder,
                server,
                window -> {
                    window.until(() -> rows(window).size() == 51);
                    UUID failed = sample("gpu-05", "deepseek-r1:70b", TaskStatus.FAILED, 6).id();
                    double height = window.on(() -> table(window).getHeight());
                    select(window, failed);
                    window.until(() -> window.on(() -> table(window).getHeight() < height));
                    window.until(() -> inSight(window, failed));
                });
        assertThat(Path.of("target", "screenshots", "tasks-dark-ja-1024.png")).exists();
    }
}
