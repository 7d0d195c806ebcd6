package io.modelfleet.console.tasks;

import io.modelfleet.protocol.ModelName;
import java.util.List;
import java.util.Locale;
import java.util.UUID;
import java.util.function.Predicate;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * Which tasks an operator wants to see, whatever their status. The text is words that must all be
 * found, anywhere or, with {@code node:}, {@code model:}, {@code status:} or {@code error:} before
 * them, in one place. Case does not matter.
 */
record TaskFilter(@Nullable UUID node, @Nullable ModelName model, List<String> words)
        implements Predicate<TaskFacts> {

    TaskFilter {
        words = List.copyOf(words);
    }

    /** Every text is a filter; an empty one lets all tasks through. */
    static TaskFilter of(@Nullable UUID node, @Nullable ModelName model, String text) {
        return new TaskFilter(
                node,
                model,
                Stream.of(text.toLowerCase(Locale.ROOT).strip().split("\\s+"))
                        .filter(word -> !word.isEmpty())
                        .toList());
    }

    @Override
    public boolean test(TaskFacts facts) {
        return (node == null || node.equals(facts.task().agentId()))
                && (model == null || model.equals(facts.task().modelName()))
                && words.stream().allMatch(word -> found(word, facts));
    }

    private static boolean found(String word, TaskFacts facts) {
        int colon = word.indexOf(':');
        String wanted = word.substring(colon + 1);
        return switch (colon < 0 ? "" : word.substring(0, colon)) {
            case "node" -> lower(facts.node()).contains(wanted);
            case "model" -> lower(facts.task().modelName().toString()).contains(wanted);
            case "status" -> facts.task().status().wire().startsWith(wanted);
            case "error" ->
                    lower(facts.task().errorCode() + "\n" + facts.task().error()).contains(wanted);
            default -> facts.searched().contains(word);
        };
    }

    private static String lower(String text) {
        return text.toLowerCase(Locale.ROOT);
    }
}
