/** The dialog that sends a model to nodes, wherever it was opened from. */
@NullMarked
package io.modelfleet.console.distribution;

import org.jspecify.annotations.NullMarked;
