@NullMarked
package io.modelfleet.console.matrix;

import org.jspecify.annotations.NullMarked;
