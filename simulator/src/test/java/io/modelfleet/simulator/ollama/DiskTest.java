package io.modelfleet.simulator.ollama;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class DiskTest {
    @TempDir private Path directory = Path.of("");
    private final Disk disk = new Disk(100);

    private Path file(String name) throws Exception {
        return Files.write(directory.resolve(name), new byte[0]);
    }

    @Test
    void grantsOnlyWhatIsLeft() throws Exception {
        assertThat(disk.resize(file("a"), 70)).isEqualTo(70);
        assertThat(disk.resize(file("b"), 70)).isEqualTo(30);
        assertThat(disk.free()).isZero();
        assertThat(disk.resize(file("a"), 10)).isEqualTo(10);
        assertThat(disk.free()).isEqualTo(60);
    }

    @Test
    void aPartThatIsWrittenAgainNeedsNoNewRoom() throws Exception {
        Path partial = file("blob-partial");
        assertThat(disk.grow(partial, 0, 90)).isEqualTo(90);
        assertThat(disk.grow(partial, 0, 20)).isEqualTo(20);
        assertThat(disk.grow(partial, 1, 20)).isEqualTo(10);
        assertThat(disk.free()).isZero();

        disk.rename(partial, file("blob"), 95);
        assertThat(disk.free()).isEqualTo(5);
    }

    @Test
    void filesThatWereDeletedByHandCountNoMore() throws Exception {
        Path partial = file("blob-partial");
        disk.grow(partial, 0, 90);
        Files.delete(partial);

        assertThat(disk.free()).isEqualTo(100);
    }
}
