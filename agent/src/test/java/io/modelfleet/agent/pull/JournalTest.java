package io.modelfleet.agent.pull;

import static org.assertj.core.api.Assertions.assertThat;

import io.modelfleet.agent.standin.HandClock;
import io.modelfleet.protocol.Blob;
import io.modelfleet.protocol.Digest;
import io.modelfleet.protocol.ErrorCode;
import io.modelfleet.protocol.ModelName;
import io.modelfleet.protocol.TaskKind;
import io.modelfleet.protocol.TaskOrder;
import io.modelfleet.protocol.TaskStatus;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.UUID;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class JournalTest {
    @TempDir private Path directory;

    private Journal journal() {
        return new Journal(directory, new HandClock());
    }

    private static TaskOrder order(TaskKind kind) {
        return new TaskOrder(
                UUID.randomUUID(),
                kind,
                ModelName.parse("demo:40m"),
                null,
                List.of(new Blob(new Digest("a".repeat(64)), 40)));
    }

    @Test
    void whatIsSavedIsLoadedInItsOrder() throws IOException {
        List<Journal.Entry> entries =
                List.of(
                        new Journal.Entry(order(TaskKind.PULL), 0.4, 16, null, null, null, true),
                        new Journal.Entry(order(TaskKind.REMOVE), 0, 0, null, null, null, null),
                        new Journal.Entry(
                                order(TaskKind.PULL),
                                0.9,
                                36,
                                TaskStatus.FAILED,
                                "full",
                                ErrorCode.DISK_FULL,
                                null));
        journal().save(entries);
        assertThat(journal().load()).isEqualTo(entries);
    }

    @Test
    void nothingSavedIsNothingLoaded() {
        assertThat(journal().load()).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "{\"tasks\":[{\"order\"",
                "{\"tasks\":[{}]}",
                "{\"tasks\":[null]}",
                "\0\0\0\0",
                "{\"tasks\":[{\"order\":{\"task_id\":\"550e8400-e29b-41d4-a716-446655440000\",\"model\":\"a b\"}}]}"
            })
    void corruptJournalIsSetAside(String content) throws IOException {
        Files.writeString(directory.resolve("tasks.json"), content);
        assertThat(journal().load()).isEmpty();
        try (var files = Files.list(directory)) {
            assertThat(files.map(file -> file.getFileName().toString()))
                    .singleElement()
                    .asString()
                    .startsWith("tasks.json.corrupt-");
        }
    }
}
