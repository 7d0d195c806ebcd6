package io.modelfleet.console.tasks;

import io.modelfleet.console.page.PageContext;
import io.modelfleet.protocol.Task;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.time.temporal.ChronoUnit;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;

/** Writes tasks to a file, with the field names of the HTTP contract as the first row. */
final class TaskExport {
    private static final List<String> HEADER =
            List.of(
                    "id",
                    "kind",
                    "status",
                    "node",
                    "agent_id",
                    "model_name",
                    "progress",
                    "bytes_completed",
                    "bytes_total",
                    "download_speed_bps",
                    "eta_seconds",
                    "attempt",
                    "error_code",
                    "error",
                    "retry_of",
                    "created_at",
                    "started_at",
                    "updated_at",
                    "completed_at");

    private final PageContext context;
    private final FileChoice choice;

    /** Asks the operator where a file shall be. */
    @FunctionalInterface
    interface FileChoice {
        /**
         * @param name what the file could be called
         * @return absent when the operator thought better of it
         */
        Optional<Path> choose(String name);
    }

    TaskExport(PageContext context, FileChoice choice) {
        this.context = context;
        this.choice = choice;
    }

    /** Asks for a place, and writes there. */
    void export(List<TaskFacts> tasks) {
        String day = context.clock().instant().truncatedTo(ChronoUnit.DAYS).toString();
        choice.choose("tasks-" + day.substring(0, day.indexOf('T')) + ".csv")
                .ifPresent(file -> write(file, tasks));
    }

    private void write(Path file, List<TaskFacts> tasks) {
        context.threads()
                .call(
                        () -> failure(file, csv(tasks)),
                        failure ->
                                failure.ifPresentOrElse(
                                        reason ->
                                                context.notifier()
                                                        .failure(
                                                                context.text(
                                                                        "tasks.export.failed",
                                                                        file,
                                                                        reason)),
                                        () ->
                                                context.notifier()
                                                        .success(
                                                                context.text(
                                                                        "tasks.exported",
                                                                        tasks.size(),
                                                                        file))));
    }

    static String csv(List<TaskFacts> tasks) {
        CsvText text = new CsvText().row(HEADER);
        for (TaskFacts facts : tasks) {
            Task task = facts.task();
            text.row(
                    Arrays.asList(
                            task.id(),
                            task.kind().wire(),
                            task.status().wire(),
                            facts.node(),
                            task.agentId(),
                            task.modelName(),
                            task.progress(),
                            task.bytesCompleted(),
                            task.bytesTotal(),
                            task.downloadSpeedBps(),
                            task.etaSeconds(),
                            task.attempt(),
                            task.errorCode(),
                            task.error(),
                            task.retryOf(),
                            task.createdAt(),
                            task.startedAt(),
                            task.updatedAt(),
                            task.completedAt()));
        }
        return text.toString();
    }

    /** Writes beside the file first: what was there stays whole until the new one is. */
    private static Optional<String> failure(Path file, String text) {
        Path temporary = file.resolveSibling(file.getFileName() + ".new");
        try {
            Files.write(temporary, text.getBytes(StandardCharsets.UTF_8));
            Files.move(temporary, file, StandardCopyOption.REPLACE_EXISTING);
            return Optional.empty();
        } catch (IOException e) {
            return Optional.of(e.toString());
        }
    }
}
