package io.modelfleet.service;

import java.nio.file.Path;
import java.util.Map;
import java.util.Optional;

/**
 * Where a service keeps its files when it is not told: the place that the operating system has for
 * a user's data.
 */
public final class DataFolder {
    private DataFolder() {}

    /**
     * @param service {@code coordinator} or {@code agent}
     */
    public static Path of(String service) {
        return of(
                service,
                System.getProperty("os.name", ""),
                Path.of(System.getProperty("user.home")),
                System.getenv());
    }

    static Path of(String service, String system, Path home, Map<String, String> environment) {
        return base(system, home, environment).resolve("modelfleet").resolve(service);
    }

    private static Path base(String system, Path home, Map<String, String> environment) {
        if (system.startsWith("Windows")) {
            return Optional.ofNullable(environment.get("LOCALAPPDATA"))
                    .map(Path::of)
                    .orElse(home.resolve("AppData").resolve("Local"));
        }
        if (system.startsWith("Mac")) {
            return home.resolve("Library").resolve("Application Support");
        }
        return Optional.ofNullable(environment.get("XDG_DATA_HOME"))
                .filter(path -> path.startsWith("/"))
                .map(Path::of)
                .orElse(home.resolve(".local").resolve("share"));
    }
}
