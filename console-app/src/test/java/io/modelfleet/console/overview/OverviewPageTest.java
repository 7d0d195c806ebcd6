package io.modelfleet.console.overview;

import static org.assertj.core.api.Assertions.assertThat;

import io.modelfleet.console.page.PageId;
import io.modelfleet.console.support.Language;
import io.modelfleet.console.testing.FleetServer;
import io.modelfleet.console.testing.FleetServer.Answer;
import io.modelfleet.console.testing.Fleets;
import io.modelfleet.console.testing.Screenshots;
import io.modelfleet.console.testing.TestClock;
import io.modelfleet.console.testing.Window;
import io.modelfleet.protocol.Changes;
import io.modelfleet.protocol.DistributeReply;
import io.modelfleet.protocol.Presence;
import io.modelfleet.protocol.TaskStatus;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import javafx.collections.ObservableList;
import javafx.scene.control.ListView;
import javafx.scene.input.Clipboard;
import javafx.scene.input.KeyCode;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class OverviewPageTest {
    private static final double WIDTH = 990;
    private static final double HEIGHT = 800;

    @TempDir private Path folder;
    private final FleetServer server = new FleetServer();
    private final TestClock clock = new TestClock();

    @BeforeEach
    void fleet() {
        server.start().changes(Floor.full());
    }

    @AfterEach
    void end() {
        server.close();
    }

    private Window open() {
        Window window = new Window(folder, clock);
        window.open(Window.connectedTo(server), WIDTH, HEIGHT);
        return window;
    }

    @SuppressWarnings("unchecked")
    private static <T> ListView<Row<T>> list(Window window, String selector) {
        return window.find(selector, ListView.class);
    }

    private static List<String> titles(Window window, String selector) {
        ListView<Row<Line>> list = list(window, selector);
        return window.on(() -> list.getItems().stream().map(row -> row.now().title()).toList());
    }

    @Test
    void isWhatOneSeesFirst() {
        try (Window window = open()) {
            window.until(() -> titles(window, "#overview-concerns").size() > 5);
            assertThat(titles(window, "#overview-concerns"))
                    .contains(
                            "qwen3:8b failed on 2 nodes",
                            "gpu-03 is offline",
                            "Ollama on gpu-07 does not answer",
                            "The disk of gpu-06 is nearly full",
                            "gpt-oss:20b is not the same everywhere");
            assertThat(window.find("#overview-card-nodes", CardView.class).getAccessibleText())
                    .isEqualTo("Nodes online, 11 / 13, 2 offline, 1 paused");
        }
    }

    @Test
    void returnOnAConcernLeadsToItsNode() {
        try (Window window = open()) {
            window.until(() -> titles(window, "#overview-concerns").contains("gpu-03 is offline"));
            ListView<Row<Line>> concerns = list(window, "#overview-concerns");
            window.on(
                    () -> {
                        concerns.requestFocus();
                        concerns.getSelectionModel()
                                .select(
                                        titles(window, "#overview-concerns")
                                                .indexOf("gpu-03 is offline"));
                        return true;
                    });
            window.press(KeyCode.ENTER);
            window.untilText("#nodes-detail .section-title", "gpu-03");
        }
    }

    @Test
    void aClickOnACardLeadsToItsPage() {
        try (Window window = open()) {
            window.until(() -> window.shows("#overview-card-memory"));
            window.click("#overview-card-memory");
            window.until(() -> window.shows("#nodes-table"));
        }
    }

    @Test
    void downloadsMoveInPlace() {
        server.changes(
                Fleets.full(
                        1,
                        List.of(Fleets.agent("gpu-01", Presence.ONLINE)),
                        List.of(),
                        List.of(Fleets.task("gpu-01", "a:1", TaskStatus.DOWNLOADING, .1))));
        try (Window window = open()) {
            ListView<Row<Download>> downloads = list(window, "#overview-downloads");
            window.until(() -> window.on(() -> downloads.getItems().size() == 1));
            Row<Download> row = window.on(() -> downloads.getItems().getFirst());
            server.changes(
                    new Changes(
                            2,
                            false,
                            List.of(),
                            List.of(),
                            List.of(),
                            List.of(Fleets.task("gpu-01", "a:1", TaskStatus.DOWNLOADING, .6))));
            window.until(() -> window.on(() -> row.now().progress() > .5));
            assertThat(window.on(() -> downloads.getItems().getFirst())).isSameAs(row);
        }
    }

    @Test
    void aNodeThatGoesAwayIsNewsAndAConcern() {
        server.changes(
                Fleets.full(
                        1, List.of(Floor.node("gpu-01", Presence.ONLINE)), List.of(), List.of()));
        try (Window window = open()) {
            window.until(() -> window.shows("#overview-fleet"));
            server.changes(Fleets.agents(2, Floor.node("gpu-01", Presence.OFFLINE)));
            window.until(() -> titles(window, "#overview-events").contains("gpu-01 went offline"));
            assertThat(titles(window, "#overview-concerns")).containsExactly("gpu-01 is offline");
        }
    }

    @Test
    void anEmptyFleetIsToldHowToGrow() {
        server.changes(Fleets.full(1, List.of(), List.of(), List.of()));
        try (Window window = open()) {
            String command = window.text("#overview-command");
            assertThat(command)
                    .isEqualTo(
                            "agent --coordinator-url "
                                    + server.url()
                                    + " --ollama-port 11434 --agent-api-port 11435");
            window.click("#overview-copy");
            assertThat(window.on(() -> Clipboard.getSystemClipboard().getString()))
                    .isEqualTo(command);
            Screenshots.take(window, "overview-empty");
        }
    }

    @Test
    void distributesFromHere() {
        server.answer(
                "POST /api/models/distribute",
                Answer.json(202, new DistributeReply(List.of(Fleets.id("task")), null)));
        try (Window window = open()) {
            window.click("#overview-distribute").write("mistral:7b").click("#distribution-send");
            window.until(
                    () ->
                            server.requests().stream()
                                    .anyMatch(request -> request.line().startsWith("POST ")));
            assertThat(server.requests().getLast().body())
                    .contains("\"target\":\"all\"")
                    .contains("mistral:7b");
        }
    }

    @Test
    void speaksTheLanguageThatIsChosen() {
        try (Window window = open()) {
            window.until(() -> titles(window, "#overview-concerns").contains("gpu-03 is offline"));
            window.click("#language");
            window.until(() -> titles(window, "#overview-concerns").contains("gpu-03 はオフラインです"));
            assertThat(window.preferences().get().language()).isEqualTo(Language.JA);
        }
    }

    @Test
    void agesGrow() {
        try (Window window = open()) {
            ListView<Row<Line>> concerns = list(window, "#overview-concerns");
            window.until(() -> asides(window, concerns).contains("12 min ago"));
            clock.advance(Duration.ofMinutes(3));
            window.until(() -> asides(window, concerns).contains("15 min ago"));
        }
    }

    private static List<String> asides(Window window, ListView<Row<Line>> list) {
        ObservableList<Row<Line>> rows = list.getItems();
        return window.on(() -> rows.stream().map(row -> row.now().aside()).toList());
    }

    @Test
    void isWorthLookingAt() {
        Screenshots.takeAll(
                PageId.OVERVIEW,
                folder,
                server,
                window -> window.until(() -> !titles(window, "#overview-concerns").isEmpty()));
        assertThat(Path.of("target", "screenshots", "overview-dark-ja-1024.png")).exists();
    }
}
