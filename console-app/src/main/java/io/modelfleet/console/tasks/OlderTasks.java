package io.modelfleet.console.tasks;

import io.modelfleet.console.client.FleetApi;
import io.modelfleet.console.client.Reply;
import io.modelfleet.console.client.TaskQuery;
import io.modelfleet.console.page.PageContext;
import io.modelfleet.protocol.ModelName;
import io.modelfleet.protocol.Task;
import io.modelfleet.protocol.TaskPage;
import io.modelfleet.protocol.TaskStatus;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import java.util.function.IntConsumer;
import javafx.beans.property.ReadOnlyObjectProperty;
import javafx.beans.property.ReadOnlyObjectWrapper;
import org.jspecify.annotations.Nullable;

/** Tasks of the past, fetched page by page: what the poll does not bring along. */
final class OlderTasks {
    private static final int PAGE = 200;

    /** Pages of only known tasks that are read through in one go. */
    private static final int MOST_PAGES = 20;

    private final PageContext context;
    private final Map<UUID, Task> tasks = new LinkedHashMap<>();
    private final Map<Scope, Place> places = new HashMap<>();
    private final ReadOnlyObjectWrapper<Progress> progress =
            new ReadOnlyObjectWrapper<>(Progress.MORE);
    private Scope scope = new Scope(null, null, null);

    /** How the list goes on below its end. */
    enum Progress {
        /** There may be older ones. */
        MORE,
        LOADING,
        /** Everything is here. */
        DONE,
        /** The last page could not be fetched. */
        FAILED
    }

    /** Which tasks are asked for. */
    record Scope(@Nullable TaskStatus status, @Nullable UUID node, @Nullable ModelName model) {}

    private record Place(@Nullable String cursor, Progress progress) {}

    /** What one go brought. */
    private record Haul(List<Task> tasks, @Nullable String cursor, boolean failed) {}

    OlderTasks(PageContext context) {
        this.context = context;
    }

    Map<UUID, Task> tasks() {
        return tasks;
    }

    ReadOnlyObjectProperty<Progress> progress() {
        return progress.getReadOnlyProperty();
    }

    /** From now on, pages of this scope are asked for; one that was begun goes on where it was. */
    void scope(Scope next) {
        scope = next;
        progress.set(place(next).progress());
    }

    private Place place(Scope of) {
        return places.getOrDefault(of, new Place(null, Progress.MORE));
    }

    /**
     * Fetches the next page, unless one is on its way or none is left.
     *
     * @param known ids that need not be shown again
     * @param then hears how many new ones came
     */
    void load(Set<UUID> known, IntConsumer then) {
        Scope asked = scope;
        Place from = place(asked);
        if (from.progress() == Progress.LOADING || from.progress() == Progress.DONE) {
            return;
        }
        moved(asked, new Place(from.cursor(), Progress.LOADING));
        Set<UUID> held = Set.copyOf(known);
        context.threads()
                .call(
                        () -> fetch(context.api(), asked, from.cursor(), held),
                        haul -> {
                            haul.tasks().forEach(task -> tasks.put(task.id(), task));
                            moved(asked, new Place(haul.cursor(), after(haul)));
                            then.accept(haul.tasks().size());
                        });
    }

    /** Begins at the newest again: what was here before was forgotten elsewhere. */
    void restart() {
        places.clear();
        progress.set(Progress.MORE);
    }

    /** Fetches a single task that some other page names. */
    void fetch(UUID id, Runnable then) {
        context.call(
                api -> api.task(id),
                task -> {
                    tasks.put(task.id(), task);
                    then.run();
                });
    }

    private static Progress after(Haul haul) {
        if (haul.failed()) {
            return Progress.FAILED;
        }
        return haul.cursor() == null ? Progress.DONE : Progress.MORE;
    }

    private void moved(Scope of, Place to) {
        places.put(of, to);
        if (of.equals(scope)) {
            progress.set(to.progress());
        }
    }

    /** The newest pages hold mostly what the poll brought already: those are passed over. */
    private static Haul fetch(FleetApi api, Scope of, @Nullable String start, Set<UUID> held) {
        String cursor = start;
        List<Task> found = new ArrayList<>();
        for (int pages = 0; pages < MOST_PAGES && found.isEmpty(); pages++) {
            Reply<TaskPage> reply =
                    api.tasks(new TaskQuery(of.status(), of.node(), of.model(), PAGE, cursor));
            if (!(reply instanceof Reply.Ok<TaskPage> ok)) {
                return new Haul(found, cursor, true);
            }
            ok.value().tasks().stream()
                    .filter(task -> !held.contains(task.id()))
                    .forEach(found::add);
            cursor = ok.value().nextCursor();
            if (cursor == null) {
                break;
            }
        }
        return new Haul(found, cursor, false);
    }
}
