package io.modelfleet.simulator.ollama;

import io.modelfleet.simulator.wire.Throttle;
import java.net.URI;
import java.nio.file.Path;
import java.util.concurrent.CountDownLatch;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/**
 * The Ollama stand-in as a process of its own. It prints {@code listening on
 * http://127.0.0.1:<port>} when it is ready, and takes faults at {@code /_control} (see {@link
 * io.modelfleet.simulator.wire.ControlRoute}). SIGTERM is a polite stop, SIGKILL a hard one.
 */
@Command(name = "ollama-stand-in", mixinStandardHelpOptions = true)
public final class OllamaMain implements Runnable {
    @Option(names = "--port", defaultValue = "0", description = "0 for any free one")
    private int port;

    @Option(names = "--dir", required = true, description = "the model store")
    private Path directory = Path.of("");

    @Option(names = "--registry-url", required = true, description = "for registry.ollama.ai")
    private URI registry = URI.create("");

    @Option(names = "--bandwidth", description = "bytes per second")
    private long bandwidth = Throttle.UNLIMITED;

    @Option(names = "--disk", description = "bytes")
    private long disk = OllamaSettings.ROOMY;

    @Option(names = "--part-size", description = "bytes of one ranged request")
    private long partSize = PullTiming.LIKE_OLLAMA.partSize();

    private OllamaMain() {}

    public static void main(String[] arguments) {
        int status = new CommandLine(new OllamaMain()).execute(arguments);
        if (status != 0) {
            System.exit(status);
        }
    }

    @Override
    public void run() {
        OllamaStandIn ollama =
                new OllamaStandIn(
                        OllamaSettings.of(directory, registry)
                                .withBandwidth(bandwidth)
                                .withDisk(disk)
                                .withTiming(PullTiming.LIKE_OLLAMA.withPartSize(partSize)));
        ollama.start(port);
        Runtime.getRuntime().addShutdownHook(new Thread(ollama::close, "stop"));
        System.out.println("listening on " + ollama.url());
        try {
            new CountDownLatch(1).await();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
