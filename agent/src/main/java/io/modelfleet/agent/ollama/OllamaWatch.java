package io.modelfleet.agent.ollama;

import io.modelfleet.protocol.OllamaState;
import org.jspecify.annotations.Nullable;

/** Looks at Ollama when asked, remembers what it saw, and logs when Ollama comes or goes. */
public final class OllamaWatch {
    private static final System.Logger LOG = System.getLogger(OllamaWatch.class.getName());

    private final OllamaClient client;
    private volatile OllamaSight last = OllamaSight.UNREACHABLE;
    private volatile boolean looked;

    public OllamaWatch(OllamaClient client) {
        this.client = client;
    }

    /** Asks Ollama anew; blocks for some seconds at most. */
    public OllamaSight look() {
        OllamaSight sight = ask();
        if (!looked || sight.state() != last.state()) {
            announce(sight);
        }
        looked = true;
        last = sight;
        return sight;
    }

    /** What the last look showed. */
    public OllamaSight last() {
        return last;
    }

    private OllamaSight ask() {
        String version = value(client.version());
        if (version == null) {
            return OllamaSight.UNREACHABLE;
        }
        return new OllamaSight(OllamaState.OK, version, value(client.tags()), value(client.ps()));
    }

    private static <T> @Nullable T value(OllamaReply<T> reply) {
        return reply instanceof OllamaReply.Ok<T> ok ? ok.value() : null;
    }

    private static void announce(OllamaSight sight) {
        if (sight.state() == OllamaState.OK) {
            LOG.log(System.Logger.Level.INFO, "Ollama reachable: version={0}", sight.version());
        } else {
            LOG.log(
                    System.Logger.Level.WARNING,
                    "Ollama is not reachable; pulls start when it comes");
        }
    }
}
