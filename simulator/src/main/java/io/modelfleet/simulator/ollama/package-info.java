/** A stand-in for Ollama: its HTTP API, its store on disk and the way it downloads. */
@NullMarked
package io.modelfleet.simulator.ollama;

import org.jspecify.annotations.NullMarked;
