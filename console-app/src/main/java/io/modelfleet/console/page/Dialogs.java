package io.modelfleet.console.page;

import java.util.List;
import javafx.scene.layout.Region;

/** Dialogs inside the window, one at a time; Esc closes them. */
public interface Dialogs {
    /** Asks before something that cannot be undone, or that is larger than one click suggests. */
    void confirm(Question question, Runnable yes);

    /** Shows any content as a dialog. */
    void show(Region content);

    void close();

    /**
     * @param title what would be done
     * @param text what follows from it
     * @param touched names of the things that it would be done to
     * @param action what the button says: the verb, not "OK"
     * @param destroys whether something is lost by it, so that Return alone must not do it
     */
    record Question(
            String title, String text, List<String> touched, String action, boolean destroys) {
        public Question {
            touched = List.copyOf(touched);
        }

        /** Asks before something is lost. */
        public Question(String title, String text, List<String> touched, String action) {
            this(title, text, touched, action, true);
        }
    }
}
