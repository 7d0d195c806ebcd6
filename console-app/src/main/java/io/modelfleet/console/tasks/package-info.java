/** The page of all tasks: what is under way, what went wrong, and what to do about it. */
@NullMarked
package io.modelfleet.console.tasks;

import org.jspecify.annotations.NullMarked;
