package io.modelfleet.agent.link;

import io.modelfleet.agent.ollama.OllamaWatch;
import io.modelfleet.agent.pull.StoreSpace;
import java.util.Optional;
import java.util.function.Supplier;

/** Who is asked about the node each time; none of them may block for more than some seconds. */
public record NodeSources(
        OllamaWatch ollama, Supplier<NodeFigures> figures, Supplier<Optional<StoreSpace>> disk) {}
