package io.modelfleet.console.matrix;

import static org.assertj.core.api.Assertions.assertThat;

import io.modelfleet.console.page.PageId;
import io.modelfleet.console.testing.FleetServer;
import io.modelfleet.console.testing.FleetServer.Answer;
import io.modelfleet.console.testing.Fleets;
import io.modelfleet.console.testing.Screenshots;
import io.modelfleet.console.testing.TestClock;
import io.modelfleet.console.testing.Window;
import io.modelfleet.protocol.Changes;
import io.modelfleet.protocol.DistributeReply;
import io.modelfleet.protocol.ModelName;
import io.modelfleet.protocol.TaskCreated;
import io.modelfleet.protocol.TaskStatus;
import java.nio.file.Path;
import java.util.List;
import java.util.Objects;
import javafx.geometry.Point2D;
import javafx.scene.Node;
import javafx.scene.input.KeyCode;
import javafx.scene.input.MouseButton;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.testfx.api.FxRobot;
import org.testfx.util.WaitForAsyncUtils;

class MatrixPageTest {
    private static final double WIDTH = 990;
    private static final double HEIGHT = 800;
    private static final String PULL = "POST /api/agents/" + Fleets.id("gpu-02") + "/models/pull";

    @TempDir private Path folder;
    private final FleetServer server = new FleetServer();
    private final FxRobot robot = new FxRobot();

    @BeforeEach
    void fleet() {
        server.start().changes(MatrixFleet.office());
    }

    @AfterEach
    void end() {
        server.close();
    }

    private Window open() {
        Window window = new Window(folder, new TestClock());
        window.open(Window.connectedTo(server), WIDTH, HEIGHT);
        goToMatrix(window);
        window.untilText("#matrix-count", "14 nodes × 10 models");
        return window;
    }

    /** A window that has just opened may not have the keyboard yet. */
    private static void goToMatrix(Window window) {
        window.until(
                () -> {
                    window.go(PageId.MATRIX);
                    return window.shows("#page-matrix");
                });
    }

    private static GridView grid(Window window) {
        GridView view = window.find("#matrix-grid", GridView.class);
        window.until(() -> window.on(view::isPainted));
        return view;
    }

    private static Position at(GridView view, String node, String model) {
        return Objects.requireNonNull(
                view.grid().find(new CellKey(Fleets.id(node), ModelName.parse(model))));
    }

    /** The middle of a cell on the screen; the view says itself that it is that cell. */
    private static Point2D middle(Window window, String node, String model) {
        GridView view = grid(window);
        return window.on(
                () -> {
                    Position at = at(view, node, model);
                    GridGeometry there = view.geometry().revealing(at);
                    view.scrollBy(
                            there.scrollX() - view.geometry().scrollX(),
                            there.scrollY() - view.geometry().scrollY());
                    GridGeometry.Box box = view.geometry().box(at);
                    assertThat(view.cellAt(box.middleX(), box.middleY())).isEqualTo(at);
                    return view.localToScreen(box.middleX(), box.middleY());
                });
    }

    private void click(Window window, String node, String model) {
        robot.clickOn(middle(window, node, model), MouseButton.PRIMARY);
        WaitForAsyncUtils.waitForFxEvents();
    }

    private static Cell.Kind kind(Window window, String node, String model) {
        GridView view = grid(window);
        return window.on(
                () -> {
                    Position at = at(view, node, model);
                    return view.model().cell(at.row(), at.column()).kind();
                });
    }

    @Test
    void oneClickOnAnAbsentCellPullsAndTheCellFollowsTheTask() {
        server.answer(PULL, Answer.json(202, new TaskCreated(Fleets.id("gpu-02/qwen3:8b"), null)));
        try (Window window = open()) {
            assertThat(kind(window, "gpu-02", "qwen3:8b")).isEqualTo(Cell.Kind.ABSENT);
            click(window, "gpu-02", "qwen3:8b");
            window.until(() -> !server.requests().isEmpty());
            assertThat(server.requests().getFirst().line()).isEqualTo(PULL);
            assertThat(server.requests().getFirst().body())
                    .isEqualTo("{\"model_name\":\"qwen3:8b\"}");
            window.until(() -> kind(window, "gpu-02", "qwen3:8b") == Cell.Kind.QUEUED);
            server.changes(
                    new Changes(
                            1001,
                            false,
                            List.of(),
                            List.of(),
                            List.of(),
                            List.of(
                                    Fleets.task(
                                            "gpu-02", "qwen3:8b", TaskStatus.DOWNLOADING, .3))));
            window.until(() -> kind(window, "gpu-02", "qwen3:8b") == Cell.Kind.DOWNLOADING);
        }
    }

    @Test
    void theNotificationTakesTheClickBack() {
        server.answer(PULL, Answer.json(202, new TaskCreated(Fleets.id("task"), null)));
        server.answer(
                "POST /api/tasks/" + Fleets.id("task") + "/cancel",
                Answer.json(200, Fleets.task("gpu-02", "qwen3:8b", TaskStatus.CANCELLED, 0)));
        try (Window window = open()) {
            click(window, "gpu-02", "qwen3:8b");
            window.click(".notification .button");
            window.until(() -> server.requests().size() == 2);
            assertThat(server.requests().getLast().line())
                    .isEqualTo("POST /api/tasks/" + Fleets.id("task") + "/cancel");
            window.until(() -> kind(window, "gpu-02", "qwen3:8b") == Cell.Kind.ABSENT);
        }
    }

    @Test
    void theKeyboardAloneFindsAndFillsACell() {
        server.answer(
                "POST /api/agents/" + Fleets.id("gpu-02") + "/models/pull",
                Answer.json(202, new TaskCreated(Fleets.id("task"), null)));
        try (Window window = open()) {
            GridView view = grid(window);
            window.press(KeyCode.DOWN).press(KeyCode.DOWN).press(KeyCode.END);
            window.press(KeyCode.HOME).press(KeyCode.RIGHT).press(KeyCode.RIGHT);
            String text = window.on(view::getAccessibleText);
            assertThat(text).startsWith("gpu-02 × ").contains("not installed");
            assertThat(window.text("#matrix-status")).isEqualTo(text);
            window.press(KeyCode.ENTER);
            window.until(() -> !server.requests().isEmpty());
            assertThat(server.requests().getFirst().line()).isEqualTo(PULL);
        }
    }

    @Test
    void aBlockIsDistributedWithOneButton() {
        server.answer(
                "POST /api/models/distribute",
                Answer.json(202, new DistributeReply(List.of(Fleets.id("task")), null)));
        try (Window window = open()) {
            Point2D from = middle(window, "gpu-08", "qwen3:8b");
            Point2D to = middle(window, "ws-33", "qwen3:8b");
            robot.drag(from, MouseButton.PRIMARY).dropTo(to);
            WaitForAsyncUtils.waitForFxEvents();
            assertThat(window.text("#matrix-selected-text")).isEqualTo("5 cells selected");
            assertThat(server.requests()).isEmpty();
            window.click("#matrix-send");
            window.until(() -> !server.requests().isEmpty());
            assertThat(server.requests().getFirst().body())
                    .startsWith("{\"model_name\":\"qwen3:8b\",\"target\":\"specific\"")
                    .contains(Fleets.id("gpu-08").toString(), "\"if_installed\":\"skip\"");
            window.until(() -> !window.shows("#matrix-selected"));
        }
    }

    @Test
    void aColumnsArrowAsksAndThenDistributesToWhoLacksTheModel() {
        server.answer(
                "POST /api/models/distribute",
                Answer.json(202, new DistributeReply(List.of(Fleets.id("task")), null)));
        try (Window window = open()) {
            GridView view = grid(window);
            Point2D arrow =
                    window.on(
                            () -> {
                                int column = at(view, "gpu-01", "gemma3:12b").column();
                                GridGeometry.Box box = view.geometry().arrow(column);
                                return view.localToScreen(box.middleX(), box.middleY());
                            });
            robot.clickOn(arrow, MouseButton.PRIMARY);
            WaitForAsyncUtils.waitForFxEvents();
            assertThat(window.text(".dialog-box .section-title"))
                    .matches("Distribute gemma3:12b to \\d+ nodes\\?");
            assertThat(server.requests()).isEmpty();
            window.click("#confirm-yes");
            window.until(() -> !server.requests().isEmpty());
            assertThat(server.requests().getFirst().line())
                    .isEqualTo("POST /api/models/distribute");
        }
    }

    @Test
    void staysWhereItIsWhenNodesComeAndGo() {
        try (Window window = open()) {
            GridView view = grid(window);
            window.press(KeyCode.DOWN).press(KeyCode.DOWN).press(KeyCode.DOWN);
            window.until(() -> window.text("#matrix-status").startsWith("gpu-03"));
            server.changes(Fleets.agents(1001, MatrixFleet.node("a-new-node")));
            window.untilText("#matrix-count", "15 nodes");
            assertThat(window.text("#matrix-status")).startsWith("gpu-03");
            assertThat(window.on(view::isFocused)).isTrue();
        }
    }

    @Test
    void slashFiltersAndEscapeBringsEverythingBack() {
        try (Window window = open()) {
            window.press(KeyCode.SLASH);
            window.find("#matrix-filter", Node.class);
            window.write("tag:school model:llama");
            window.untilText("#matrix-count", "5 nodes × 2 models");
            window.press(KeyCode.ESCAPE);
            window.untilText("#matrix-count", "14 nodes × 10 models");
        }
    }

    @Test
    void isWorthLookingAt() {
        Screenshots.takeAll(
                PageId.MATRIX,
                folder,
                server,
                window -> {
                    goToMatrix(window);
                    window.untilText("#matrix-count", "14");
                    grid(window);
                    window.press(KeyCode.DOWN).press(KeyCode.RIGHT);
                    grid(window);
                });
        assertThat(Path.of("target", "screenshots", "matrix-dark-ja-1024.png")).exists();
    }
}
