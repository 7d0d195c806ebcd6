package io.modelfleet.console.shell;

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
import io.modelfleet.console.testing.TestClock;
import io.modelfleet.console.testing.Window;
import io.modelfleet.protocol.Presence;
import java.nio.file.Path;
import java.util.List;
import javafx.scene.Node;
import javafx.scene.control.MenuButton;
import javafx.scene.control.TableView;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class SwitchingTest {
    @TempDir private Path folder;
    private final FleetServer lab = new FleetServer();
    private final FleetServer plant = new FleetServer();

    @BeforeEach
    void start() {
        lab.start().changes(Fleets.lab());
        plant.start()
                .changes(
                        Fleets.full(
                                7,
                                List.of(Fleets.agent("plant-01", Presence.ONLINE)),
                                List.of(),
                                List.of()));
    }

    @AfterEach
    void end() {
        lab.close();
        plant.close();
    }

    private Window open() {
        Settings both =
                new Settings(
                        List.of(
                                new Connection("lab", lab.url(), null),
                                new Connection("plant", plant.url(), null)),
                        "lab",
                        ThemeChoice.LIGHT,
                        Language.EN,
                        1);
        Window window = new Window(folder, new TestClock()).open(both, 990, 800);
        window.go(PageId.NODES);
        window.untilText("#nodes-count", "6 nodes");
        return window;
    }

    @Test
    void theMenuOfFleetsGoesToAnotherAndRemembersIt() {
        try (Window window = open()) {
            MenuButton fleets = window.find("#fleet", MenuButton.class);
            window.on(
                    () -> {
                        fleets.getItems().get(1).fire();
                        return true;
                    });
            window.untilText("#fleet", "plant");
            window.go(PageId.NODES);
            window.untilText("#nodes-count", "1 node");
            window.until(() -> "plant".equals(new SettingsStore(folder).load().active()));
            int polls = lab.polls().size();
            int others = plant.polls().size();
            window.until(() -> plant.polls().size() > others + 1);
            assertThat(lab.polls()).hasSize(polls);
        }
    }

    @Test
    void aSuccessLeavesByItselfAndAFailureStays() {
        lab.answer(
                "DELETE /api/agents/" + Fleets.id("gpu-03"),
                Answer.problem(403, "FORBIDDEN", "this token may not remove nodes"));
        lab.answer(
                "PUT /api/agents/" + Fleets.id("gpu-01") + "/settings",
                Answer.json(200, Fleets.agent("gpu-01", Presence.ONLINE, false)));
        try (Window window = open()) {
            TableView<?> table = window.find("#nodes-table", TableView.class);
            select(window, table, 2);
            window.click("#nodes-remove").click("#confirm-yes");
            window.find(".notification.danger", Node.class);
            select(window, table, 0);
            window.click("#nodes-pause");
            window.find(".notification.success", Node.class);
            window.until(() -> !window.shows(".notification.success"));
            assertThat(window.shows(".notification.danger")).isTrue();
        }
    }

    private static void select(Window window, TableView<?> table, int row) {
        window.on(
                () -> {
                    table.getSelectionModel().clearAndSelect(row);
                    return true;
                });
    }
}
