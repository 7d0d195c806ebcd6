package io.modelfleet.simulator.demo;

import java.io.IOException;
import java.net.URI;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** The console's window on the demo's fleet, in a process of its own, where there is a display. */
final class DemoConsole {
    /** By name, because the simulator knows no console; the demo is started with both. */
    private static final String MAIN = "io.modelfleet.console.Main";

    private DemoConsole() {}

    /** Why no window can be opened; empty when one can. */
    static Optional<String> obstacle(String system, Map<String, String> environment) {
        boolean windows = system.startsWith("Windows") || system.startsWith("Mac");
        boolean display =
                environment.containsKey("DISPLAY") || environment.containsKey("WAYLAND_DISPLAY");
        return windows || display ? Optional.empty() : Optional.of("there is no display here");
    }

    /** The window; it is closed with the demo, and may be closed before. */
    static Process open(URI coordinator) throws IOException {
        return new ProcessBuilder(
                        List.of(
                                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                                "--enable-native-access=ALL-UNNAMED",
                                "-classpath",
                                System.getProperty("java.class.path"),
                                MAIN,
                                "--connect",
                                coordinator.toString()))
                .inheritIO()
                .start();
    }
}
