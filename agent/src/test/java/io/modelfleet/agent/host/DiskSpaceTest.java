package io.modelfleet.agent.host;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class DiskSpaceTest {
    @TempDir Path folder;

    @Test
    void aFolderIsOnTheDiskThatHoldsIt() throws IOException {
        DiskSpace space = DiskSpace.holding(folder).orElseThrow();

        assertThat(space.total()).isEqualTo(Files.getFileStore(folder).getTotalSpace());
        assertThat(space.usable()).isBetween(0L, space.total());
    }

    @Test
    void aFolderThatDoesNotExistYetIsOnTheDiskOfItsNearestAncestor() {
        DiskSpace there = DiskSpace.holding(folder).orElseThrow();
        DiskSpace notYet = DiskSpace.holding(folder.resolve("a/b/c")).orElseThrow();

        assertThat(notYet.total()).isEqualTo(there.total());
    }

    @Test
    void aRelativeFolderIsUnderstood() {
        assertThat(DiskSpace.holding(Path.of("no-such-folder/models"))).isPresent();
    }

    @Test
    void whatTheEnvironmentSaysIsTheModelStore() {
        assertThat(
                        ModelStore.locate(
                                Map.of("OLLAMA_MODELS", "/data/models"),
                                Path.of("/home/u"),
                                folder))
                .isEqualTo(Path.of("/data/models"));
    }

    @Test
    void theServicesFolderIsTheModelStoreWhereItExists() {
        assertThat(ModelStore.locate(Map.of("OLLAMA_MODELS", " "), Path.of("/home/u"), folder))
                .isEqualTo(folder);
    }

    @Test
    void otherwiseTheModelStoreIsInTheHomeFolder() {
        Path missing = folder.resolve("missing");

        assertThat(ModelStore.locate(Map.of(), Path.of("/home/u"), missing))
                .isEqualTo(Path.of("/home/u/.ollama/models"));
    }
}
