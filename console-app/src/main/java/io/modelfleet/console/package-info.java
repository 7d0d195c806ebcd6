/**
 * The operations console.
 *
 * <p>How a page is added, with {@code nodes} as the pattern:
 *
 * <ol>
 *   <li>A package of its own with {@code XPage} (implements {@link
 *       io.modelfleet.console.page.Page}, takes a {@link io.modelfleet.console.page.PageContext}),
 *       {@code XViewModel}, {@code XController} and, in the resources, {@code x.fxml}. {@link
 *       io.modelfleet.console.page.Fxml#load} puts the last two together; {@code @FXML} methods are
 *       package-private, {@code @FXML} fields private.
 *   <li>One line in {@code shell.Pages}. The navigation, Ctrl and its digit, and the palette
 *       follow.
 *   <li>Texts under the page's heading in both {@code messages} files, style under its heading in
 *       {@code console.css}, colours only as tokens of {@code light.css} and {@code dark.css}.
 *   <li>{@code Page.onFleet} hands the view-model each new {@link
 *       io.modelfleet.console.client.FleetState}; what did not change is the same object. The
 *       view-model changes its rows in place and never replaces them, so that selection, scroll and
 *       order stay. It decides everything, and imports nothing of {@code javafx.scene}. Bindings
 *       hold it weakly: a field of the controller or the page must hold it.
 *   <li>Acts go through {@code PageContext.call}: in the background, refusals shown, the next poll
 *       at once. What destroys asks first through {@code Dialogs.confirm}; what can be undone
 *       offers it in its notification.
 *   <li>{@code Page.node} is called again after a change of language: there the view-model says its
 *       texts anew. Another page is reached through {@code Navigator}, never by an import.
 *   <li>Tests: the view-model with {@code Threads.direct()}; the page with {@code testing.Window}
 *       and {@code testing.FleetServer}; pictures with {@code testing.Screenshots.takeAll}.
 * </ol>
 */
@NullMarked
package io.modelfleet.console;

import org.jspecify.annotations.NullMarked;
