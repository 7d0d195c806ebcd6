package io.modelfleet.simulator.demo;

import io.modelfleet.service.LogFormatter;
import io.modelfleet.service.StartException;
import io.modelfleet.simulator.fleet.SimulatedFleet;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.Optional;
import java.util.concurrent.CountDownLatch;
import java.util.stream.Stream;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** Runs a coordinator and six simulated nodes until Ctrl+C, and says what can be tried. */
@Command(
        name = "demo",
        mixinStandardHelpOptions = true,
        description = "A whole fleet on this machine.")
public final class DemoMain implements Runnable {
    @Option(
            names = "--port",
            defaultValue = "8080",
            description = "the coordinator's port (${DEFAULT-VALUE})")
    private int port;

    @Option(
            names = "--console",
            arity = "1",
            defaultValue = "true",
            description = "whether the console's window is opened (${DEFAULT-VALUE})")
    private boolean console;

    public static void main(String[] arguments) {
        LogFormatter.install();
        CommandLine line = new CommandLine(new DemoMain());
        line.setExecutionExceptionHandler(
                (e, command, ignored) -> {
                    if (e instanceof StartException) {
                        command.getErr().println("demo: " + e.getMessage());
                        command.getErr().println("      Choose another port with -Ddemo.port=8090");
                        return 1;
                    }
                    throw e;
                });
        System.exit(line.execute(arguments));
    }

    @Override
    public void run() {
        Path directory = temporaryFolder();
        SimulatedFleet fleet = new SimulatedFleet(DemoFleet.spec(port), directory);
        CountDownLatch stop = new CountDownLatch(1);
        Runtime.getRuntime()
                .addShutdownHook(
                        Thread.ofPlatform()
                                .name("demo-shutdown")
                                .unstarted(
                                        () -> {
                                            fleet.close();
                                            delete(directory);
                                            stop.countDown();
                                        }));
        fleet.start();
        try (DemoControl control = new DemoControl(fleet.nodes())) {
            control.start();
            System.out.println(advice(fleet.url(), control.port()));
            System.out.println(console(fleet.url()));
            stop.await();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private String console(URI url) {
        Optional<String> obstacle =
                console
                        ? DemoConsole.obstacle(System.getProperty("os.name", ""), System.getenv())
                        : Optional.of("it was not wanted");
        if (obstacle.isEmpty()) {
            try {
                Process window = DemoConsole.open(url);
                Runtime.getRuntime().addShutdownHook(new Thread(window::destroy, "demo-console"));
                return "The console's window is opening.\n";
            } catch (IOException e) {
                obstacle = Optional.of(String.valueOf(e.getMessage()));
            }
        }
        return """
                The console was not opened: %s. Where there is a display, this opens it:

                  mvn -pl console-app -Pconsole '-Dconsole.arguments=--connect %s'
                """
                .formatted(obstacle.get(), url);
    }

    private static String advice(URI url, int controlPort) {
        return """

                Modelfleet demo: a coordinator at %1$s and six simulated nodes with real agents.
                Model sizes are scaled down (1 GB of the real model is about 10 MB here); bytes and digests are real.
                Each node is getting the model that suits its GPU memory. Try, in another terminal:

                  curl %1$s/api/agents | jq '.[] | {id, machine_name, status, gpu_model}'
                  curl '%1$s/api/tasks?status=downloading' | jq '.tasks[] | {model_name, progress, download_speed_bps}'
                  curl %1$s/api/models/available | jq
                  curl -X POST %1$s/api/models/distribute -H 'Content-Type: application/json' \\
                    -d '{"model_name": "mistral:7b", "target": "all"}'

                Take a machine away and bring it back:

                  curl -X POST http://127.0.0.1:%2$d/nodes/gpu-6gb/stop
                  curl -X POST http://127.0.0.1:%2$d/nodes/gpu-6gb/start

                Ctrl+C ends it; nothing is left behind.
                """
                .formatted(url, controlPort);
    }

    private static Path temporaryFolder() {
        try {
            return Files.createTempDirectory("modelfleet-demo-");
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static void delete(Path folder) {
        try (Stream<Path> files = Files.walk(folder)) {
            files.sorted(Comparator.reverseOrder()).forEach(DemoMain::deleteOne);
        } catch (IOException | UncheckedIOException e) {
            System.err.println("demo: " + folder + " could not be deleted: " + e.getMessage());
        }
    }

    private static void deleteOne(Path file) {
        try {
            Files.deleteIfExists(file);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
