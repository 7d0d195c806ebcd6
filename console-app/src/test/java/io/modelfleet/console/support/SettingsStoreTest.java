package io.modelfleet.console.support;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.DisabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;

class SettingsStoreTest {
    private static final Connection LAB =
            new Connection("lab", URI.create("http://lab:8080"), "mf_secret");

    @TempDir private Path folder;

    @Test
    void givesBackWhatWasSaved() throws IOException {
        Settings settings =
                Settings.DEFAULT
                        .with(LAB)
                        .withTheme(ThemeChoice.DARK)
                        .withLanguage(Language.JA)
                        .withPollSeconds(5);
        new SettingsStore(folder.resolve("new/folder")).save(settings);
        assertThat(new SettingsStore(folder.resolve("new/folder")).load()).isEqualTo(settings);
    }

    @Test
    void startsWithDefaults() {
        assertThat(new SettingsStore(folder).load()).isEqualTo(Settings.DEFAULT);
    }

    @Test
    @DisabledOnOs(value = OS.WINDOWS, disabledReason = "the user's profile protects it there")
    void onlyItsOwnerCanReadIt() throws IOException {
        new SettingsStore(folder).save(Settings.DEFAULT.with(LAB));
        new SettingsStore(folder).save(Settings.DEFAULT.with(LAB));
        assertThat(
                        PosixFilePermissions.toString(
                                Files.getPosixFilePermissions(folder.resolve("console.json"))))
                .isEqualTo("rw-------");
    }

    @Test
    void aDamagedFileIsKeptAndReplacedByDefaults() throws IOException {
        Files.writeString(folder.resolve("console.json"), "{\"connections\":[{\"na");
        assertThat(new SettingsStore(folder).load()).isEqualTo(Settings.DEFAULT);
        assertThat(folder.resolve("console.json.damaged")).exists();
    }

    @Test
    void aFileOfAnOlderVersionIsCompleted() throws IOException {
        Files.writeString(folder.resolve("console.json"), "{\"theme\":\"DARK\"}");
        Settings loaded = new SettingsStore(folder).load();
        assertThat(loaded.theme()).isEqualTo(ThemeChoice.DARK);
        assertThat(loaded.connections()).isEmpty();
        assertThat(loaded.pollSeconds()).isEqualTo(1);
    }

    @Test
    void aConnectionOfTheSameNameIsReplaced() {
        Settings settings =
                Settings.DEFAULT
                        .with(LAB)
                        .with(new Connection("lab", URI.create("http://lab:9090"), null));
        assertThat(settings.connections())
                .extracting(Connection::address)
                .isEqualTo(List.of(URI.create("http://lab:9090")));
        assertThat(settings.activeConnection()).isPresent();
        assertThat(settings.without("lab").activeConnection()).isEmpty();
    }

    @Test
    void noTokenReachesALog() {
        assertThat(LAB.toString()).doesNotContain("secret");
        assertThat(Settings.DEFAULT.with(LAB).toString()).doesNotContain("secret");
    }

    @Test
    void eachSystemHasItsPlace() {
        Path home = Path.of("/home/ann");
        assertThat(ConfigFolder.of("Linux", home, Map.of()))
                .isEqualTo(home.resolve(".config/modelfleet"));
        assertThat(ConfigFolder.of("Linux", home, Map.of("XDG_CONFIG_HOME", "/cfg")))
                .isEqualTo(Path.of("/cfg/modelfleet"));
        assertThat(ConfigFolder.of("Mac OS X", home, Map.of()))
                .isEqualTo(home.resolve("Library/Application Support/modelfleet"));
    }
}
