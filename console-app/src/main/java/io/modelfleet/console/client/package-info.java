/**
 * The one place with HTTP: calls to the coordinator, the fleet as it was last answered, and the
 * poller.
 */
@NullMarked
package io.modelfleet.console.client;

import org.jspecify.annotations.NullMarked;
