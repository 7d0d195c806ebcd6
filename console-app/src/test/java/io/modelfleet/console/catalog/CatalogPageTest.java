package io.modelfleet.console.catalog;

import static org.assertj.core.api.Assertions.assertThat;

import io.modelfleet.console.page.PageId;
import io.modelfleet.console.testing.FleetServer;
import io.modelfleet.console.testing.FleetServer.Answer;
import io.modelfleet.console.testing.Fleets;
import io.modelfleet.console.testing.Screenshots;
import io.modelfleet.console.testing.TestClock;
import io.modelfleet.console.testing.Window;
import io.modelfleet.protocol.DistributeReply;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import javafx.scene.Node;
import javafx.scene.control.TableView;
import javafx.scene.input.KeyCode;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class CatalogPageTest {
    private static final double WIDTH = 990;
    private static final double HEIGHT = 800;
    private static final int LISTED = 12;

    @TempDir private Path folder;
    private final FleetServer server = new FleetServer();
    private final TestClock clock = new TestClock();

    @BeforeEach
    void fleet() {
        server.start().changes(CatalogSamples.fleet(10));
        server.answer("GET /api/models/available", Answer.json(200, CatalogSamples.library()));
        server.answer(
                "POST /api/models/distribute",
                Answer.json(202, new DistributeReply(List.of(Fleets.id("task")), null)));
    }

    @AfterEach
    void end() {
        server.close();
    }

    private Window open() {
        Window window = new Window(folder, clock);
        window.open(Window.connectedTo(server), WIDTH, HEIGHT).go(PageId.CATALOG);
        window.until(() -> rows(window).size() == LISTED);
        return window;
    }

    @SuppressWarnings("unchecked")
    private static TableView<CatalogRow> table(Window window) {
        return window.find("#catalog-table", TableView.class);
    }

    private static List<CatalogRow> rows(Window window) {
        TableView<CatalogRow> table = table(window);
        return window.on(() -> List.copyOf(table.getItems()));
    }

    private static void select(Window window, String name) {
        TableView<CatalogRow> table = table(window);
        window.on(
                () -> {
                    table.getItems().stream()
                            .filter(row -> row.name().toString().equals(name))
                            .findFirst()
                            .ifPresent(table.getSelectionModel()::select);
                    return true;
                });
    }

    private List<String> bodies() {
        return server.requests().stream()
                .filter(request -> request.method().equals("POST"))
                .map(FleetServer.Request::body)
                .toList();
    }

    @Test
    void listsTheLibraryAndWhatElseTheNodesHold() {
        try (Window window = open()) {
            assertThat(window.text("#catalog-count")).isEqualTo("12 models");
            assertThat(window.text("#catalog-source")).startsWith("Source: library");
            window.press(KeyCode.SLASH).write("medical");
            assertThat(rows(window))
                    .extracting(row -> row.now().entry().origin())
                    .containsExactly(CatalogEntry.Origin.NODES);
        }
    }

    @Test
    void aNameIsCheckedAsItIsTypedAndDistributed() {
        try (Window window = open()) {
            window.click("#catalog-name").write("kimi-k2:1t-cloud");
            assertThat(window.text("#catalog-verdict")).contains("no weights to distribute");
            assertThat(window.find("#catalog-distribute", Node.class).isDisabled()).isTrue();
            window.press(KeyCode.CONTROL, KeyCode.A).write("my-model");
            assertThat(window.text("#catalog-verdict")).contains("registry.ollama.ai");
            window.click("#catalog-distribute").click("#distribution-send");
            window.until(() -> !bodies().isEmpty());
            assertThat(bodies().getFirst()).contains("\"model_name\":\"my-model:latest\"");
        }
    }

    @Test
    void theDetailsOfAModelDistributeIt() {
        try (Window window = open()) {
            select(window, "gpt-oss:20b");
            window.click("#catalog-detail-distribute").click("#distribution-send");
            window.until(() -> !bodies().isEmpty());
            assertThat(bodies().getFirst()).contains("\"model_name\":\"gpt-oss:20b\"");
        }
    }

    @Test
    void asksAgainAfterAFewMinutesAndSaysWhenThatFails() {
        try (Window window = open()) {
            long before = server.requests().size();
            server.answer(
                    "GET /api/models/available",
                    Answer.problem(503, "UNAVAILABLE", "the database is away"));
            clock.advance(Duration.ofMinutes(6));
            window.until(() -> server.requests().size() > before);
            window.untilText("#catalog-problem", "the database is away");
            assertThat(rows(window)).hasSize(LISTED);
        }
    }

    @Test
    void isWorthLookingAt() {
        Screenshots.takeAll(
                PageId.CATALOG,
                folder,
                server,
                window -> {
                    window.until(() -> rows(window).size() == LISTED);
                    select(window, "gpt-oss:20b");
                    window.click("#catalog-name").write("kimi-k2:1t-cloud");
                });
        assertThat(Path.of("target", "screenshots", "catalog-dark-ja-1024.png")).exists();
    }
}
