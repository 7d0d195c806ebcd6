/** Ollama's HTTP API as the agent uses it (v0.33). Knows no task and no coordinator. */
@NullMarked
package io.modelfleet.agent.ollama;

import org.jspecify.annotations.NullMarked;
