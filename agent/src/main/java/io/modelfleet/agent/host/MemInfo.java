package io.modelfleet.agent.host;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * Linux's own account. Both figures come from here: the JDK's total is the container's where one is
 * limited, and would not fit.
 */
record MemInfo(Path file) implements HostMemory {
    private static final Pattern LINE = Pattern.compile("(\\w+):\\s+(\\d{1,15}) kB");

    @Override
    public @Nullable Bytes now() {
        List<String> lines;
        try {
            lines = Files.readAllLines(file);
        } catch (IOException notTold) {
            return null;
        }
        Long total = bytes(lines, "MemTotal");
        Long available = bytes(lines, "MemAvailable");
        return total == null || available == null ? null : new Bytes(total, available);
    }

    private static @Nullable Long bytes(List<String> lines, String name) {
        for (String line : lines) {
            Matcher matcher = LINE.matcher(line);
            if (matcher.matches() && name.equals(matcher.group(1))) {
                return Long.parseLong(matcher.group(2)) * 1024;
            }
        }
        return null;
    }
}
