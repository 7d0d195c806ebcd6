@NullMarked
package io.modelfleet.console.nodes;

import org.jspecify.annotations.NullMarked;
