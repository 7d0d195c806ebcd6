package io.modelfleet.console.shell;

import static org.assertj.core.api.Assertions.assertThat;

import io.modelfleet.console.page.PageId;
import io.modelfleet.console.testing.FleetServer;
import io.modelfleet.console.testing.Fleets;
import io.modelfleet.console.testing.TestClock;
import io.modelfleet.console.testing.Window;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import javafx.scene.Node;
import javafx.scene.Parent;
import javafx.scene.Scene;
import javafx.scene.control.ButtonBase;
import javafx.scene.control.ComboBoxBase;
import javafx.scene.control.ListView;
import javafx.scene.control.ScrollBar;
import javafx.scene.control.Spinner;
import javafx.scene.control.TableView;
import javafx.scene.control.TextInputControl;
import javafx.scene.input.KeyCode;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Without a mouse: the Tab key comes to every control of every page. */
class KeyboardTest {
    /** More than any page has controls. */
    private static final int TABS = 120;

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

    @ParameterizedTest
    @EnumSource
    void tabComesToEveryControlOfThePage(PageId page) {
        try (Window window = new Window(folder, new TestClock())) {
            window.open(Window.connectedTo(server), 990, 800);
            window.go(page);
            Set<Node> visited = round(window);
            assertThat(visited).as("the window's own controls, at least").hasSizeGreaterThan(10);
            List<String> missed = window.on(() -> missed(window.stage().getScene(), visited));
            assertThat(missed).isEmpty();
        }
    }

    /** Where the focus is after each press, until it is where it was first. */
    private static Set<Node> round(Window window) {
        Set<Node> visited = new LinkedHashSet<>();
        for (int i = 0; i < TABS; i++) {
            window.press(KeyCode.TAB);
            Node owner = window.on(() -> window.stage().getScene().getFocusOwner());
            if (owner == null || !visited.add(owner)) {
                return visited;
            }
        }
        return visited;
    }

    private static List<String> missed(Scene scene, Set<Node> visited) {
        List<Node> controls = new ArrayList<>();
        collect(scene.getRoot(), controls);
        return controls.stream()
                .filter(control -> visited.stream().noneMatch(owner -> serves(owner, control)))
                .map(Node::toString)
                .toList();
    }

    /**
     * Parts of a control, such as the arrows of a spinner, are worked through the control itself.
     */
    private static boolean serves(Node owner, Node control) {
        for (Node part = control; part != null; part = part.getParent()) {
            if (part.equals(owner)) {
                return true;
            }
        }
        for (Node part = owner; part != null; part = part.getParent()) {
            if (part.equals(control)) {
                return true;
            }
        }
        return false;
    }

    private static void collect(Node node, List<Node> controls) {
        if (!node.isVisible() || node.isDisabled() || node instanceof ScrollBar) {
            return;
        }
        if (node instanceof ButtonBase
                || node instanceof TextInputControl
                || node instanceof ComboBoxBase
                || node instanceof Spinner
                || node instanceof TableView
                || node instanceof ListView) {
            controls.add(node);
            return;
        }
        if (node instanceof Parent parent) {
            parent.getChildrenUnmodifiable().forEach(child -> collect(child, controls));
        }
    }
}
