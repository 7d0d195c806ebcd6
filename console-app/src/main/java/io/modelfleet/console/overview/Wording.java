package io.modelfleet.console.overview;

import io.modelfleet.console.client.FleetState;
import io.modelfleet.console.page.NodeNames;
import io.modelfleet.console.support.Formats;
import io.modelfleet.console.support.Messages;
import io.modelfleet.protocol.Agent;
import io.modelfleet.protocol.Task;
import io.modelfleet.protocol.TaskStatus;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** Says concerns, events and downloads in the chosen language. */
final class Wording {
    /** More names than this are counted. */
    private static final int NAMES = 3;

    private final Messages messages;
    private final Formats formats;

    Wording(Messages messages, Formats formats) {
        this.messages = messages;
        this.formats = formats;
    }

    Line line(Concern concern, FleetState fleet, Instant now) {
        return switch (concern) {
            case Concern.Failed failed -> failed(failed, fleet, now);
            case Concern.ManyFailed many -> manyFailed(many);
            case Concern.Nodes nodes -> nodes(nodes, now);
            case Concern.Drifted drifted -> drifted(drifted, fleet);
        };
    }

    private Line failed(Concern.Failed failed, FleetState fleet, Instant now) {
        List<Task> tasks = failed.tasks();
        List<String> nodes =
                tasks.stream().map(task -> NodeNames.of(fleet, task.agentId())).toList();
        String title =
                messages.text("overview.failed", failed.model(), nodes.size(), nodes.getFirst());
        String text =
                nodes.size() == 1 || failed.error().isEmpty()
                        ? failed.error()
                        : messages.text("overview.of", names(nodes), failed.error());
        return new Line(
                failed.key(),
                Sign.FAILED,
                title,
                text,
                formats.age(tasks.getFirst().updatedAt(), now),
                failed.error(),
                failed.link());
    }

    private Line manyFailed(Concern.ManyFailed many) {
        int tasks = many.all().stream().mapToInt(failed -> failed.tasks().size()).sum();
        String models =
                names(
                        many.all().stream()
                                .map(failed -> failed.model().toString())
                                .distinct()
                                .toList());
        return line(many, Sign.FAILED, messages.text("overview.failed.many", tasks), models);
    }

    private Line nodes(Concern.Nodes concern, Instant now) {
        String key = "overview." + concern.trouble();
        List<String> names = concern.nodes().stream().map(NodeNames::of).toList();
        Sign sign =
                switch (concern.trouble()) {
                    case OFFLINE -> Sign.AWAY;
                    case OLLAMA, DISK -> Sign.WARNING;
                };
        if (names.size() > 1) {
            return line(concern, sign, messages.text(key + ".many", names.size()), names(names));
        }
        Agent node = concern.nodes().getFirst();
        String text =
                switch (concern.trouble()) {
                    case OFFLINE -> messages.text(key + ".text", formats.age(node.lastSeen(), now));
                    case OLLAMA -> messages.text(key + ".text", node.ollamaPort());
                    case DISK ->
                            messages.text(
                                    key + ".text",
                                    formats.bytes(node.diskFree()),
                                    formats.bytes(node.diskTotal()));
                };
        return line(concern, sign, messages.text(key, names.getFirst()), text);
    }

    private Line drifted(Concern.Drifted drifted, FleetState fleet) {
        List<Holdings.Drift> models = drifted.models();
        if (models.size() > 1) {
            return line(
                    drifted,
                    Sign.DIFFERENT,
                    messages.text("overview.drift.many", models.size()),
                    names(models.stream().map(model -> model.name().toString()).toList()));
        }
        Holdings.Drift drift = models.getFirst();
        List<String> odd =
                drift.odd().stream().map(id -> NodeNames.of(fleet, id)).sorted().toList();
        String text =
                messages.text("overview.drift.text", drift.versions(), drift.nodes())
                        + (odd.isEmpty() ? "" : messages.text("overview.drift.odd", names(odd)));
        return line(drifted, Sign.DIFFERENT, messages.text("overview.drift", drift.name()), text);
    }

    private static Line line(Concern concern, Sign sign, String title, String text) {
        return new Line(concern.key(), sign, title, text, "", text, concern.link());
    }

    /** The first few by name. */
    private String names(List<String> all) {
        String first = all.stream().limit(NAMES).collect(Collectors.joining(", "));
        return all.size() <= NAMES
                ? first
                : messages.text("overview.names", first, all.size() - NAMES);
    }

    Line line(Event event, Object key, Instant now) {
        String text = "overview.event." + event.kind();
        return new Line(
                key,
                event.kind().sign(),
                event.count() == 1
                        ? messages.text(text, event.node(), event.model())
                        : several(event, messages.text(text + ".many", event.count())),
                "",
                formats.age(event.at(), now),
                formats.time(event.at()),
                event.link());
    }

    private String several(Event event, String text) {
        return event.model().isEmpty()
                ? text
                : messages.text("overview.event.of", event.model(), text);
    }

    Download download(Task task, FleetState fleet) {
        List<String> figures = new ArrayList<>();
        if (task.status() == TaskStatus.VERIFYING) {
            figures.add(messages.text("task.VERIFYING"));
        } else {
            figures.add(formats.fraction(task.progress()));
            Stream.of(formats.speed(task.downloadSpeedBps()), left(task))
                    .filter(text -> !text.isEmpty())
                    .forEach(figures::add);
        }
        return new Download(
                task.id(),
                task.modelName().toString(),
                NodeNames.of(fleet, task.agentId()),
                task.progress(),
                String.join(" · ", figures));
    }

    private String left(Task task) {
        Long seconds = task.etaSeconds();
        return seconds == null
                ? ""
                : messages.text("overview.left", formats.duration(Duration.ofSeconds(seconds)));
    }
}
