package io.modelfleet.console.matrix;

import io.modelfleet.console.client.FleetApi;
import io.modelfleet.console.client.Reply;
import io.modelfleet.console.page.Dialogs;
import io.modelfleet.console.page.Notifier;
import io.modelfleet.console.page.PageContext;
import io.modelfleet.protocol.Agent;
import io.modelfleet.protocol.DistributeReply;
import io.modelfleet.protocol.DistributeRequest;
import io.modelfleet.protocol.DistributeRequest.IfInstalled;
import io.modelfleet.protocol.DistributeRequest.Target;
import io.modelfleet.protocol.ModelName;
import io.modelfleet.protocol.OnUnavailable;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;

/** Sends models to many nodes: a whole column, or the selected cells. */
final class Distributing {
    private final PageContext context;

    /**
     * What a block of cells becomes.
     *
     * @param cells how many cells get their model
     * @param later how many of them only when their node is back or takes work again
     */
    record Plan(List<DistributeRequest> requests, int cells, int later) {}

    Distributing(PageContext context) {
        this.context = context;
    }

    /** Distributes a model to the nodes of the grid that lack it and can take it, after asking. */
    void column(Grid grid, int column, Instant now) {
        ModelColumn model = grid.columns().get(column);
        List<Agent> takers = new ArrayList<>();
        int away = 0;
        int small = 0;
        for (int row = 0; row < grid.rows().size(); row++) {
            Agent node = grid.rows().get(row);
            Cell cell = grid.cell(row, column, now);
            if (Act.isAtOnce(node, cell)) {
                takers.add(node);
            } else if (cell.kind() == Cell.Kind.ABSENT) {
                away++;
            } else if (cell.kind().isLacking()) {
                small++;
            }
        }
        if (takers.isEmpty()) {
            context.notifier().info(context.text("matrix.column.none", model.name(), away, small));
            return;
        }
        context.dialogs()
                .confirm(
                        new Dialogs.Question(
                                context.text("matrix.column.title", takers.size(), model.name()),
                                columnText(model, takers.size(), away, small),
                                takers.stream().map(Grid::name).toList(),
                                context.text("matrix.column.action", takers.size()),
                                false),
                        () ->
                                send(
                                        List.of(
                                                new DistributeRequest(
                                                        model.name(),
                                                        Target.SPECIFIC,
                                                        takers.stream().map(Agent::id).toList(),
                                                        null,
                                                        IfInstalled.SKIP))));
    }

    private String columnText(ModelColumn model, int takers, int away, int small) {
        List<String> parts = new ArrayList<>();
        Long size = model.size();
        if (size != null) {
            parts.add(
                    context.text(
                            "matrix.column.bytes",
                            context.formats().bytes(size),
                            context.formats().bytes(size * takers)));
        }
        if (away > 0) {
            parts.add(context.text("matrix.column.away", away));
        }
        if (small > 0) {
            parts.add(context.text("matrix.column.small", small));
        }
        return parts.isEmpty() ? context.text("matrix.column.text") : String.join("\n", parts);
    }

    /**
     * What would become of these cells: those that lack their model, hold an old one, or failed.
     */
    static Plan plan(Grid grid, Set<CellKey> cells, Instant now) {
        Map<ModelName, Wanted> byModel = new LinkedHashMap<>();
        int count = 0;
        int later = 0;
        for (CellKey key : cells) {
            Position at = grid.find(key);
            if (at == null) {
                continue;
            }
            Cell cell = grid.cell(at.row(), at.column(), now);
            boolean wanted =
                    switch (cell.kind()) {
                        case ABSENT, OLD, FAILED -> true;
                        case INSTALLED,
                                QUEUED,
                                DOWNLOADING,
                                VERIFYING,
                                REMOVING,
                                TOO_BIG_FOR_GPU,
                                TOO_BIG_FOR_DISK ->
                                false;
                    };
            if (wanted) {
                boolean waits = !Act.canStart(grid.rows().get(at.row()));
                byModel.computeIfAbsent(key.model(), missing -> new Wanted())
                        .add(key.node(), waits, cell.held() != null);
                count++;
                later += waits ? 1 : 0;
            }
        }
        return new Plan(
                byModel.entrySet().stream()
                        .map(entry -> entry.getValue().request(entry.getKey()))
                        .toList(),
                count,
                later);
    }

    /** The nodes that one model goes to. */
    private static final class Wanted {
        private final Set<UUID> nodes = new LinkedHashSet<>();
        private boolean waits;
        private boolean held;

        void add(UUID node, boolean itWaits, boolean itHolds) {
            nodes.add(node);
            waits |= itWaits;
            held |= itHolds;
        }

        DistributeRequest request(ModelName model) {
            return new DistributeRequest(
                    model,
                    Target.SPECIFIC,
                    List.copyOf(nodes),
                    waits ? OnUnavailable.QUEUE : null,
                    held ? null : IfInstalled.SKIP);
        }
    }

    /** Sends these one after the other; the notification takes all of them back. */
    void send(List<DistributeRequest> requests) {
        context.threads()
                .call(() -> requests.stream().map(context.api()::distribute).toList(), this::sent);
    }

    private void sent(List<Reply<DistributeReply>> replies) {
        List<UUID> tasks = new ArrayList<>();
        for (Reply<DistributeReply> reply : replies) {
            switch (reply) {
                case Reply.Ok<DistributeReply> ok -> tasks.addAll(ok.value().taskIds());
                case Reply.Refused<DistributeReply> no -> context.notifier().failure(no.text());
                case Reply.Unreachable<DistributeReply> gone ->
                        context.notifier().failure(context.text("cause." + gone.cause()));
            }
        }
        if (!tasks.isEmpty()) {
            context.notifier()
                    .withAction(
                            Notifier.Level.SUCCESS,
                            context.text("matrix.started.many", tasks.size()),
                            context.text("action.undo"),
                            () -> cancel(tasks));
        }
        context.pollNow().run();
    }

    private void cancel(List<UUID> tasks) {
        context.threads()
                .call(
                        () ->
                                tasks.stream()
                                        .filter(task -> isCancelled(context.api(), task))
                                        .count(),
                        cancelled -> {
                            context.notifier()
                                    .info(
                                            context.text(
                                                    "matrix.cancelled.many",
                                                    cancelled,
                                                    tasks.size()));
                            context.pollNow().run();
                        });
    }

    private static boolean isCancelled(FleetApi api, UUID task) {
        return api.cancel(task) instanceof Reply.Ok;
    }
}
