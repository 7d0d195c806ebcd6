@NullMarked
package io.modelfleet.console;

import org.jspecify.annotations.NullMarked;
