package io.modelfleet.console.overview;

import io.modelfleet.console.client.FleetState;
import io.modelfleet.console.page.PageContext;
import io.modelfleet.console.page.PageId;
import io.modelfleet.console.support.Connection;
import io.modelfleet.protocol.Task;
import io.modelfleet.protocol.TaskKind;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.stream.Stream;
import javafx.beans.property.ReadOnlyObjectProperty;
import javafx.beans.property.ReadOnlyObjectWrapper;
import javafx.beans.property.ReadOnlyStringProperty;
import javafx.beans.property.ReadOnlyStringWrapper;
import javafx.collections.ObservableList;

/** The fleet in one look: figures, concerns, downloads and events, in words. */
final class OverviewViewModel {
    /** Events that are kept. */
    static final int EVENTS = 100;

    /** Downloads that are listed; the page of tasks has them all. */
    static final int DOWNLOADS = 20;

    private final PageContext context;
    private final Wording wording;
    private final Figures figures;
    private final ReadOnlyObjectWrapper<Stage> stage = new ReadOnlyObjectWrapper<>(Stage.WAITING);
    private final Map<CardId, ReadOnlyObjectWrapper<Card>> cards = new EnumMap<>(CardId.class);
    private final Rows<Line> concerns = new Rows<>(Line::key);
    private final Rows<Download> downloads = new Rows<>(Download::task);
    private final Rows<Line> happened = new Rows<>(Line::key);
    private final ReadOnlyStringWrapper more = new ReadOnlyStringWrapper("");
    private final List<Numbered> events = new ArrayList<>();
    private FleetState fleet = FleetState.EMPTY;
    private FleetState surveyed = FleetState.EMPTY;
    private Holdings holdings = Holdings.NONE;
    private long told;
    private boolean shown;

    /** What there is to see. */
    enum Stage {
        /** Nothing was answered yet. */
        WAITING,
        /** The fleet has no node. */
        EMPTY,
        FLEET
    }

    /** Two events may say the same; the number tells them apart. */
    private record Numbered(long number, Event event) {}

    OverviewViewModel(PageContext context) {
        this.context = context;
        this.wording = new Wording(context.messages(), context.formats());
        this.figures = new Figures(context.messages(), context.formats());
        for (CardId id : CardId.values()) {
            cards.put(id, new ReadOnlyObjectWrapper<>(Card.NOTHING));
        }
    }

    ReadOnlyObjectProperty<Stage> stage() {
        return stage.getReadOnlyProperty();
    }

    ReadOnlyObjectProperty<Card> card(CardId id) {
        return one(id).getReadOnlyProperty();
    }

    private ReadOnlyObjectWrapper<Card> one(CardId id) {
        return Objects.requireNonNull(cards.get(id), id::name);
    }

    /** What needs attention, the most urgent first. */
    ObservableList<Row<Line>> concerns() {
        return concerns.list();
    }

    /** What moves, the oldest first: a row keeps its place until it is done. */
    ObservableList<Row<Download>> downloads() {
        return downloads.list();
    }

    /** What waits or is not listed, in words; empty when that is nothing. */
    ReadOnlyStringProperty more() {
        return more.getReadOnlyProperty();
    }

    /** What happened, the newest first. */
    ObservableList<Row<Line>> events() {
        return happened.list();
    }

    void onFleet(FleetState now) {
        List<Event> news =
                fleet.version() == FleetState.NO_VERSION
                        ? Events.history(now)
                        : Events.between(fleet, now, context.clock().instant());
        fleet = now;
        remember(news);
        if (shown) {
            say();
        }
    }

    /** While nobody looks, events are gathered and nothing else is worked out. */
    void shown(boolean visible) {
        shown = visible;
        if (visible) {
            say();
        }
    }

    void onTick(Instant now) {
        if (shown) {
            sayConcerns(now);
            sayEvents(now);
        }
    }

    private void remember(List<Event> news) {
        for (Event event : news.reversed()) {
            events.addFirst(new Numbered(told++, event));
        }
        if (events.size() > EVENTS) {
            events.subList(EVENTS, events.size()).clear();
        }
    }

    /** Says everything anew: the fleet has changed, or the language. */
    void say() {
        stage.set(
                fleet.version() == FleetState.NO_VERSION
                        ? Stage.WAITING
                        : fleet.agents().isEmpty() ? Stage.EMPTY : Stage.FLEET);
        if (!fleet.models().equals(surveyed.models())) {
            holdings = Holdings.of(fleet.models());
        }
        surveyed = fleet;
        Instant now = context.clock().instant();
        sayCards();
        sayConcerns(now);
        sayDownloads();
        sayEvents(now);
    }

    private void sayCards() {
        Summary sum = Summary.of(fleet);
        cards.forEach((id, card) -> card.set(figures.card(id, sum, holdings)));
    }

    private void sayConcerns(Instant now) {
        concerns.show(
                Concerns.of(fleet, holdings, now).stream()
                        .map(concern -> wording.line(concern, fleet, now))
                        .toList());
    }

    private void sayDownloads() {
        List<Task> moving =
                active().filter(Summary::moves)
                        .sorted(Comparator.comparing(Task::createdAt).thenComparing(Task::id))
                        .toList();
        downloads.show(
                moving.stream()
                        .limit(DOWNLOADS)
                        .map(task -> wording.download(task, fleet))
                        .toList());
        long waiting = active().count() - moving.size();
        int unlisted = Math.max(0, moving.size() - DOWNLOADS);
        more.set(more(unlisted, waiting));
    }

    private String more(int unlisted, long waiting) {
        if (unlisted > 0) {
            return context.text("overview.downloads.more", unlisted, waiting);
        }
        return waiting == 0 ? "" : context.text("overview.downloads.waiting", waiting);
    }

    private Stream<Task> active() {
        return fleet.tasks().values().stream()
                .filter(task -> task.kind() == TaskKind.PULL && !task.status().isFinal());
    }

    private void sayEvents(Instant now) {
        happened.show(
                events.stream().map(one -> wording.line(one.event(), one.number(), now)).toList());
    }

    /** What starts an agent that finds this fleet. */
    String command() {
        Connection connected = context.preferences().connected().get();
        String address =
                connected == null ? "http://localhost:8080" : connected.address().toString();
        return "agent --coordinator-url " + address + " --ollama-port 11434 --agent-api-port 11435";
    }

    void open(Link link) {
        link.follow(context.navigator());
    }

    void open(CardId card) {
        context.navigator().open(card.page());
    }

    void openDownload(Download download) {
        open(new Link(PageId.TASKS, download.task().toString()));
    }

    void distribute() {
        context.distribution().choose(null, List.of());
    }
}
