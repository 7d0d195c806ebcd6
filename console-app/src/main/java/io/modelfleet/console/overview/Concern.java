package io.modelfleet.console.overview;

import io.modelfleet.protocol.Agent;
import io.modelfleet.protocol.ModelName;
import io.modelfleet.protocol.Task;
import java.util.List;

/** Something that an operator should look at. Lists have at least one element. */
sealed interface Concern {
    /** The same text for the same concern in every state. */
    String key();

    Link link();

    /** A model that could not be brought to nodes, for one reason. */
    record Failed(ModelName model, String error, List<Task> tasks, Link link) implements Concern {
        @Override
        public String key() {
            return "failed " + model + " " + error;
        }
    }

    /** Failures of so many kinds that they are only counted. */
    record ManyFailed(List<Failed> all, Link link) implements Concern {
        @Override
        public String key() {
            return "failed";
        }
    }

    /** Nodes that have the same trouble: one, or so many that they share a line. */
    record Nodes(Trouble trouble, List<Agent> nodes, Link link) implements Concern {
        @Override
        public String key() {
            return nodes.size() == 1 ? trouble + " " + nodes.getFirst().id() : trouble.toString();
        }
    }

    /** What a node can suffer from. */
    enum Trouble {
        OFFLINE,
        OLLAMA,
        DISK
    }

    /** Models whose name means different things on different nodes. */
    record Drifted(List<Holdings.Drift> models, Link link) implements Concern {
        @Override
        public String key() {
            return models.size() == 1 ? "drift " + models.getFirst().name() : "drift";
        }
    }
}
