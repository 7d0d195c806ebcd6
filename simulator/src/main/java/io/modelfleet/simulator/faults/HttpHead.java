package io.modelfleet.simulator.faults;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** The lines before the body of an HTTP/1.1 message, as far as a relay must understand them. */
record HttpHead(String firstLine, List<String> fields) {
    private static final int LONGEST = 1 << 16;

    HttpHead {
        fields = List.copyOf(fields);
    }

    /**
     * Returns {@code null} when the other side has closed before the first byte.
     *
     * @throws IOException when it closes later, or sends no head
     */
    static @Nullable HttpHead read(InputStream in) throws IOException {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        int last = 0;
        while (last != 0x0D0A0D0A) {
            int next = in.read();
            if (next < 0 && bytes.size() == 0) {
                return null;
            }
            if (next < 0 || bytes.size() > LONGEST) {
                throw new IOException("no HTTP head");
            }
            bytes.write(next);
            last = last << 8 | next;
        }
        List<String> lines = bytes.toString(StandardCharsets.ISO_8859_1).lines().toList();
        return new HttpHead(lines.getFirst(), lines.subList(1, lines.size() - 1));
    }

    private Optional<String> field(String name) {
        String start = name.toLowerCase(Locale.ROOT) + ":";
        return fields.stream()
                .filter(line -> line.toLowerCase(Locale.ROOT).startsWith(start))
                .map(line -> line.substring(start.length()).strip())
                .findFirst();
    }

    /** The second word of a request: {@code /api/health}. */
    String path() {
        String[] words = firstLine.split(" ", 3);
        return words.length < 2 ? "" : words[1];
    }

    boolean isHead() {
        return firstLine.startsWith("HEAD ");
    }

    /** Bytes of the body; empty when the head does not say. */
    Optional<Long> contentLength() {
        return field("Content-Length").map(Long::parseLong);
    }

    /** Whether this answer to a request has no body, whatever its fields say. */
    boolean isBodiless(HttpHead request) {
        return request.isHead() || firstLine.contains(" 204 ") || firstLine.contains(" 304 ");
    }

    /** With another wish for what becomes of the connection; {@code null} for none. */
    byte[] bytes(@Nullable String connection) {
        StringBuilder text = new StringBuilder(firstLine).append("\r\n");
        fields.stream()
                .filter(line -> !line.toLowerCase(Locale.ROOT).startsWith("connection:"))
                .forEach(line -> text.append(line).append("\r\n"));
        if (connection != null) {
            text.append("Connection: ").append(connection).append("\r\n");
        }
        return text.append("\r\n").toString().getBytes(StandardCharsets.ISO_8859_1);
    }
}
