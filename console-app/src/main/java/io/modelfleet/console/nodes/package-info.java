/** The page of all nodes: what each machine has, holds and does. */
@NullMarked
package io.modelfleet.console.nodes;

import org.jspecify.annotations.NullMarked;
