package io.modelfleet.console.nodes;

import static org.assertj.core.api.Assertions.assertThat;

import io.modelfleet.console.page.PageId;
import io.modelfleet.console.testing.FleetServer;
import io.modelfleet.console.testing.FleetServer.Answer;
import io.modelfleet.console.testing.Fleets;
import io.modelfleet.console.testing.LargeFleet;
import io.modelfleet.console.testing.Screenshots;
import io.modelfleet.console.testing.TestClock;
import io.modelfleet.console.testing.Window;
import io.modelfleet.protocol.Agent;
import io.modelfleet.protocol.DistributeReply;
import io.modelfleet.protocol.Presence;
import java.nio.file.Path;
import java.util.List;
import javafx.geometry.Orientation;
import javafx.scene.Node;
import javafx.scene.control.ScrollBar;
import javafx.scene.control.TableColumn;
import javafx.scene.control.TableView;
import javafx.scene.input.KeyCode;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class NodesPageTest {
    private static final double WIDTH = 990;
    private static final double HEIGHT = 800;

    @TempDir private Path folder;
    private final FleetServer server = new FleetServer();

    @BeforeEach
    void fleet() {
        server.start().changes(Fleets.lab());
    }

    @AfterEach
    void end() {
        server.close();
    }

    private Window open() {
        Window window = new Window(folder, new TestClock());
        window.open(Window.connectedTo(server), WIDTH, HEIGHT);
        window.click("#nav-nodes");
        window.untilText("#nodes-count", "6 nodes");
        return window;
    }

    @SuppressWarnings("unchecked")
    private static TableView<NodeRow> table(Window window) {
        return window.find("#nodes-table", TableView.class);
    }

    private static List<String> names(Window window) {
        TableView<NodeRow> table = table(window);
        return window.on(() -> table.getItems().stream().map(row -> row.now().name()).toList());
    }

    private static void select(Window window, int... rows) {
        TableView<NodeRow> table = table(window);
        window.on(
                () -> {
                    table.getSelectionModel().clearSelection();
                    for (int row : rows) {
                        table.getSelectionModel().select(row);
                    }
                    return true;
                });
    }

    @Test
    void listsTheFleetByName() {
        try (Window window = open()) {
            assertThat(names(window))
                    .containsExactly("gpu-01", "gpu-02", "gpu-03", "gpu-04", "gpu-05", "gpu-06");
        }
    }

    @Test
    void filtersAsOneTypes() {
        try (Window window = open()) {
            window.press(KeyCode.SLASH);
            window.find("#nodes-filter", Node.class);
            window.click("#nodes-filter").write("gpu:4090");
            assertThat(names(window)).containsExactly("gpu-01", "gpu-02");
            assertThat(window.text("#nodes-count")).isEqualTo("2 of 6 nodes");
            window.press(KeyCode.ESCAPE);
            assertThat(names(window)).hasSize(6);
        }
    }

    @Test
    void keepsSelectionAndOrderWhileValuesChange() {
        try (Window window = open()) {
            select(window, 1, 3);
            NodeRow before = window.on(() -> table(window).getItems().get(1));
            Agent hot =
                    Fleets.agent(
                            "gpu-02",
                            Presence.ONLINE,
                            Fleets.gpu("NVIDIA GeForce RTX 4090", 24, .1, 3, 40));
            server.changes(Fleets.agents(1001, hot));
            window.until(() -> window.on(() -> before.now().agent().equals(hot)));
            List<Integer> selected =
                    window.on(
                            () ->
                                    List.copyOf(
                                            table(window)
                                                    .getSelectionModel()
                                                    .getSelectedIndices()));
            assertThat(selected).containsExactly(1, 3);
        }
    }

    @Test
    void aClickOnAHeaderSorts() {
        try (Window window = open()) {
            Node header =
                    window.on(
                            () ->
                                    table(window).lookupAll(".column-header .label").stream()
                                            .filter(n -> n.toString().contains("'Name'"))
                                            .findFirst()
                                            .orElseThrow());
            window.click(header).click(header);
            assertThat(names(window)).first().isEqualTo("gpu-06");
        }
    }

    @Test
    void pausesWhatIsSelectedAndTakesItBack() {
        Agent paused = Fleets.agent("gpu-01", Presence.ONLINE, false);
        server.answer(
                "PUT /api/agents/" + Fleets.id("gpu-01") + "/settings", Answer.json(200, paused));
        try (Window window = open()) {
            select(window, 0);
            window.click("#nodes-pause");
            window.until(() -> !server.requests().isEmpty());
            assertThat(server.requests().getFirst().body()).isEqualTo("{\"schedulable\":false}");
            window.click(".notification .button");
            window.until(() -> server.requests().size() == 2);
            assertThat(server.requests().getLast().body()).isEqualTo("{\"schedulable\":true}");
        }
    }

    @Test
    void removesOnlyAfterAskingAndNamesWhatItTouches() {
        server.answer(
                "DELETE /api/agents/" + Fleets.id("gpu-03"), new Answer(204, "text/plain", ""));
        try (Window window = open()) {
            select(window, 2);
            window.click("#nodes-remove");
            assertThat(window.text(".dialog-box .touched")).isEqualTo("gpu-03");
            assertThat(server.requests()).isEmpty();
            window.press(KeyCode.ESCAPE);
            window.until(() -> !window.shows("#confirm-yes"));
            window.click("#nodes-remove").click("#confirm-yes");
            window.until(() -> !server.requests().isEmpty());
            assertThat(server.requests().getFirst().line())
                    .isEqualTo("DELETE /api/agents/" + Fleets.id("gpu-03"));
        }
    }

    @Test
    void aRefusalIsShownInTheServersWords() {
        server.answer(
                "DELETE /api/agents/" + Fleets.id("gpu-03"),
                Answer.problem(403, "FORBIDDEN", "this token may not remove nodes"));
        try (Window window = open()) {
            select(window, 2);
            window.click("#nodes-remove").click("#confirm-yes");
            window.find(".notification", Node.class);
            assertThat(window.on(() -> window.stage().getScene().getRoot().lookup(".notification")))
                    .hasFieldOrPropertyWithValue("message", "this token may not remove nodes");
        }
    }

    @Test
    void distributesToWhatIsSelected() {
        server.answer(
                "POST /api/models/distribute",
                Answer.json(202, new DistributeReply(List.of(Fleets.id("task")), null)));
        try (Window window = open()) {
            select(window, 0, 1);
            window.click("#nodes-distribute");
            window.write("mistral 7b");
            assertThat(window.text("#distribution-error")).contains("mistral 7b");
            window.press(KeyCode.CONTROL, KeyCode.A).write("phi4:14b");
            window.click("#distribution-send");
            window.until(() -> server.requests().getLast().method().equals("POST"));
            assertThat(server.requests().getLast().body())
                    .isEqualTo(
                            "{\"model_name\":\"phi4:14b\",\"target\":\"specific\",\"agent_ids\":[\"%s\",\"%s\"],\"if_installed\":\"skip\"}"
                                    .formatted(Fleets.id("gpu-01"), Fleets.id("gpu-02")));
        }
    }

    @Test
    void theTableNeverNeedsAHorizontalScrollBar() {
        server.changes(LargeFleet.all());
        try (Window window = new Window(folder, new TestClock())) {
            window.open(Window.connectedTo(server), 1024, 700);
            window.go(PageId.NODES);
            window.untilText("#nodes-count", "14 nodes");
            assertThat(visibleColumns(window)).hasSizeGreaterThanOrEqualTo(8);
            Screenshots.take(window, "nodes-narrow");
            select(window, 0);
            window.until(() -> visibleColumns(window).size() < 8);
            assertThat(visibleColumns(window))
                    .containsExactly("Name", "State", "GPUs", "Disk free");
            Screenshots.take(window, "nodes-narrow-detail");
            assertThat(
                            window.on(
                                    () ->
                                            table(window).lookupAll(".scroll-bar").stream()
                                                    .map(ScrollBar.class::cast)
                                                    .filter(
                                                            bar ->
                                                                    bar.getOrientation()
                                                                            == Orientation
                                                                                    .HORIZONTAL)
                                                    .anyMatch(Node::isVisible)))
                    .isFalse();
        }
    }

    private static List<String> visibleColumns(Window window) {
        return window.on(
                () ->
                        table(window).getVisibleLeafColumns().stream()
                                .map(TableColumn::getText)
                                .toList());
    }

    @Test
    void isWorthLookingAt() {
        server.changes(LargeFleet.all());
        Screenshots.takeAll(
                PageId.NODES,
                folder,
                server,
                window -> {
                    window.until(() -> !names(window).isEmpty());
                    select(window, 0);
                });
        assertThat(Path.of("target", "screenshots", "nodes-dark-ja-1024.png")).exists();
    }
}
