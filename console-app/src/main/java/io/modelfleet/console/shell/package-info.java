/** The window: navigation, connection, notifications, dialogs, theme and language. */
@NullMarked
package io.modelfleet.console.shell;

import org.jspecify.annotations.NullMarked;
