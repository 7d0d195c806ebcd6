package io.modelfleet.console.nodes;

import io.modelfleet.console.client.NodeSettings;
import io.modelfleet.console.page.Dialogs;
import io.modelfleet.console.page.Notifier;
import io.modelfleet.console.page.PageContext;
import java.util.List;

/** What an operator does to nodes. */
final class NodeActs {
    private final PageContext context;

    NodeActs(PageContext context) {
        this.context = context;
    }

    /**
     * @param nodes where to; none lets the operator choose
     */
    void distribute(List<NodeRow> nodes) {
        context.distribution().choose(null, nodes.stream().map(NodeRow::id).toList());
    }

    /** Pauses or resumes nodes; the notification takes it back. */
    void schedulable(List<NodeRow> nodes, boolean wish) {
        schedulable(
                nodes.stream().filter(row -> row.now().agent().schedulable() != wish).toList(),
                wish,
                true);
    }

    private void schedulable(List<NodeRow> nodes, boolean wish, boolean undoable) {
        for (NodeRow node : nodes) {
            context.call(
                    api -> api.change(node.id(), NodeSettings.none().schedulable(wish)),
                    agent -> changed(node, wish, undoable));
        }
    }

    private void changed(NodeRow node, boolean wish, boolean undoable) {
        String text = context.text(wish ? "nodes.resumed" : "nodes.paused", node.now().name());
        if (undoable) {
            context.notifier()
                    .withAction(
                            Notifier.Level.SUCCESS,
                            text,
                            context.text("action.undo"),
                            () -> schedulable(List.of(node), !wish, false));
        } else {
            context.notifier().success(text);
        }
    }

    /** Removes nodes, after asking. */
    void remove(List<NodeRow> nodes) {
        if (nodes.isEmpty()) {
            return;
        }
        context.dialogs()
                .confirm(
                        new Dialogs.Question(
                                context.text("nodes.remove.title", nodes.size()),
                                context.text("nodes.remove.text"),
                                nodes.stream().map(row -> row.now().name()).toList(),
                                context.text("nodes.remove")),
                        () -> nodes.forEach(this::remove));
    }

    private void remove(NodeRow node) {
        String name = node.now().name();
        context.call(
                api -> api.removeAgent(node.id()),
                done -> context.notifier().success(context.text("nodes.removed", name)));
    }
}
