package io.modelfleet.console.shell;

import io.modelfleet.console.page.Page;
import io.modelfleet.console.page.PageId;
import javafx.event.EventTarget;
import javafx.scene.Node;
import javafx.scene.control.ListView;
import javafx.scene.control.MenuButton;
import javafx.scene.control.TableView;
import javafx.scene.control.TextInputControl;
import javafx.scene.input.KeyCode;
import javafx.scene.input.KeyEvent;
import org.jspecify.annotations.Nullable;

/** The keys that work everywhere in the window. */
final class Keys {
    private final MainController window;
    private final Session session;
    private final ModalDialogs dialogs;
    private final Toasts toasts;

    Keys(MainController window, Session session, ModalDialogs dialogs, Toasts toasts) {
        this.window = window;
        this.session = session;
        this.dialogs = dialogs;
        this.toasts = toasts;
    }

    void listen(Node root) {
        root.addEventFilter(KeyEvent.KEY_PRESSED, this::pressed);
        // Esc is for whoever has the focus first: an open list, a cell that is edited.
        root.addEventHandler(KeyEvent.KEY_PRESSED, this::escaped);
        root.addEventFilter(KeyEvent.KEY_TYPED, this::typed);
    }

    private void pressed(KeyEvent event) {
        if (swallowsEscape(event.getTarget())) {
            escaped(event);
        }
        if (event.getCode() == KeyCode.F5) {
            session.pollNow();
            event.consume();
        } else if (event.isShortcutDown() && !dialogs.isOpen()) {
            shortcut(event);
        }
    }

    /** Tables and lists keep Esc for the end of an edit, which no page has. */
    private static boolean swallowsEscape(EventTarget target) {
        return target instanceof ListView<?>
                || target instanceof TableView<?>
                || (target instanceof MenuButton menu && !menu.isShowing());
    }

    private void shortcut(KeyEvent event) {
        if (event.getCode() == KeyCode.K) {
            window.find();
            event.consume();
            return;
        }
        if (event.getCode() == KeyCode.D) {
            window.distribute();
            event.consume();
            return;
        }
        PageId page = page(event.getCode());
        if (page != null) {
            window.open(page);
            event.consume();
        }
    }

    private static @Nullable PageId page(KeyCode code) {
        if (!code.isDigitKey()) {
            return null;
        }
        int digit = code.getCode() - KeyCode.DIGIT0.getCode();
        for (PageId id : PageId.values()) {
            if (id.digit() == digit) {
                return id;
            }
        }
        return null;
    }

    private void escaped(KeyEvent event) {
        if (event.getCode() != KeyCode.ESCAPE) {
            return;
        }
        Page page = window.shown();
        if (dialogs.isOpen()) {
            dialogs.close();
            event.consume();
        } else if ((page != null && page.escape()) || toasts.dismiss()) {
            event.consume();
        }
    }

    private void typed(KeyEvent event) {
        Page page = window.shown();
        if (page != null
                && event.getCharacter().equals("/")
                && !dialogs.isOpen()
                && !(event.getTarget() instanceof TextInputControl)) {
            page.focusFilter();
            event.consume();
        }
    }
}
