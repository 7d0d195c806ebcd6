package io.modelfleet.console.testing;

import java.util.EnumSet;
import java.util.Set;
import javafx.event.Event;
import javafx.scene.input.KeyCode;
import javafx.scene.input.KeyEvent;
import javafx.scene.input.MouseEvent;
import javafx.stage.Stage;

/**
 * Cures two faults of JavaFX 26.0.2's headless robot: every press claims to open a context menu, so
 * that a click on a table's header sorts nothing, and Ctrl and Shift are lost on the way.
 */
final class CorrectedMouse {
    private final Set<KeyCode> held = EnumSet.noneOf(KeyCode.class);
    private boolean firing;

    static void install(Stage stage) {
        CorrectedMouse cure = new CorrectedMouse();
        stage.addEventFilter(KeyEvent.KEY_PRESSED, event -> cure.held.add(event.getCode()));
        stage.addEventFilter(KeyEvent.KEY_RELEASED, event -> cure.held.remove(event.getCode()));
        stage.addEventFilter(MouseEvent.MOUSE_PRESSED, cure::correct);
        stage.addEventFilter(MouseEvent.MOUSE_RELEASED, cure::correct);
        stage.addEventFilter(MouseEvent.MOUSE_CLICKED, cure::correct);
    }

    private void correct(MouseEvent event) {
        if (firing) {
            return;
        }
        firing = true;
        try {
            Event.fireEvent(event.getTarget(), corrected(event));
        } finally {
            firing = false;
        }
        event.consume();
    }

    private MouseEvent corrected(MouseEvent event) {
        return new MouseEvent(
                event.getSource(),
                event.getTarget(),
                event.getEventType(),
                event.getX(),
                event.getY(),
                event.getScreenX(),
                event.getScreenY(),
                event.getButton(),
                event.getClickCount(),
                held.contains(KeyCode.SHIFT),
                held.contains(KeyCode.CONTROL),
                held.contains(KeyCode.ALT),
                held.contains(KeyCode.META),
                event.isPrimaryButtonDown(),
                event.isMiddleButtonDown(),
                event.isSecondaryButtonDown(),
                event.isSynthesized(),
                event.isSecondaryButtonDown(),
                event.isStillSincePress(),
                event.getPickResult());
    }
}
