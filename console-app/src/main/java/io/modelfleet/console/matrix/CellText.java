package io.modelfleet.console.matrix;

import io.modelfleet.console.control.State;
import io.modelfleet.console.page.PageContext;
import io.modelfleet.console.support.Formats;
import io.modelfleet.protocol.Agent;
import io.modelfleet.protocol.Digest;
import io.modelfleet.protocol.NodeModel;
import io.modelfleet.protocol.Presence;
import io.modelfleet.protocol.Task;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Says in words what the cells and headers show by sign and colour. */
final class CellText {
    private static final int DIGITS = 12;

    private final PageContext context;

    CellText(PageContext context) {
        this.context = context;
    }

    /** What stands beside the sign; empty where the sign says it all. */
    String word(Cell cell) {
        return switch (cell.kind()) {
            case INSTALLED -> cell.stale() ? context.text("matrix.stale") : "";
            case ABSENT -> "";
            case DOWNLOADING -> context.formats().fraction(cell.progress());
            case OLD, QUEUED, VERIFYING, REMOVING, FAILED, TOO_BIG_FOR_GPU, TOO_BIG_FOR_DISK ->
                    context.text(cell.kind().key());
        };
    }

    /** What a click on an absent cell does. */
    String invitation() {
        return context.text(Act.DISTRIBUTE.key());
    }

    String presence(State state) {
        return context.text(state.key());
    }

    /** Everything about a cell, the most important first: for the status line and readers. */
    String sentence(Target target) {
        return Grid.name(target.node())
                + " × "
                + target.model().name()
                + ": "
                + String.join(" · ", details(target));
    }

    /** The cell's state, then what explains it. */
    List<String> details(Target target) {
        Agent node = target.node();
        ModelColumn model = target.model();
        Cell cell = target.cell();
        List<String> lines = new ArrayList<>();
        lines.add(context.text("matrix.is." + cell.kind().name()));
        Task task = cell.task();
        switch (cell.kind()) {
            case INSTALLED, OLD -> addHeld(lines, model, cell.held());
            case QUEUED, REMOVING -> addError(lines, task);
            case DOWNLOADING, VERIFYING -> addProgress(lines, task);
            case FAILED -> {
                addError(lines, task);
                if (cell.held() != null) {
                    lines.add(context.text("matrix.held"));
                }
            }
            case ABSENT -> {
                if (model.size() != null) {
                    lines.add(context.formats().bytes(model.size()));
                }
            }
            case TOO_BIG_FOR_GPU ->
                    lines.add(
                            context.text(
                                    "matrix.needs.gpu",
                                    context.formats().bytes(model.size()),
                                    context.formats().gpuMemory(Cell.gpuMemory(node))));
            case TOO_BIG_FOR_DISK ->
                    lines.add(
                            context.text(
                                    "matrix.needs.disk",
                                    context.formats().bytes(model.size()),
                                    context.formats().bytes(node.diskFree())));
        }
        addPresence(lines, node);
        return lines;
    }

    private void addHeld(List<String> lines, ModelColumn model, @Nullable NodeModel held) {
        if (held == null) {
            return;
        }
        Formats formats = context.formats();
        if (held.size() != null) {
            lines.add(formats.bytes(held.size()));
        }
        if (held.installedAt() != null) {
            lines.add(context.text("matrix.since", formats.time(held.installedAt())));
        }
        Digest newest = model.newest();
        if (held.digest() != null && newest != null && !newest.equals(held.digest())) {
            lines.add(context.text("matrix.digests", start(held.digest()), start(newest)));
        }
        if (held.loaded()) {
            lines.add(context.text("nodes.loaded"));
        }
    }

    private static String start(Digest digest) {
        return digest.hex().substring(0, DIGITS);
    }

    private void addProgress(List<String> lines, @Nullable Task task) {
        if (task == null) {
            return;
        }
        Formats formats = context.formats();
        lines.add(formats.fraction(task.progress()));
        if (task.downloadSpeedBps() > 0) {
            lines.add(formats.speed(task.downloadSpeedBps()));
        }
        if (task.etaSeconds() != null) {
            lines.add(
                    context.text(
                            "matrix.left",
                            formats.duration(Duration.ofSeconds(task.etaSeconds()))));
        }
    }

    private static void addError(List<String> lines, @Nullable Task task) {
        if (task != null && task.error() != null) {
            lines.add(task.error());
        }
    }

    private void addPresence(List<String> lines, Agent node) {
        if (node.status() == Presence.OFFLINE) {
            Instant now = context.clock().instant();
            lines.add(context.text("matrix.offline", context.formats().age(node.lastSeen(), now)));
        } else if (!node.schedulable()) {
            lines.add(context.text("matrix.paused"));
        }
    }

    /** A model's header. */
    String sentence(ModelColumn model, int nodes) {
        return String.join(
                " · ",
                model.name().toString(),
                context.formats().bytes(model.size()),
                context.text("matrix.holders", model.holders(), nodes));
    }

    /** A node's header. */
    String sentence(Agent node) {
        List<String> lines = new ArrayList<>();
        lines.add(Grid.name(node));
        lines.add(node.gpuModel() == null ? Formats.UNKNOWN : node.gpuModel());
        lines.add(context.text("matrix.memory", context.formats().gpuMemory(Cell.gpuMemory(node))));
        lines.add(context.text("matrix.free", context.formats().bytes(node.diskFree())));
        addPresence(lines, node);
        return String.join(" · ", lines);
    }
}
