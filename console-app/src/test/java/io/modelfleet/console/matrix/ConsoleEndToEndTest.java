package io.modelfleet.console.matrix;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.modelfleet.console.page.PageId;
import io.modelfleet.console.support.Connection;
import io.modelfleet.console.support.Language;
import io.modelfleet.console.support.Settings;
import io.modelfleet.console.support.ThemeChoice;
import io.modelfleet.console.testing.RecordingProxy;
import io.modelfleet.console.testing.Window;
import io.modelfleet.protocol.ModelName;
import io.modelfleet.simulator.fleet.NodeSpec;
import io.modelfleet.simulator.fleet.SimulatedFleet;
import io.modelfleet.simulator.fleet.SimulatedFleet.FleetSpec;
import io.modelfleet.simulator.fleet.SimulatedNode;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Path;
import java.time.Duration;
import java.time.InstantSource;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.UUID;
import javafx.geometry.Point2D;
import javafx.scene.Node;
import javafx.scene.control.TableView;
import javafx.scene.input.MouseButton;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.testfx.api.FxRobot;
import org.testfx.util.WaitForAsyncUtils;

/** The real window on a real coordinator with three simulated nodes. */
class ConsoleEndToEndTest {
    private static final long MEGABYTE = 1_000_000;
    private static final Duration PATIENCE = Duration.ofSeconds(60);
    private static final ModelName MODEL = ModelName.parse("mistral:7b");

    @TempDir private Path folder;
    private final FxRobot robot = new FxRobot();
    private SimulatedFleet fleet;

    @BeforeEach
    void start() {
        fleet = new SimulatedFleet(spec(), folder.resolve("fleet"));
        fleet.start();
        fleet.nodes()
                .forEach(node -> await().atMost(PATIENCE).until(() -> node.agentId().isPresent()));
    }

    @AfterEach
    void end() {
        fleet.close();
    }

    @Test
    void oneClickOnAnAbsentCellBringsTheModelToTheNode() throws Exception {
        UUID first = id(fleet.nodes().get(0));
        UUID second = id(fleet.nodes().get(1));
        pull(first);
        try (RecordingProxy proxy = new RecordingProxy(fleet.url());
                Window window = new Window(folder.resolve("settings"), InstantSource.system())) {
            window.open(connectedTo(proxy.url()), 990, 800);
            window.go(PageId.MATRIX);
            CellKey cell = new CellKey(second, MODEL);
            await().atMost(PATIENCE)
                    .until(() -> kind(window, new CellKey(first, MODEL)) == Cell.Kind.INSTALLED);
            assertThat(kind(window, cell)).isEqualTo(Cell.Kind.ABSENT);

            robot.clickOn(middle(window, cell), MouseButton.PRIMARY);
            WaitForAsyncUtils.waitForFxEvents();

            Set<Cell.Kind> seen = EnumSet.noneOf(Cell.Kind.class);
            await().atMost(PATIENCE)
                    .pollInterval(Duration.ofMillis(50))
                    .until(
                            () -> {
                                Cell.Kind now = kind(window, cell);
                                if (now != null) {
                                    seen.add(now);
                                }
                                return now == Cell.Kind.INSTALLED;
                            });
            assertThat(seen).contains(Cell.Kind.DOWNLOADING, Cell.Kind.INSTALLED);
            assertThat(proxy.posts())
                    .containsExactly(
                            "POST /api/agents/"
                                    + second
                                    + "/models/pull {\"model_name\":\"mistral:7b\"}");
        }
    }

    @Test
    void stoppedCoordinatorShowsABannerAndItsReturnBringsTheDataBack() {
        try (Window window = new Window(folder.resolve("settings"), InstantSource.system())) {
            window.open(connectedTo(fleet.url()), 990, 800);
            window.go(PageId.NODES);
            await().atMost(PATIENCE).until(() -> showsNodes(window));

            fleet.stopCoordinator();
            await().atMost(PATIENCE).until(() -> visible(window, "#banner"));
            assertThat(showsNodes(window)).isTrue();

            fleet.startCoordinator();
            await().atMost(PATIENCE).until(() -> !visible(window, "#banner"));
            assertThat(showsNodes(window)).isTrue();
        }
    }

    /** So that one node holds the model, which gives it a column. */
    private void pull(UUID node) throws Exception {
        try (HttpClient client = HttpClient.newHttpClient()) {
            HttpRequest request =
                    HttpRequest.newBuilder(
                                    fleet.url().resolve("/api/agents/" + node + "/models/pull"))
                            .header("Content-Type", "application/json")
                            .POST(
                                    HttpRequest.BodyPublishers.ofString(
                                            "{\"model_name\":\"" + MODEL + "\"}"))
                            .build();
            assertThat(client.send(request, HttpResponse.BodyHandlers.discarding()).statusCode())
                    .isEqualTo(202);
        }
    }

    private static boolean visible(Window window, String id) {
        return window.on(() -> window.find(id, Node.class).isVisible());
    }

    private static boolean showsNodes(Window window) {
        return window.on(() -> window.find("#nodes-table", TableView.class).getItems().size() == 3);
    }

    private static UUID id(SimulatedNode node) {
        return node.agentId().orElseThrow();
    }

    private static GridView grid(Window window) {
        return window.find("#matrix-grid", GridView.class);
    }

    private static Cell.@Nullable Kind kind(Window window, CellKey cell) {
        GridView view = grid(window);
        return window.on(
                () -> {
                    Position at = view.grid().find(cell);
                    return at == null ? null : view.model().cell(at.row(), at.column()).kind();
                });
    }

    private static Point2D middle(Window window, CellKey cell) {
        GridView view = grid(window);
        return window.on(
                () -> {
                    Position at = Objects.requireNonNull(view.grid().find(cell));
                    GridGeometry.Box box = view.geometry().box(at);
                    return view.localToScreen(box.middleX(), box.middleY());
                });
    }

    private static Settings connectedTo(URI url) {
        return new Settings(
                List.of(new Connection("lab", url, null)),
                "lab",
                ThemeChoice.LIGHT,
                Language.EN,
                1);
    }

    private static FleetSpec spec() {
        return new FleetSpec(
                0,
                Duration.ofMillis(500),
                Duration.ofSeconds(3),
                Map.of(
                        ModelName.parse("gpt-oss:20b"),
                        2 * MEGABYTE,
                        ModelName.parse("gpt-oss:7b"),
                        2 * MEGABYTE,
                        ModelName.parse("gpt-oss:1b"),
                        2 * MEGABYTE,
                        MODEL,
                        8 * MEGABYTE),
                100 * MEGABYTE,
                List.of(node("gpu-24gb", 24), node("gpu-12gb", 12), node("gpu-4gb", 4)));
    }

    private static NodeSpec node(String name, long gigabytes) {
        return new NodeSpec(
                name, "NVIDIA GeForce RTX 3090", gigabytes << 30, 1, 1000 * MEGABYTE, 2 * MEGABYTE);
    }
}
