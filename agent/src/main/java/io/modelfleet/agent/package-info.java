/** The agent: command line, settings, and the wiring of its packages. */
@NullMarked
package io.modelfleet.agent;

import org.jspecify.annotations.NullMarked;
