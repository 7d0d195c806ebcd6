@NullMarked
package io.modelfleet.console.tasks;

import org.jspecify.annotations.NullMarked;
