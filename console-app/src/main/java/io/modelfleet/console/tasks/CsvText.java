package io.modelfleet.console.tasks;

import java.util.List;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * Rows as comma-separated values (RFC 4180) that spreadsheets open as they are: a byte order mark
 * for the encoding, and no cell that would be run as a formula.
 */
final class CsvText {
    /** Without it, Excel reads UTF-8 as the system's old encoding. */
    private static final String BYTE_ORDER_MARK = "\uFEFF";

    /**
     * What spreadsheets take for the start of a formula (OWASP, "CSV Injection"), the full-width
     * forms of Japanese input among them.
     */
    private static final String FORMULA_STARTS = "=+-@\t\r\n＝＋－＠";

    private final StringBuilder text = new StringBuilder(BYTE_ORDER_MARK);

    CsvText row(List<? extends @Nullable Object> cells) {
        text.append(cells.stream().map(CsvText::cell).collect(Collectors.joining(",")))
                .append("\r\n");
        return this;
    }

    private static String cell(@Nullable Object value) {
        if (value == null) {
            return "";
        }
        String cell = value.toString();
        if (!(value instanceof Number)
                && !cell.isEmpty()
                && FORMULA_STARTS.indexOf(cell.charAt(0)) >= 0) {
            cell = "'" + cell;
        }
        boolean quoted = cell.chars().anyMatch(c -> c == ',' || c == '"' || c == '\r' || c == '\n');
        return quoted ? '"' + cell.replace("\"", "\"\"") + '"' : cell;
    }

    @Override
    public String toString() {
        return text.toString();
    }
}
