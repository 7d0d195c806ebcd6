/** An operator's wish becomes tasks; storage is reserved here. */
@NullMarked
package io.modelfleet.coordinator.distribution;

import org.jspecify.annotations.NullMarked;
