package io.modelfleet.agent.gpu;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.DirectoryIteratorException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import org.jspecify.annotations.Nullable;

/**
 * A folder of one-value files that a Linux driver offers. Any of them may be missing, and a read
 * may fail for a while (EBUSY while the GPU sleeps): both mean "not known".
 */
record SysfsFolder(Path path) {

    /** The file's text without white space around it; {@code null} when there is none. */
    @Nullable String text(String file) {
        try {
            String text =
                    new String(Files.readAllBytes(path.resolve(file)), StandardCharsets.UTF_8);
            return text.isBlank() ? null : text.strip();
        } catch (IOException notKnown) {
            return null;
        }
    }

    /** A decimal number that is not negative. */
    @Nullable Long number(String file) {
        String text = text(file);
        return text == null || !text.matches("\\d{1,18}") ? null : Long.valueOf(text);
    }

    /** The value of one {@code KEY=value} line of a file. */
    @Nullable String property(String file, String key) {
        String text = text(file);
        return text == null
                ? null
                : text.lines()
                        .filter(line -> line.startsWith(key + "="))
                        .map(line -> line.substring(key.length() + 1))
                        .findFirst()
                        .orElse(null);
    }

    /** The first folder below {@code parent} whose name starts so. */
    @Nullable SysfsFolder first(String parent, String prefix) {
        try (DirectoryStream<Path> folders =
                Files.newDirectoryStream(path.resolve(parent), prefix + "*")) {
            Path first = null;
            for (Path folder : folders) {
                if (first == null || folder.compareTo(first) < 0) {
                    first = folder;
                }
            }
            return first == null ? null : new SysfsFolder(first);
        } catch (IOException | DirectoryIteratorException notThere) {
            return null;
        }
    }
}
