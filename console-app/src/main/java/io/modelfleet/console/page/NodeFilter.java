package io.modelfleet.console.page;

import io.modelfleet.protocol.Agent;
import java.util.List;
import java.util.Locale;
import java.util.function.Predicate;
import java.util.stream.Stream;

/**
 * What an operator types to narrow a list of nodes: words that must all be found, anywhere or, with
 * {@code name:}, {@code tag:}, {@code gpu:} or {@code status:} before them, in one place. Case does
 * not matter.
 */
public final class NodeFilter implements Predicate<Agent> {
    private final List<Predicate<Agent>> words;

    private NodeFilter(List<Predicate<Agent>> words) {
        this.words = words;
    }

    /** Every text is a filter; an empty one lets all nodes through. */
    public static NodeFilter parse(String text) {
        return new NodeFilter(
                Stream.of(text.toLowerCase(Locale.ROOT).strip().split("\\s+"))
                        .filter(word -> !word.isEmpty())
                        .map(NodeFilter::word)
                        .toList());
    }

    @Override
    public boolean test(Agent agent) {
        return words.stream().allMatch(word -> word.test(agent));
    }

    private static Predicate<Agent> word(String word) {
        int colon = word.indexOf(':');
        String wanted = word.substring(colon + 1);
        return switch (colon < 0 ? "" : word.substring(0, colon)) {
            case "name" -> agent -> names(agent).anyMatch(name -> name.contains(wanted));
            case "tag" -> agent -> lower(agent.tags()).anyMatch(tag -> tag.contains(wanted));
            case "gpu" -> agent -> gpus(agent).anyMatch(gpu -> gpu.contains(wanted));
            case "status" -> agent -> status(agent).anyMatch(status -> status.startsWith(wanted));
            default -> agent -> anywhere(agent).anyMatch(value -> value.contains(word));
        };
    }

    private static Stream<String> anywhere(Agent agent) {
        return Stream.of(
                        names(agent),
                        lower(agent.tags()),
                        gpus(agent),
                        status(agent),
                        Stream.of(agent.ipAddress()))
                .flatMap(values -> values);
    }

    private static Stream<String> names(Agent agent) {
        String custom = agent.customName();
        return lower(
                custom == null
                        ? List.of(agent.machineName())
                        : List.of(custom, agent.machineName()));
    }

    private static Stream<String> gpus(Agent agent) {
        return agent.gpuDevices().stream().map(gpu -> gpu.model().toLowerCase(Locale.ROOT));
    }

    private static Stream<String> status(Agent agent) {
        String presence = agent.status().name().toLowerCase(Locale.ROOT);
        return agent.schedulable() ? Stream.of(presence) : Stream.of(presence, "paused");
    }

    private static Stream<String> lower(List<String> values) {
        return values.stream().map(value -> value.toLowerCase(Locale.ROOT));
    }
}
