package io.modelfleet.coordinator.http;

import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.regex.MatchResult;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * A metric as a PromQL expression asks for it.
 *
 * @param matchers what its braces say
 * @param grouped labels that the expression groups by
 */
record Selector(String metric, List<Matching> matchers, Set<String> grouped) {
    private static final Pattern GROUPING =
            Pattern.compile("\\b(?:by|without|on|ignoring)\\s*\\(([^)]*)\\)");
    private static final Pattern RANGE =
            Pattern.compile("\\[(?:\\$__rate_interval|\\d+[smhdw])\\]");
    private static final Pattern NAME =
            Pattern.compile("(?<![\\w.$])([a-zA-Z_:][\\w:]*)\\s*(\\{([^}]*)\\})?\\s*(\\()?");
    private static final Pattern LABEL =
            Pattern.compile("(\\w+)\\s*(=~|!~|!=|=)\\s*\"((?:[^\"\\\\]|\\\\.)*)\"");
    private static final Set<String> WORDS =
            Set.of(
                    "and",
                    "or",
                    "unless",
                    "bool",
                    "offset",
                    "group_left",
                    "group_right",
                    "inf",
                    "nan");

    /** One condition on a label. */
    record Matching(String label, String operator, String value) {
        boolean holds(Map<String, String> labels) {
            String actual = labels.getOrDefault(label, "");
            return switch (operator) {
                case "=" -> actual.equals(value);
                case "!=" -> !actual.equals(value);
                case "=~" -> actual.matches(value);
                default -> !actual.matches(value);
            };
        }
    }

    static List<Selector> in(String expression) {
        Set<String> grouped = new LinkedHashSet<>();
        for (MatchResult group : GROUPING.matcher(expression).results().toList()) {
            for (String label : group.group(1).split(",", -1)) {
                grouped.add(label.strip());
            }
        }
        String bare = RANGE.matcher(GROUPING.matcher(expression).replaceAll(" ")).replaceAll(" ");
        List<Selector> selectors = new ArrayList<>();
        Matcher name = NAME.matcher(bare);
        int end = 0;
        while (name.find(end)) {
            boolean function = name.group(4) != null;
            end = function ? name.end(4) : name.end();
            if (!function && !WORDS.contains(name.group(1))) {
                String braces = name.group(3) == null ? "" : name.group(3);
                selectors.add(new Selector(name.group(1), matchers(braces), grouped));
            }
        }
        return selectors;
    }

    private static List<Matching> matchers(String braces) {
        return LABEL.matcher(braces)
                .results()
                .map(found -> new Matching(found.group(1), found.group(2), found.group(3)))
                .toList();
    }
}
