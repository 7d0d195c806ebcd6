package io.modelfleet.console.support;

import java.nio.file.Path;
import java.util.Map;
import java.util.Optional;

/** Where the operating system wants a user's settings to be. */
public final class ConfigFolder {
    private ConfigFolder() {}

    /** The console's folder of the current user; it may not exist yet. */
    public static Path ofUser() {
        return of(
                System.getProperty("os.name", ""),
                Path.of(System.getProperty("user.home")),
                System.getenv());
    }

    static Path of(String system, Path home, Map<String, String> environment) {
        return base(system, home, environment).resolve("modelfleet");
    }

    private static Path base(String system, Path home, Map<String, String> environment) {
        if (system.startsWith("Windows")) {
            return Optional.ofNullable(environment.get("APPDATA"))
                    .map(Path::of)
                    .orElse(home.resolve("AppData").resolve("Roaming"));
        }
        if (system.startsWith("Mac")) {
            return home.resolve("Library").resolve("Application Support");
        }
        return Optional.ofNullable(environment.get("XDG_CONFIG_HOME"))
                .filter(path -> path.startsWith("/"))
                .map(Path::of)
                .orElse(home.resolve(".config"));
    }
}
