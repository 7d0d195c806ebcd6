@NullMarked
package io.modelfleet.agent.ollama;

import org.jspecify.annotations.NullMarked;
