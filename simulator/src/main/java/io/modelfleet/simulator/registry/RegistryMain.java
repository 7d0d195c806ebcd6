package io.modelfleet.simulator.registry;

import io.modelfleet.protocol.ModelName;
import io.modelfleet.simulator.wire.Throttle;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.concurrent.CountDownLatch;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/**
 * The registry stand-in as a process of its own. It prints {@code listening on
 * http://127.0.0.1:<port>} when it is ready, and takes faults at {@code /_control} (see {@link
 * io.modelfleet.simulator.wire.ControlRoute}).
 */
@Command(name = "registry-stand-in", mixinStandardHelpOptions = true)
public final class RegistryMain implements Runnable {
    @Option(names = "--port", defaultValue = "0", description = "0 for any free one")
    private int port;

    @Option(names = "--model", description = "name=bytes, as often as wanted")
    private Map<String, Long> models = new LinkedHashMap<>();

    @Option(names = "--bandwidth", description = "bytes per second, for all clients together")
    private long bandwidth = Throttle.UNLIMITED;

    private RegistryMain() {}

    public static void main(String[] arguments) {
        int status = new CommandLine(new RegistryMain()).execute(arguments);
        if (status != 0) {
            System.exit(status);
        }
    }

    @Override
    public void run() {
        RegistryStandIn registry = new RegistryStandIn();
        models.forEach((name, size) -> registry.addModel(ModelName.parse(name), size));
        registry.bandwidth(bandwidth);
        registry.start(port);
        Runtime.getRuntime().addShutdownHook(new Thread(registry::close, "stop"));
        System.out.println("listening on " + registry.url());
        try {
            new CountDownLatch(1).await();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
