package io.modelfleet.console.shell;

import io.modelfleet.console.client.ConnectionState;
import io.modelfleet.console.page.Failures;
import io.modelfleet.console.page.PageId;
import io.modelfleet.console.support.Formats;
import io.modelfleet.console.support.Messages;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import javafx.beans.property.ReadOnlyBooleanProperty;
import javafx.beans.property.ReadOnlyBooleanWrapper;
import javafx.beans.property.ReadOnlyObjectProperty;
import javafx.beans.property.ReadOnlyObjectWrapper;
import javafx.beans.property.ReadOnlyStringProperty;
import javafx.beans.property.ReadOnlyStringWrapper;
import org.jspecify.annotations.Nullable;

/** Which page is shown, and how fresh what it shows is. */
final class MainViewModel {
    /** Without an answer for so long, what is shown counts as old. */
    static final Duration STALE_AFTER = Duration.ofSeconds(5);

    private final Messages messages;
    private final Formats formats;
    private final InstantSource clock;
    private final ReadOnlyObjectWrapper<PageId> page;
    private final ReadOnlyObjectWrapper<Freshness> freshness =
            new ReadOnlyObjectWrapper<>(Freshness.CONNECTING);
    private final ReadOnlyStringWrapper live = new ReadOnlyStringWrapper("");
    private final ReadOnlyStringWrapper banner = new ReadOnlyStringWrapper("");
    private final ReadOnlyBooleanWrapper stale = new ReadOnlyBooleanWrapper();
    private ConnectionState connection;

    /** What the indicator in the top bar says. */
    enum Freshness {
        CONNECTING,
        LIVE,
        LOST
    }

    MainViewModel(PageId first, Messages messages, Formats formats, InstantSource clock) {
        this.page = new ReadOnlyObjectWrapper<>(first);
        this.messages = messages;
        this.formats = formats;
        this.clock = clock;
        this.connection = new ConnectionState.Connecting(clock.instant());
        tick();
    }

    ReadOnlyObjectProperty<PageId> page() {
        return page.getReadOnlyProperty();
    }

    ReadOnlyObjectProperty<Freshness> freshness() {
        return freshness.getReadOnlyProperty();
    }

    /** The indicator's words: "live, 1 s ago". */
    ReadOnlyStringProperty live() {
        return live.getReadOnlyProperty();
    }

    /** Whether what is shown is to be greyed, and the banner to be seen. */
    ReadOnlyBooleanProperty stale() {
        return stale.getReadOnlyProperty();
    }

    ReadOnlyStringProperty banner() {
        return banner.getReadOnlyProperty();
    }

    void open(PageId next) {
        page.set(next);
    }

    void connection(ConnectionState now) {
        connection = now;
        tick();
    }

    /** Time has passed, or the language has changed: says everything anew. */
    void tick() {
        Instant now = clock.instant();
        switch (connection) {
            case ConnectionState.Connecting connecting -> {
                freshness.set(Freshness.CONNECTING);
                live.set(messages.text("live.connecting"));
                markStale(connecting.since(), now, messages.text("cause.TIMEOUT"));
            }
            case ConnectionState.Live answered -> {
                freshness.set(Freshness.LIVE);
                live.set(messages.text("live.now", formats.age(answered.lastAnswer(), now)));
                markStale(answered.lastAnswer(), now, messages.text("cause.TIMEOUT"));
            }
            case ConnectionState.Lost lost -> {
                freshness.set(Freshness.LOST);
                live.set(lostText(lost.lastAnswer(), now));
                markStale(
                        lost.lastAnswer() == null ? lost.since() : lost.lastAnswer(),
                        now,
                        Failures.text(lost.cause(), messages));
            }
        }
    }

    private String lostText(@Nullable Instant lastAnswer, Instant now) {
        return lastAnswer == null
                ? messages.text("live.never")
                : messages.text("live.lost", formats.age(lastAnswer, now));
    }

    private void markStale(Instant fresh, Instant now, String why) {
        boolean old = Duration.between(fresh, now).compareTo(STALE_AFTER) >= 0;
        banner.set(old ? messages.text("banner.lost", why) : "");
        stale.set(old);
    }
}
