/** Tells what became of distributions, wherever the operator is looking. */
@NullMarked
package io.modelfleet.console.outcome;

import org.jspecify.annotations.NullMarked;
