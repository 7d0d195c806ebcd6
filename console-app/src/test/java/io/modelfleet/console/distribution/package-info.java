@NullMarked
package io.modelfleet.console.distribution;

import org.jspecify.annotations.NullMarked;
