package io.modelfleet.coordinator.db;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * What a kill leaves is the file as it is after the last commit. H2 2.5.252 fails here: it loses
 * the last commit whenever it was written into reused space.
 */
class CommitDurabilityTest {
    private static final String FILE = "modelfleet.mv.db";
    private static final int COMMITS = 60;

    @TempDir private Path directory;

    @Test
    void theFileHoldsEveryCommitAtEveryMoment() throws Exception {
        Path original = Files.createDirectories(directory.resolve("original"));
        try (Database database = Database.embedded(original)) {
            database.start();
            // Else space is reused only after 45 s.
            database.client().execute().dml("SET RETENTION_TIME 0");
            for (int i = 0; i < COMMITS; i++) {
                long version = database.write((transaction, next) -> next);
                assertThat(versionIn(copyOf(original))).isEqualTo(version);
            }
        }
    }

    private Path copyOf(Path original) throws IOException {
        Path copy = Files.createTempDirectory(directory, "copy");
        Files.copy(original.resolve(FILE), copy.resolve(FILE));
        return copy;
    }

    private static long versionIn(Path copy) {
        try (Database database = Database.embedded(copy)) {
            database.start();
            return database.version();
        }
    }
}
