package io.modelfleet.console.tasks;

import io.modelfleet.console.client.FleetState;
import io.modelfleet.console.page.Finding;
import io.modelfleet.console.page.Page;
import io.modelfleet.console.page.PageContext;
import io.modelfleet.console.page.PageId;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import java.util.stream.Stream;
import javafx.scene.Node;
import org.jspecify.annotations.Nullable;

/** The page of all tasks. */
public final class TasksPage implements Page {
    private static final int FOUND = 50;

    private final PageContext context;
    private final TasksViewModel model;
    private @Nullable TasksController controller;
    private @Nullable Node node;

    public TasksPage(PageContext context) {
        this.context = context;
        this.model = new TasksViewModel(context, name -> SaveDialog.ask(node, context, name));
    }

    @Override
    public PageId id() {
        return PageId.TASKS;
    }

    @Override
    public Node node() {
        TasksController fresh = new TasksController(model, context);
        controller = fresh;
        Node built = fresh.load();
        node = built;
        return built;
    }

    @Override
    public void onFleet(FleetState fleet) {
        model.onFleet(fleet);
    }

    @Override
    public void onTick(Instant now) {
        model.onTick(now);
    }

    /**
     * @param target a task's id, the name of a group such as {@code failed}, or a filter such as
     *     {@code node:gpu-01}
     */
    @Override
    public void open(String target) {
        Optional<TaskGroup> group =
                Stream.of(TaskGroup.values())
                        .filter(g -> target.equals(g.id()) || target.equals("status:" + g.id()))
                        .findFirst();
        Optional<UUID> task = task(target);
        if (task.isPresent()) {
            openTask(task.get());
        } else {
            model.showAll();
            group.ifPresentOrElse(model.group()::set, () -> model.filterText().set(target));
        }
    }

    private static Optional<UUID> task(String target) {
        try {
            return Optional.of(UUID.fromString(target));
        } catch (IllegalArgumentException e) {
            return Optional.empty();
        }
    }

    private void openTask(UUID id) {
        if (!select(id)) {
            model.fetch(id, () -> select(id));
        }
    }

    private boolean select(UUID id) {
        TaskRow row = model.reveal(id);
        if (row != null && controller != null) {
            controller.select(row);
        }
        return row != null;
    }

    @Override
    public void focusFilter() {
        if (controller != null) {
            controller.focusFilter();
        }
    }

    @Override
    public boolean escape() {
        return controller != null && controller.escape();
    }

    @Override
    public List<Finding> findings() {
        return model.open().limit(FOUND).map(this::finding).toList();
    }

    private Finding finding(TaskFacts task) {
        return new Finding(
                TaskActs.name(task),
                context.text(task.statusKey()),
                id().icon(),
                () -> context.navigator().open(id(), task.task().id().toString()));
    }
}
