package io.modelfleet.simulator.fleet;

import java.io.BufferedReader;
import java.io.BufferedWriter;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.TimeUnit;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * A program in a JVM of its own, with its output in a file. Ended by its process id, politely or
 * not.
 */
public final class JavaProcess implements AutoCloseable {
    private static final Duration START = Duration.ofSeconds(60);
    private static final Duration STOP = Duration.ofSeconds(10);

    /** None of them outlives this process, however it is ended. */
    private static final Set<Process> RUNNING = ConcurrentHashMap.newKeySet();

    static {
        Runtime.getRuntime()
                .addShutdownHook(
                        new Thread(
                                () -> RUNNING.forEach(Process::destroyForcibly), "kill-children"));
    }

    private final Process process;
    private final Path log;
    private final Matcher ready;

    private JavaProcess(Process process, Path log, Matcher ready) {
        this.process = process;
        this.log = log;
        this.ready = ready;
    }

    /**
     * Starts a program and waits until it says that it is ready.
     *
     * @param log its output, both streams; appended to
     * @param readyLine what the line looks like that says so
     * @param arguments of {@code java}
     * @throws IOException when it cannot be started, ends, or does not become ready within a minute
     */
    public static JavaProcess start(Path log, Pattern readyLine, List<String> arguments)
            throws IOException {
        List<String> command = new ArrayList<>();
        command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
        command.addAll(arguments);
        Process process = new ProcessBuilder(command).redirectErrorStream(true).start();
        RUNNING.add(process);
        CompletableFuture<Matcher> ready = new CompletableFuture<>();
        Thread.ofPlatform()
                .name("output-" + process.pid())
                .daemon()
                .start(() -> follow(process, log, readyLine, ready));
        try {
            return new JavaProcess(
                    process, log, ready.orTimeout(START.toSeconds(), TimeUnit.SECONDS).join());
        } catch (RuntimeException e) {
            process.destroyForcibly();
            throw new IOException(command + " did not become ready; its output is in " + log, e);
        }
    }

    private static void follow(
            Process process, Path log, Pattern readyLine, CompletableFuture<Matcher> ready) {
        try (BufferedReader lines = process.inputReader(StandardCharsets.UTF_8);
                BufferedWriter out =
                        Files.newBufferedWriter(
                                log, StandardOpenOption.CREATE, StandardOpenOption.APPEND)) {
            for (String line = lines.readLine(); line != null; line = lines.readLine()) {
                out.write(line + "\n");
                out.flush();
                Matcher matcher = readyLine.matcher(line);
                if (matcher.matches()) {
                    ready.complete(matcher);
                }
            }
            RUNNING.remove(process);
            ready.completeExceptionally(new IOException("the program ended"));
        } catch (IOException e) {
            ready.completeExceptionally(e);
        }
    }

    /** A group of the line that said that the program is ready. */
    public String ready(int group) {
        return ready.group(group);
    }

    public ProcessHandle handle() {
        return process.toHandle();
    }

    /** All that it printed so far. */
    public String output() {
        try {
            return Files.readString(log);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Ends it at once, as a crash would ({@code SIGKILL}). */
    public void kill() {
        process.destroyForcibly();
        await();
    }

    /** Stands still as a whole ({@code SIGSTOP}; not on Windows) until {@link #resume}. */
    public void pause() {
        signal("-STOP");
    }

    /** Goes on after {@link #pause} ({@code SIGCONT}). */
    public void resume() {
        signal("-CONT");
    }

    private void signal(String signal) {
        try {
            new ProcessBuilder("kill", signal, Long.toString(process.pid())).start().waitFor();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    /** Asks it to end ({@code SIGTERM}) and waits; kills it when it does not. */
    @Override
    public void close() {
        process.destroy();
        if (!await()) {
            kill();
        }
    }

    /** Exit status of the ended process. */
    public int exitValue() {
        return process.exitValue();
    }

    private boolean await() {
        try {
            return process.waitFor(STOP.toMillis(), TimeUnit.MILLISECONDS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return false;
        }
    }
}
