@NullMarked
package io.modelfleet.console.control;

import org.jspecify.annotations.NullMarked;
