package io.modelfleet.console.settings;

import static org.assertj.core.api.Assertions.assertThat;

import io.modelfleet.console.page.PageId;
import io.modelfleet.console.support.Connection;
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
import io.modelfleet.protocol.TaskPage;
import java.net.URI;
import java.nio.file.Path;
import java.util.List;
import javafx.scene.control.TextField;
import javafx.scene.input.KeyCode;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class SettingsPageTest {
    private static final double WIDTH = 990;
    private static final double HEIGHT = 900;

    @TempDir private Path folder;
    private final FleetServer server = new FleetServer();
    private final FleetServer other = new FleetServer();

    @BeforeEach
    void fleet() {
        server.start().changes(Fleets.lab());
        other.start()
                .changes(Fleets.lab())
                .answer("GET /api/tasks", Answer.json(200, new TaskPage(List.of(), null)));
    }

    @AfterEach
    void end() {
        server.close();
        other.close();
    }

    private Window open() {
        return open(Window.connectedTo(server));
    }

    private Window open(Settings settings) {
        Window window = new Window(folder, new TestClock());
        window.open(settings, WIDTH, HEIGHT);
        window.go(PageId.SETTINGS);
        return window;
    }

    private Settings saved() {
        return new SettingsStore(folder).load();
    }

    private static void type(Window window, String selector, String text) {
        window.click(selector).press(KeyCode.CONTROL, KeyCode.A);
        window.press(KeyCode.DELETE).write(text);
    }

    @Test
    void addsAConnectionThatWasTested() {
        try (Window window = open()) {
            window.click("#settings-add");
            type(window, "#settings-address", other.url().toString());
            type(window, "#settings-name", "workshop");
            type(window, "#settings-token", "mf_9");
            window.click("#settings-test");
            window.untilText("#settings-trial", "A coordinator answers");
            assertThat(other.requests().getFirst().token()).isEqualTo("Bearer mf_9");
            window.click("#settings-save");
            window.until(() -> saved().connections().size() == 2);
            assertThat(saved().connections().getLast())
                    .isEqualTo(new Connection("workshop", other.url(), "mf_9"));
            assertThat(saved().active()).isEqualTo("lab");
            window.click("#settings-open-workshop");
            window.until(() -> !other.polls().isEmpty());
            window.untilText("#fleet", "workshop");
        }
    }

    @Test
    void aTestSaysWhatIsWrong() {
        other.answer("GET /api/tasks", Answer.problem(401, "UNAUTHORIZED", "no token"));
        try (Window window = open()) {
            window.click("#settings-add");
            type(window, "#settings-address", "no address at all");
            window.click("#settings-test");
            assertThat(window.text("#settings-error")).contains("http://host:8080");
            type(window, "#settings-address", other.url().toString());
            window.click("#settings-test");
            window.untilText("#settings-trial", "no token");
            Screenshots.take(window, "settings-form");
            window.press(KeyCode.ESCAPE);
            window.until(() -> !window.shows("#settings-form"));
            assertThat(window.preferences().get().connections()).hasSize(1);
        }
    }

    @Test
    void theOpenFleetFollowsItsChangedAddress() {
        try (Window window = open()) {
            window.click("#settings-edit-lab");
            type(window, "#settings-address", other.url().toString());
            window.press(KeyCode.ENTER);
            window.until(() -> !other.polls().isEmpty());
            assertThat(saved().activeConnection().orElseThrow().address()).isEqualTo(other.url());
        }
    }

    @Test
    void theTokenIsNotShown() {
        Settings secret =
                Window.connectedTo(server).with(new Connection("lab", server.url(), "mf_secret"));
        try (Window window = open(secret)) {
            window.click("#settings-edit-lab");
            TextField field = window.find("#settings-token", TextField.class);
            assertThat(window.on(() -> field.lookupAll(".text").toString()))
                    .doesNotContain("mf_secret")
                    .contains("●".repeat("mf_secret".length()));
        }
    }

    @Test
    void removesOnlyAfterAskingAndTakesItBack() {
        Settings two =
                Window.connectedTo(server)
                        .with(new Connection("old", URI.create("http://192.0.2.9:8080"), null))
                        .withActive("lab");
        try (Window window = open(two)) {
            window.click("#settings-remove-old");
            assertThat(window.text(".dialog-box .touched")).contains("http://192.0.2.9:8080");
            window.press(KeyCode.ESCAPE);
            assertThat(window.preferences().get().connections()).hasSize(2);
            window.click("#settings-remove-old").click("#confirm-yes");
            window.until(() -> saved().connections().size() == 1);
            window.click(".notification .button");
            window.until(() -> saved().connections().size() == 2);
            assertThat(saved().active()).isEqualTo("lab");
        }
    }

    @Test
    void withoutItsConnectionTheConsoleAsksForAnother() {
        try (Window window = open()) {
            window.click("#settings-remove-lab").click("#confirm-yes");
            window.find("#connect-address", TextField.class);
            assertThat(window.preferences().get().connections()).isEmpty();
        }
    }

    @Test
    void choicesActAtOnce() {
        try (Window window = open()) {
            window.click("#settings-dark");
            window.until(() -> saved().theme() == ThemeChoice.DARK);
            assertThat(window.on(() -> window.stage().getScene().getStylesheets().getFirst()))
                    .endsWith("dark.css");
            type(window, "#settings-poll .text-field", "17");
            window.press(KeyCode.ENTER);
            window.until(() -> saved().pollSeconds() == 17);
            type(window, "#settings-poll .text-field", "often");
            window.press(KeyCode.ENTER);
            assertThat(window.text("#settings-poll .text-field")).isEqualTo("17");
            window.click("#settings-japanese");
            window.untilText("#nav-settings", "設定");
            assertThat(saved().language()).isEqualTo(Language.JA);
        }
    }

    @Test
    void saysWhereTheFileLies() {
        try (Window window = open()) {
            assertThat(window.text("#settings-file"))
                    .isEqualTo(folder.resolve("console.json").toString());
        }
    }

    @Test
    void isWorthLookingAt() {
        Screenshots.takeAll(
                PageId.SETTINGS,
                folder,
                server,
                window ->
                        window.on(
                                () -> {
                                    window.preferences()
                                            .update(
                                                    now ->
                                                            now.with(
                                                                            new Connection(
                                                                                    "研究棟 3 階",
                                                                                    URI.create(
                                                                                            "https://fleet.research.example.internal:8443/modelfleet"),
                                                                                    "mf_1"))
                                                                    .withActive("lab"));
                                    return true;
                                }));
        assertThat(Path.of("target", "screenshots", "settings-dark-ja-1024.png")).exists();
    }
}
