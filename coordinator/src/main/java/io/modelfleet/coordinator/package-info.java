/** The coordinator: the service that knows every node and hands out the work. */
@NullMarked
package io.modelfleet.coordinator;

import org.jspecify.annotations.NullMarked;
