package io.modelfleet.console.page;

import io.modelfleet.console.client.FleetState;
import java.time.Instant;
import java.util.List;
import javafx.scene.Node;

/**
 * One page of the window. It lives as long as the connection to one fleet; everything is called on
 * the JavaFX thread.
 */
public interface Page {
    PageId id();

    /**
     * Builds what is shown, in the language that is chosen now. Called when the page is first shown
     * and again after a change of language; what must survive that belongs into the view-model,
     * which puts its texts into the new language now.
     */
    Node node();

    /** The fleet has changed; called whether the page is shown or not, so it must be cheap. */
    void onFleet(FleetState fleet);

    /** A second has passed while the page is shown: time to rewrite ages. */
    default void onTick(Instant now) {}

    default void onShown() {}

    default void onHidden() {}

    /**
     * Another page, a notification or the palette sends the operator here, to look at one thing.
     *
     * @param target what {@link Navigator#open(PageId, String)} was given, such as a node's id
     */
    default void open(String target) {}

    /** The operator pressed {@code /}. */
    default void focusFilter() {}

    /**
     * The operator pressed Esc.
     *
     * @return whether there was something to close
     */
    default boolean escape() {
        return false;
    }

    /** What the palette offers from this page, now. */
    default List<Finding> findings() {
        return List.of();
    }
}
