@NullMarked
package io.modelfleet.console.shell;

import org.jspecify.annotations.NullMarked;
