package io.modelfleet.agent.gpu;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/** Runs commands as processes of this machine. */
public final class ProcessRunner implements CommandRunner {
    /** Far more than any of these commands has to say. */
    private static final int LONGEST_OUTPUT_BYTES = 1 << 20;

    @Override
    public CommandOutcome run(List<String> command, Duration limit) {
        Process process;
        try {
            ProcessBuilder builder = new ProcessBuilder(command);
            builder.environment().put("LC_ALL", "C");
            process = builder.redirectError(ProcessBuilder.Redirect.DISCARD).start();
        } catch (IOException notThere) {
            return new CommandOutcome.NotStarted();
        }
        long deadline = System.nanoTime() + limit.toNanos();
        try {
            process.getOutputStream().close();
            String output = output(process).get(remaining(deadline), TimeUnit.NANOSECONDS);
            if (process.waitFor(remaining(deadline), TimeUnit.NANOSECONDS)) {
                return new CommandOutcome.Finished(process.exitValue(), output);
            }
            return new CommandOutcome.TimedOut();
        } catch (TimeoutException e) {
            return new CommandOutcome.TimedOut();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return new CommandOutcome.TimedOut();
        } catch (IOException | ExecutionException brokenPipe) {
            return new CommandOutcome.TimedOut();
        } finally {
            kill(process);
        }
    }

    private static long remaining(long deadline) {
        return Math.max(0, deadline - System.nanoTime());
    }

    /** In a thread of its own: a read from a pipe cannot be given a time limit. */
    private static CompletableFuture<String> output(Process process) {
        CompletableFuture<String> output = new CompletableFuture<>();
        Thread.ofPlatform()
                .name("command-output")
                .daemon()
                .start(
                        () -> {
                            try (InputStream stream = process.getInputStream()) {
                                byte[] bytes = stream.readNBytes(LONGEST_OUTPUT_BYTES);
                                output.complete(new String(bytes, StandardCharsets.UTF_8));
                            } catch (IOException e) {
                                output.completeExceptionally(e);
                            }
                        });
        return output;
    }

    /** Descendants first: they are no longer known once their parent is gone. */
    private static void kill(Process process) {
        process.descendants().forEach(ProcessHandle::destroyForcibly);
        process.destroyForcibly();
    }
}
