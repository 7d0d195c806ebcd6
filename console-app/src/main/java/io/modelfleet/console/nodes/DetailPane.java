package io.modelfleet.console.nodes;

import io.modelfleet.console.control.Badge;
import io.modelfleet.console.control.Fact;
import io.modelfleet.console.control.Meter;
import io.modelfleet.console.page.PageContext;
import io.modelfleet.console.support.Formats;
import io.modelfleet.console.support.Messages;
import io.modelfleet.protocol.Agent;
import io.modelfleet.protocol.GpuDevice;
import io.modelfleet.protocol.NodeModel;
import io.modelfleet.protocol.Task;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.function.Function;
import javafx.scene.Node;
import javafx.scene.control.Label;
import javafx.scene.layout.VBox;
import org.jspecify.annotations.Nullable;

/** Everything about one node, beside the table. */
final class DetailPane extends VBox {
    private static final double BAR = 120;
    private static final int TASKS = 6;

    private final Messages messages;
    private final Formats formats;
    private final Label title = new Label();
    private final Badge presence = new Badge();
    private final Section<GpuDevice> gpus;
    private final Section<NodeModel> models;
    private final Section<Task> tasks;
    private final Section<Named> facts;

    private record Named(String key, @Nullable String value) {}

    DetailPane(PageContext context) {
        this.messages = context.messages();
        this.formats = context.formats();
        title.getStyleClass().add("section-title");
        title.setWrapText(true);
        getStyleClass().add("detail-content");
        gpus = new Section<>(messages.text("nodes.gpus"), this::gpu);
        models = new Section<>(messages.text("nodes.models"), this::model);
        tasks = new Section<>(messages.text("nodes.tasks"), this::task);
        facts = new Section<>(messages.text("nodes.facts"), this::fact);
        getChildren().setAll(title, presence, gpus, models, tasks, facts);
    }

    void show(NodesViewModel.NodeDetail node) {
        title.setText(node.facts().name());
        presence.show(node.facts().presence(), messages.text(node.facts().presence().key()));
        gpus.show(node.facts().agent().gpuDevices());
        models.show(List.copyOf(node.models().values()));
        tasks.show(node.tasks().stream().limit(TASKS).toList());
        facts.show(facts(node.facts().agent()));
    }

    private Node gpu(GpuDevice gpu) {
        Label name = new Label(gpu.model() + (gpu.devices() > 1 ? " × " + gpu.devices() : ""));
        Meter meter = new Meter(BAR, true);
        Long total = gpu.memory();
        Long used = gpu.memoryUsed();
        meter.show(
                total == null || used == null || total == 0 ? -1 : (double) used / total,
                used == null ? formats.gpuMemory(total) : formats.gpuMemoryShare(used, total));
        List<String> figures = new ArrayList<>();
        Integer load = gpu.utilization();
        if (load != null) {
            figures.add(formats.percent(load.doubleValue()));
        }
        if (gpu.temperature() != null) {
            figures.add(formats.temperature(gpu.temperature()));
        }
        if (gpu.driver() != null) {
            figures.add(messages.text("nodes.driver", gpu.driver()));
        }
        Label line = new Label(String.join(" · ", figures));
        line.getStyleClass().add("muted");
        return new VBox(2, name, meter, line);
    }

    private Node model(NodeModel model) {
        Label name = new Label(model.name().toString());
        Label line =
                new Label(
                        formats.bytes(model.size())
                                + " · "
                                + formats.time(model.installedAt())
                                + (model.loaded() ? " · " + messages.text("nodes.loaded") : ""));
        line.getStyleClass().add("muted");
        return new VBox(name, line);
    }

    private Node task(Task task) {
        Label name =
                new Label(task.modelName() + " · " + messages.text("task." + task.status().name()));
        Meter meter = new Meter(BAR, false);
        meter.show(
                task.status().isFinal() ? -1 : task.progress(),
                task.status().isFinal()
                        ? formats.time(task.completedAt())
                        : formats.fraction(task.progress())
                                + "  "
                                + formats.speed(task.downloadSpeedBps()));
        VBox box = new VBox(2, name, meter);
        if (task.error() != null) {
            Label error = new Label(task.error());
            error.getStyleClass().add("field-error");
            box.getChildren().add(error);
        }
        return box;
    }

    private List<Named> facts(Agent agent) {
        return List.of(
                new Named("nodes.fact.machine", agent.machineName()),
                new Named("nodes.fact.address", agent.ipAddress() + ":" + agent.agentApiPort()),
                new Named("nodes.fact.id", agent.id().toString()),
                new Named("nodes.ollama", agent.ollamaVersion()),
                new Named("nodes.agent", agent.agentVersion()),
                new Named("nodes.fact.registered", formats.time(agent.registeredAt())),
                new Named("nodes.fact.tags", String.join(", ", agent.tags())),
                new Named("nodes.fact.notes", agent.notes()));
    }

    private @Nullable Node fact(Named fact) {
        String value = fact.value();
        return value == null || value.isBlank()
                ? null
                : new Fact(messages.text(fact.key()), value, messages);
    }

    /** A titled list that is built anew only when it says something else. */
    private static final class Section<T> extends VBox {
        private final VBox rows = new VBox(8);
        private final Function<T, @Nullable Node> build;
        private @Nullable List<T> shown;

        Section(String title, Function<T, @Nullable Node> build) {
            super(6);
            this.build = build;
            Label label = new Label(title);
            label.getStyleClass().add("muted");
            getChildren().setAll(label, rows);
        }

        void show(List<T> next) {
            setVisible(!next.isEmpty());
            setManaged(!next.isEmpty());
            if (!next.equals(shown)) {
                shown = next;
                rows.getChildren()
                        .setAll(next.stream().map(build).filter(Objects::nonNull).toList());
            }
        }
    }
}
