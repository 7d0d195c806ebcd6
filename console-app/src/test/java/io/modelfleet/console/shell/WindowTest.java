package io.modelfleet.console.shell;

import static org.assertj.core.api.Assertions.assertThat;

import io.modelfleet.console.support.Language;
import io.modelfleet.console.support.Settings;
import io.modelfleet.console.support.SettingsStore;
import io.modelfleet.console.support.ThemeChoice;
import io.modelfleet.console.testing.FleetServer;
import io.modelfleet.console.testing.FleetServer.Answer;
import io.modelfleet.console.testing.Fleets;
import io.modelfleet.console.testing.Screenshots;
import io.modelfleet.console.testing.TestClock;
import io.modelfleet.console.testing.Window;
import io.modelfleet.protocol.Presence;
import io.modelfleet.protocol.TaskPage;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import javafx.scene.Node;
import javafx.scene.input.KeyCode;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class WindowTest {
    private static final double WIDTH = 990;
    private static final double HEIGHT = 800;

    @TempDir private Path folder;
    private final FleetServer server = new FleetServer();
    private final TestClock clock = new TestClock();

    @BeforeEach
    void start() {
        server.start().changes(Fleets.lab());
        server.answer("GET /api/tasks", Answer.json(200, new TaskPage(List.of(), null)));
    }

    @AfterEach
    void end() {
        server.close();
    }

    private Window open(Settings settings) {
        return new Window(folder, clock).open(settings, WIDTH, HEIGHT);
    }

    private static Settings fresh() {
        return Settings.DEFAULT.withLanguage(Language.EN).withTheme(ThemeChoice.LIGHT);
    }

    @Test
    void theFirstStartAsksForTheAddressAndSaysWhatIsWrongWithIt() {
        try (Window window = open(fresh())) {
            window.click("#connect-address").write("not an address").click("#connect-button");
            assertThat(window.text("#connect-error")).contains("http://host:8080");
            window.press(KeyCode.CONTROL, KeyCode.A).press(KeyCode.DELETE);
            window.click("#connect-address").press(KeyCode.CONTROL, KeyCode.A);
            window.write(server.url().toString());
            server.answer("GET /api/tasks", new Answer(200, "text/html", "<html>router</html>"));
            window.click("#connect-button");
            window.untilText("#connect-error", "not a Modelfleet coordinator");
            Screenshots.take(window, "connect-wrong");
            server.answer("GET /api/tasks", Answer.problem(401, "UNAUTHORIZED", "no token"));
            window.click("#connect-button");
            window.untilText("#connect-error", "no token");
            server.answer("GET /api/tasks", Answer.json(200, new TaskPage(List.of(), null)));
            window.click("#connect-token").write("mf_1").click("#connect-button");
            window.click("#nav-nodes");
            window.untilText("#nodes-count", "6 nodes");
            assertThat(server.polls().getFirst().token()).isEqualTo("Bearer mf_1");
            window.until(
                    () ->
                            new SettingsStore(folder)
                                    .load()
                                    .activeConnection()
                                    .filter(saved -> "mf_1".equals(saved.token()))
                                    .isPresent());
        }
    }

    @Test
    void aLostCoordinatorIsAnnouncedAndItsReturnIsSeenByItself() {
        try (Window window = open(Window.connectedTo(server))) {
            window.click("#nav-nodes");
            window.untilText("#nodes-count", "6 nodes");
            assertThat(window.shows("#banner")).isFalse();
            server.stop();
            clock.advance(Duration.ofSeconds(6));
            window.untilText("#banner-text", "Connection lost, retrying");
            assertThat(window.text("#nodes-count")).isEqualTo("6 nodes");
            Screenshots.take(window, "lost");
            server.changes(
                    Fleets.full(
                            5,
                            List.of(Fleets.agent("new-01", Presence.ONLINE)),
                            List.of(),
                            List.of()));
            server.start();
            window.untilText("#nodes-count", "1 node");
            window.until(() -> !window.shows("#banner"));
        }
    }

    @Test
    void languageAndThemeChangeAtOnceAndAreKept() {
        try (Window window = open(Window.connectedTo(server))) {
            window.click("#nav-nodes");
            window.untilText("#nodes-count", "6 nodes");
            window.click("#language");
            window.untilText("#nodes-count", "6 ノード");
            assertThat(window.text("#nav-nodes")).isEqualTo("ノード");
            window.click("#theme");
            window.until(() -> new SettingsStore(folder).load().theme() == ThemeChoice.DARK);
            window.until(() -> new SettingsStore(folder).load().language() == Language.JA);
        }
    }

    @Test
    void f5AsksAtOnce() {
        Settings slow = Window.connectedTo(server).withPollSeconds(60);
        try (Window window = open(slow)) {
            window.click("#nav-nodes");
            window.untilText("#nodes-count", "6 nodes");
            int before = server.polls().size();
            window.press(KeyCode.F5);
            window.until(() -> server.polls().size() > before);
        }
    }

    @Test
    void thePaletteGoesToANode() {
        try (Window window = open(Window.connectedTo(server))) {
            window.click("#nav-nodes");
            window.untilText("#nodes-count", "6 nodes");
            window.press(KeyCode.CONTROL, KeyCode.K);
            window.find("#palette-query", Node.class);
            window.write("gpu-04");
            Screenshots.take(window, "palette");
            window.press(KeyCode.ENTER);
            window.until(() -> !window.shows("#palette"));
            window.untilText("#nodes-detail .section-title", "gpu-04");
        }
    }
}
