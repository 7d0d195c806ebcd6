/**
 * Which models the fleet could hold: a curated list of names, sized and checked through the
 * registry's manifests.
 */
@NullMarked
package io.modelfleet.coordinator.catalog;

import org.jspecify.annotations.NullMarked;
