package io.modelfleet.service;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.Test;

class DataFolderTest {
    private static final Path HOME = Path.of("home", "user");

    @Test
    void linuxHasItUnderLocalShareOrWhereTheDesktopSays() {
        assertThat(DataFolder.of("agent", "Linux", HOME, Map.of()))
                .isEqualTo(HOME.resolve(".local/share/modelfleet/agent"));
        assertThat(DataFolder.of("agent", "Linux", HOME, Map.of("XDG_DATA_HOME", "/data")))
                .isEqualTo(Path.of("/data/modelfleet/agent"));
    }

    @Test
    void aRelativeOrEmptyXdgFolderDoesNotCount() {
        assertThat(DataFolder.of("agent", "Linux", HOME, Map.of("XDG_DATA_HOME", "data")))
                .isEqualTo(DataFolder.of("agent", "Linux", HOME, Map.of("XDG_DATA_HOME", "")))
                .isEqualTo(HOME.resolve(".local/share/modelfleet/agent"));
    }

    @Test
    void macHasItUnderApplicationSupport() {
        assertThat(DataFolder.of("coordinator", "Mac OS X", HOME, Map.of("XDG_DATA_HOME", "/d")))
                .isEqualTo(HOME.resolve("Library/Application Support/modelfleet/coordinator"));
    }

    @Test
    void windowsHasItUnderLocalAppData() {
        assertThat(DataFolder.of("agent", "Windows 11", HOME, Map.of("LOCALAPPDATA", "local")))
                .isEqualTo(Path.of("local", "modelfleet", "agent"));
        assertThat(DataFolder.of("agent", "Windows 11", HOME, Map.of()))
                .isEqualTo(HOME.resolve("AppData/Local/modelfleet/agent"));
    }

    @Test
    void thisMachineHasOneToo() {
        assertThat(DataFolder.of("agent")).isAbsolute().endsWithRaw(Path.of("modelfleet", "agent"));
    }
}
