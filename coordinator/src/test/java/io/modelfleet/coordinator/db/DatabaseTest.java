package io.modelfleet.coordinator.db;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.modelfleet.service.StartException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class DatabaseTest {
    @TempDir Path folder;

    @Test
    void fileThatIsNoDatabaseIsRefusedInOneSentence() throws Exception {
        Files.writeString(folder.resolve("modelfleet.mv.db"), "not a database".repeat(1000));
        try (Database database = Database.embedded(folder)) {
            assertThatThrownBy(database::start)
                    .isInstanceOf(StartException.class)
                    .hasMessageStartingWith("the database cannot be opened: ");
            assertThat(database.started()).isFalse();
        }
    }

    @Test
    void schemaOfANewerProgramIsRefused() {
        try (Database database = Database.embedded(folder)) {
            database.start();
            database.client()
                    .execute()
                    .dml(
                            """
                            INSERT INTO "flyway_schema_history" ("installed_rank", "version", "description", "type",
                                "script", "checksum", "installed_by", "execution_time", "success")
                            VALUES (99, '99', 'future', 'SQL', 'V99__future.sql', 1, 'x', 1, TRUE)
                            """);
        }
        try (Database older = Database.embedded(folder)) {
            assertThatThrownBy(older::start)
                    .isInstanceOf(StartException.class)
                    .hasMessageStartingWith("the database cannot be opened: ");
        }
    }

    @Test
    void failedTransactionLeavesNothing() {
        try (Database database = Database.embedded(folder)) {
            database.start();
            assertThatThrownBy(
                            () ->
                                    database.transaction(
                                            transaction -> {
                                                transaction.dml(
                                                        """
                                                        INSERT INTO node (id, machine_name, ip_address, ollama_port,
                                                            api_port, devices, models, tags, schedulable, presence,
                                                            registered_at, last_seen)
                                                        VALUES ('1', 'm', 'a', 1, 2, '[]', '[]', '[]', 1, 'ONLINE', 0, 0)
                                                        """);
                                                throw new IllegalStateException("half way");
                                            }))
                    .hasMessage("half way");
            assertThat(
                            database.client()
                                    .execute()
                                    .createQuery("SELECT id FROM node")
                                    .execute()
                                    .count())
                    .isZero();
        }
    }
}
