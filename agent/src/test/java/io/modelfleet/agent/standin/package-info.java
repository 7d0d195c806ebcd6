/** What stands in for the agent's neighbours in tests: real sockets, scripted answers. */
@NullMarked
package io.modelfleet.agent.standin;

import org.jspecify.annotations.NullMarked;
