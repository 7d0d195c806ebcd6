package io.modelfleet.console.matrix;

import io.modelfleet.console.page.NodeFilter;
import io.modelfleet.protocol.Agent;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/**
 * What an operator types above the grid: the words of {@link NodeFilter} narrow the nodes, words
 * with {@code model:} before them the models.
 */
final class MatrixFilter {
    private static final String MODEL = "model:";

    static final MatrixFilter ALL = parse("");

    private final NodeFilter nodes;
    private final List<String> models;

    private MatrixFilter(NodeFilter nodes, List<String> models) {
        this.nodes = nodes;
        this.models = models;
    }

    static MatrixFilter parse(String text) {
        List<String> nodes = new ArrayList<>();
        List<String> models = new ArrayList<>();
        for (String word : text.toLowerCase(Locale.ROOT).strip().split("\\s+", -1)) {
            if (word.startsWith(MODEL)) {
                models.add(word.substring(MODEL.length()));
            } else {
                nodes.add(word);
            }
        }
        return new MatrixFilter(NodeFilter.parse(String.join(" ", nodes)), List.copyOf(models));
    }

    boolean test(Agent node) {
        return nodes.test(node);
    }

    boolean test(ModelColumn model) {
        return models.isEmpty() || models.stream().allMatch(model.order()::contains);
    }
}
