/** Routes, views and metrics. */
@NullMarked
package io.modelfleet.coordinator.http;

import org.jspecify.annotations.NullMarked;
