/**
 * The machine that the agent runs on: its name, how busy its processor and memory are, and how much
 * room the disk with Ollama's models has. Stands alone: nothing here knows the rest of the agent.
 */
@NullMarked
package io.modelfleet.agent.host;

import org.jspecify.annotations.NullMarked;
