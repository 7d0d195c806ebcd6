package io.modelfleet.simulator.bench;

import io.modelfleet.simulator.fleet.JavaProcess;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.regex.Pattern;

/** A coordinator in a JVM of its own, and what the operating system says of it (Linux). */
final class CoordinatorProcess implements AutoCloseable {
    private static final Pattern LISTENING =
            Pattern.compile(".*Coordinator is listening on (http://\\S+)");

    private final JavaProcess process;

    private CoordinatorProcess(JavaProcess process) {
        this.process = process;
    }

    static CoordinatorProcess start(Path jar, Path dataDir, URI registry, Path log)
            throws IOException {
        return new CoordinatorProcess(
                JavaProcess.start(
                        log,
                        LISTENING,
                        List.of(
                                "-Xmx256m",
                                "-jar",
                                jar.toString(),
                                "--port",
                                "0",
                                "--data-dir",
                                dataDir.toString(),
                                "--registry-url",
                                registry.toString(),
                                "--auto-distribution",
                                "false")));
    }

    URI url() {
        return URI.create(process.ready(1));
    }

    /** Processor time since its start. */
    Duration cpu() {
        return process.handle().info().totalCpuDuration().orElse(Duration.ZERO);
    }

    /** Resident memory in bytes: {@code VmRSS} now, {@code VmHWM} at its highest. */
    long memory(String field) throws IOException {
        return Files.readAllLines(Path.of("/proc", Long.toString(process.handle().pid()), "status"))
                .stream()
                .filter(line -> line.startsWith(field + ":"))
                .map(line -> line.replaceAll("\\D", ""))
                .mapToLong(kilobytes -> Long.parseLong(kilobytes) * 1024)
                .findFirst()
                .orElse(0);
    }

    /** As a crash would end it. */
    void kill() {
        process.kill();
    }

    @Override
    public void close() {
        process.close();
    }
}
