package io.modelfleet.agent.gpu;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;

class NvmlLibraryTest {
    @TempDir Path folder;

    @Test
    void aLibraryThatIsNowhereIsEmpty() {
        String missing = folder.resolve("libnvidia-ml.so.1").toString();

        assertThat(NvmlLibrary.first(List.of(missing, "libno-such-library.so.1"))).isEmpty();
    }

    @Test
    void aFileThatIsNoLibraryIsPassedOver() throws IOException {
        Path file = Files.writeString(folder.resolve("libnvidia-ml.so.1"), "not a library");

        assertThat(NvmlLibrary.first(List.of(file.toString()))).isEmpty();
    }

    @Test
    @EnabledOnOs(value = OS.LINUX, disabledReason = "names a library that every glibc system has")
    void theFirstThatCanBeLoadedIsTaken() {
        assertThat(NvmlLibrary.first(List.of("libno-such-library.so.1", "libm.so.6")))
                .get()
                .satisfies(library -> assertThat(library.find("cos")).isPresent());
    }
}
