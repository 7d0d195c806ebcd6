package io.modelfleet.simulator.bench;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** A coordinator in a JVM of its own, and what the operating system says of it (Linux). */
final class CoordinatorProcess implements AutoCloseable {
    private static final Pattern LISTENING =
            Pattern.compile(".*Coordinator is listening on (http://\\S+)");
    private static final Duration START = Duration.ofSeconds(30);

    private final Process process;
    private final URI url;

    private CoordinatorProcess(Process process, URI url) {
        this.process = process;
        this.url = url;
    }

    static CoordinatorProcess start(Path jar, Path dataDir, URI registry, Path log)
            throws IOException {
        List<String> command =
                new ArrayList<>(
                        List.of(
                                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
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
                                "false"));
        Process process = new ProcessBuilder(command).redirectErrorStream(true).start();
        CompletableFuture<URI> url = new CompletableFuture<>();
        Thread.ofPlatform()
                .name("coordinator-output")
                .daemon()
                .start(() -> follow(process, log, url));
        return new CoordinatorProcess(
                process, url.orTimeout(START.toSeconds(), TimeUnit.SECONDS).join());
    }

    private static void follow(Process process, Path log, CompletableFuture<URI> url) {
        try (BufferedReader lines = process.inputReader(StandardCharsets.UTF_8);
                var out = Files.newBufferedWriter(log)) {
            for (String line = lines.readLine(); line != null; line = lines.readLine()) {
                out.write(line + "\n");
                Matcher matcher = LISTENING.matcher(line);
                if (matcher.matches()) {
                    url.complete(URI.create(matcher.group(1)));
                }
            }
            url.completeExceptionally(
                    new IllegalStateException("the coordinator ended; see " + log));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    URI url() {
        return url;
    }

    /** Processor time since its start. */
    Duration cpu() {
        return process.toHandle().info().totalCpuDuration().orElse(Duration.ZERO);
    }

    /** Resident memory in bytes: {@code VmRSS} now, {@code VmHWM} at its highest. */
    long memory(String field) throws IOException {
        return Files.readAllLines(Path.of("/proc", Long.toString(process.pid()), "status")).stream()
                .filter(line -> line.startsWith(field + ":"))
                .map(line -> line.replaceAll("\\D", ""))
                .mapToLong(kilobytes -> Long.parseLong(kilobytes) * 1024)
                .findFirst()
                .orElse(0);
    }

    @Override
    public void close() {
        process.destroy();
        try {
            if (!process.waitFor(10, TimeUnit.SECONDS)) {
                process.destroyForcibly();
            }
        } catch (InterruptedException e) {
            process.destroyForcibly();
            Thread.currentThread().interrupt();
        }
    }
}
