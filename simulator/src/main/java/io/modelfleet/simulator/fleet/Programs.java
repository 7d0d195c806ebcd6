package io.modelfleet.simulator.fleet;

import io.modelfleet.simulator.ollama.OllamaMain;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Pattern;

/**
 * The programs of a fleet, each started in a JVM of its own: the two products as users start them,
 * and the stand-in for Ollama.
 *
 * @param coordinatorJar with its libraries in {@code lib/} beside it
 * @param agentJar likewise
 * @param jvmFlags for all of them
 */
public record Programs(Path coordinatorJar, Path agentJar, List<String> jvmFlags) {
    private static final Pattern OLLAMA_READY = Pattern.compile("listening on (http://\\S+)");
    private static final Pattern COORDINATOR_READY =
            Pattern.compile(".*Coordinator is listening on (http://\\S+)");
    private static final Pattern AGENT_READY = Pattern.compile(".*Agent started: .*");

    public Programs {
        jvmFlags = List.copyOf(jvmFlags);
    }

    /** Those that the build has just made, named by the properties that it sets. */
    public static Programs built(List<String> jvmFlags) {
        return new Programs(jar("coordinator.jar"), jar("agent.jar"), jvmFlags);
    }

    private static Path jar(String property) {
        String path = System.getProperty(property);
        if (path == null) {
            throw new IllegalStateException("the build sets the property " + property);
        }
        return Path.of(path);
    }

    /**
     * Returns when it listens.
     *
     * @param log appended to
     * @throws IOException when it does not start within a minute
     */
    public JavaProcess coordinator(Path log, List<String> flags) throws IOException {
        return start(log, COORDINATOR_READY, List.of("-jar", coordinatorJar.toString()), flags);
    }

    /** Returns when its own API listens, whether or not its coordinator knows it. */
    public JavaProcess agent(Path log, List<String> flags) throws IOException {
        return start(log, AGENT_READY, List.of("-jar", agentJar.toString()), flags);
    }

    /** Returns when it listens. */
    public JavaProcess ollama(Path log, List<String> flags) throws IOException {
        List<String> program =
                List.of("-cp", System.getProperty("java.class.path"), OllamaMain.class.getName());
        return start(log, OLLAMA_READY, program, flags);
    }

    private JavaProcess start(Path log, Pattern ready, List<String> program, List<String> flags)
            throws IOException {
        List<String> arguments = new ArrayList<>(jvmFlags);
        arguments.addAll(program);
        arguments.addAll(flags);
        return JavaProcess.start(log, ready, arguments);
    }
}
