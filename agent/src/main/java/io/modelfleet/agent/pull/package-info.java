/**
 * The node's tasks: their queue, their journal on disk, and the work itself, done through Ollama.
 */
@NullMarked
package io.modelfleet.agent.pull;

import org.jspecify.annotations.NullMarked;
