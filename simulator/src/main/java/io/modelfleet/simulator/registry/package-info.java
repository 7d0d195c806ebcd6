/** A model registry with real bytes: manifests, blobs, ranges and the redirect Ollama asks for. */
@NullMarked
package io.modelfleet.simulator.registry;

import org.jspecify.annotations.NullMarked;
