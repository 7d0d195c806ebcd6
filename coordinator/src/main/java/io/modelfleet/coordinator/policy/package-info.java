/** Pure rules. */
@NullMarked
package io.modelfleet.coordinator.policy;

import org.jspecify.annotations.NullMarked;
