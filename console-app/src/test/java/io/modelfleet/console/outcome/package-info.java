@NullMarked
package io.modelfleet.console.outcome;

import org.jspecify.annotations.NullMarked;
