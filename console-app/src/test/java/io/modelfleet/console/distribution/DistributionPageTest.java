package io.modelfleet.console.distribution;

import static org.assertj.core.api.Assertions.assertThat;

import io.modelfleet.console.page.PageId;
import io.modelfleet.console.support.Language;
import io.modelfleet.console.support.ThemeChoice;
import io.modelfleet.console.testing.FleetServer;
import io.modelfleet.console.testing.FleetServer.Answer;
import io.modelfleet.console.testing.FleetServer.Request;
import io.modelfleet.console.testing.Fleets;
import io.modelfleet.console.testing.LargeFleet;
import io.modelfleet.console.testing.Screenshots;
import io.modelfleet.console.testing.TestClock;
import io.modelfleet.console.testing.Window;
import io.modelfleet.protocol.DistributeReply;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import javafx.scene.Node;
import javafx.scene.control.ListView;
import javafx.scene.input.KeyCode;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class DistributionPageTest {
    private static final double WIDTH = 990;
    private static final double HEIGHT = 800;

    @TempDir private Path folder;
    private final FleetServer server = new FleetServer();

    @BeforeEach
    void fleet() {
        server.start().changes(LargeFleet.all());
        server.answer("GET /api/models/available", Answer.json(200, LargeFleet.catalog()));
        accepts(null);
    }

    @AfterEach
    void end() {
        server.close();
    }

    private void accepts(DistributeReply.@Nullable Skipped skipped) {
        server.answer(
                "POST /api/models/distribute",
                Answer.json(
                        202,
                        new DistributeReply(
                                List.of(Fleets.id("1"), Fleets.id("2")),
                                skipped == null ? null : List.of(skipped))));
    }

    private Window open() {
        return open(Language.EN, ThemeChoice.LIGHT, WIDTH, HEIGHT);
    }

    private Window open(Language language, ThemeChoice theme, double width, double height) {
        Window window = new Window(folder, new TestClock());
        window.open(
                Window.connectedTo(server).withLanguage(language).withTheme(theme), width, height);
        window.go(PageId.NODES);
        window.untilText("#nodes-count", "14");
        return window;
    }

    private List<String> sent() {
        return server.requests().stream()
                .filter(request -> request.method().equals("POST"))
                .map(Request::body)
                .toList();
    }

    @SuppressWarnings("unchecked")
    private static ListView<Object> suggestions(Window window) {
        return window.find("#distribution-suggestions", ListView.class);
    }

    private static void suggested(Window window, int count) {
        window.until(() -> window.on(() -> suggestions(window).getItems().size() == count));
    }

    @Test
    void threeClicksFromAnyPage() {
        try (Window window = open()) {
            window.click("#distribute");
            suggested(window, 7);
            Screenshots.take(window, "distribution-suggestions");
            Node first = window.on(() -> suggestions(window).lookup(".list-cell"));
            window.click(first).click("#distribution-send");
            window.until(() -> !sent().isEmpty());
            assertThat(sent())
                    .containsExactly(
                            "{\"model_name\":\"gpt-oss:20b\",\"target\":\"all\",\"if_installed\":\"skip\"}");
            window.until(() -> !window.shows("#distribution"));
            window.find(".notification", Node.class);
            Screenshots.take(window, "distribution-sent");
        }
    }

    @Test
    void theKeyboardIsEnough() {
        try (Window window = open()) {
            window.press(KeyCode.CONTROL, KeyCode.D);
            suggested(window, 7);
            window.write("qwen");
            suggested(window, 1);
            window.press(KeyCode.DOWN).press(KeyCode.ENTER);
            assertThat(window.text("#distribution-model")).isEqualTo("qwen3:8b");
            window.press(KeyCode.ENTER);
            window.until(() -> !sent().isEmpty());
        }
    }

    @Test
    void escapeClosesTheSuggestionsThenTheDialog() {
        try (Window window = open()) {
            window.press(KeyCode.CONTROL, KeyCode.D);
            suggested(window, 7);
            window.press(KeyCode.ESCAPE);
            window.until(() -> !window.shows("#distribution-suggestions"));
            assertThat(window.shows("#distribution")).isTrue();
            window.press(KeyCode.ESCAPE);
            window.until(() -> !window.shows("#distribution"));
        }
    }

    @Test
    void aWrongNameIsSaidWhileOneTypes() {
        try (Window window = open()) {
            window.click("#distribute").write("mistral 7b");
            window.untilText("#distribution-error", "mistral 7b");
            assertThat(window.on(() -> window.find("#distribution-send", Node.class).isDisabled()))
                    .isTrue();
            Screenshots.take(window, "distribution-wrong");
        }
    }

    @Test
    void aRefusalStaysInTheDialogAndOffersToWait() {
        server.answer(
                "POST /api/models/distribute",
                Answer.problem(503, "AGENT_OFFLINE", "node gpu-02 is offline"));
        try (Window window = open()) {
            window.click("#distribute").write("qwen3:8b").click("#distribution-aim-filter");
            window.click("#distribution-filter").write("gpu:4090");
            window.click("#distribution-send");
            window.untilText("#distribution-refusal-text", "node gpu-02 is offline");
            Screenshots.take(window, "distribution-refused");
            accepts(null);
            window.click("#distribution-wait");
            window.until(() -> !window.shows("#distribution"));
            assertThat(sent().getFirst()).doesNotContain("on_unavailable");
            assertThat(sent().getLast()).contains("\"on_unavailable\":\"queue\"");
        }
    }

    @Test
    void aNodeThatWasLeftOutUnexpectedlyIsNamedWithTheServersReason() {
        accepts(
                new DistributeReply.Skipped(
                        Fleets.id("gpu-13"),
                        "INSUFFICIENT_STORAGE",
                        "insufficient storage: 13.8GB required, 2.1GB free"));
        try (Window window = open()) {
            window.click("#distribute").write("gpt-oss:20b").click("#distribution-send");
            window.find("#distribution-surprises", Node.class);
            Screenshots.take(window, "distribution-surprise");
            window.press(KeyCode.ESCAPE);
            window.until(() -> !window.shows("#distribution-surprises"));
        }
    }

    @Test
    void isWorthLookingAt() {
        int[][] sizes = {{1400, 900}, {1024, 700}};
        for (int[] size : sizes) {
            for (Language language : Language.values()) {
                for (ThemeChoice theme : List.of(ThemeChoice.LIGHT, ThemeChoice.DARK)) {
                    try (Window window = open(language, theme, size[0], size[1])) {
                        window.press(KeyCode.CONTROL, KeyCode.D);
                        suggested(window, 7);
                        window.write("gpt-oss:20b");
                        window.on(
                                () -> {
                                    window.find("#distribution-send", Node.class).requestFocus();
                                    return true;
                                });
                        Screenshots.take(
                                window,
                                "distribution-%s-%s-%d"
                                        .formatted(
                                                theme.name().toLowerCase(Locale.ROOT),
                                                language.name().toLowerCase(Locale.ROOT),
                                                size[0]));
                    }
                }
            }
        }
        assertThat(Path.of("target", "screenshots", "distribution-dark-ja-1024.png")).exists();
    }
}
