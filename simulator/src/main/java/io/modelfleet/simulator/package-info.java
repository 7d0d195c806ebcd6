@NullMarked
package io.modelfleet.simulator;

import org.jspecify.annotations.NullMarked;
