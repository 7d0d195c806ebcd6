package io.modelfleet.agent.gpu;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Reads what {@code nvidia-smi --query-gpu=… --format=csv,noheader,nounits} prints.
 *
 * @param rows one per GPU, in the order printed
 * @param remarks lines that are no rows: warnings, and sentences about GPUs that are lost
 */
record NvidiaSmiCsv(List<Row> rows, List<String> remarks) {
    private static final Set<String> UNSUPPORTED =
            Set.of("", "n/a", "[n/a]", "not supported", "[not supported]");
    private static final Set<String> FORBIDDEN = Set.of("[insufficient permissions]");
    private static final Set<String> SICK =
            Set.of("[unknown error]", "[gpu is lost]", "[gpu requires reset]");

    NvidiaSmiCsv {
        rows = List.copyOf(rows);
        remarks = List.copyOf(remarks);
    }

    /**
     * @param fields the fields of the query, in its order; the first is {@code index}
     */
    static NvidiaSmiCsv parse(List<String> fields, String output) {
        List<Row> rows = new ArrayList<>();
        List<String> remarks = new ArrayList<>();
        for (String line : output.lines().map(String::strip).filter(l -> !l.isEmpty()).toList()) {
            // A negative limit keeps empty fields at the end of the line.
            String[] values = line.split("\\s*,\\s*", -1);
            if (values.length == fields.size() && values[0].matches("\\d{1,4}")) {
                rows.add(row(fields, values));
            } else {
                remarks.add(line);
            }
        }
        return new NvidiaSmiCsv(rows, remarks);
    }

    private static Row row(List<String> fields, String[] values) {
        Map<String, String> byField = new HashMap<>();
        for (int i = 0; i < values.length; i++) {
            byField.put(fields.get(i), values[i]);
        }
        return new Row(byField);
    }

    /** One GPU's values, as printed. */
    record Row(Map<String, String> values) {
        Row {
            values = Map.copyOf(values);
        }

        /** The text, when the field was asked for and has one. */
        @Nullable String text(String field) {
            String value = values.get(field);
            return value == null || isMarker(value) ? null : value;
        }

        /** The number without its fraction, when there is one. */
        @Nullable Long number(String field) {
            String value = text(field);
            return value == null || !value.matches("\\d{1,12}(\\.\\d*)?")
                    ? null
                    : Long.valueOf(value.replaceFirst("\\..*", ""));
        }

        /** Whether the GPU has no such thing, as opposed to a value that is hidden or lost. */
        boolean unsupported(String field) {
            String value = values.get(field);
            return value != null && UNSUPPORTED.contains(value.toLowerCase(Locale.ROOT));
        }

        /** What ails the GPU, such as {@code [GPU is lost]}; {@code null} when it is well. */
        @Nullable String sickness() {
            for (String value : values.values()) {
                if (SICK.contains(value.toLowerCase(Locale.ROOT))) {
                    return value;
                }
            }
            return null;
        }

        private static boolean isMarker(String value) {
            String lower = value.toLowerCase(Locale.ROOT);
            return UNSUPPORTED.contains(lower) || FORBIDDEN.contains(lower) || SICK.contains(lower);
        }
    }
}
