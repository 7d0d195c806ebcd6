package io.modelfleet.console.matrix;

import io.modelfleet.console.client.FleetApi;
import io.modelfleet.console.client.FleetState;
import io.modelfleet.console.control.Tokens;
import io.modelfleet.console.page.Dialogs;
import io.modelfleet.console.page.Navigator;
import io.modelfleet.console.page.Notifier;
import io.modelfleet.console.page.PageContext;
import io.modelfleet.console.page.PageId;
import io.modelfleet.console.support.Formats;
import io.modelfleet.console.support.Language;
import io.modelfleet.console.support.Messages;
import io.modelfleet.console.support.Preferences;
import io.modelfleet.console.support.Settings;
import io.modelfleet.console.support.SettingsStore;
import io.modelfleet.console.support.Threads;
import io.modelfleet.console.testing.TestClock;
import java.nio.file.Path;
import java.time.InstantSource;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import javafx.beans.property.SimpleObjectProperty;
import javafx.scene.layout.Region;
import org.jspecify.annotations.Nullable;

/** Everything around a view-model, without a window: what it says and asks is written down. */
final class Desk implements Notifier, Dialogs, Navigator {
    final List<String> said = new ArrayList<>();
    final List<String> opened = new ArrayList<>();
    final PageContext context;
    final MatrixViewModel model;
    private FleetState fleet = FleetState.EMPTY;
    private @Nullable Runnable action;
    private @Nullable Question question;
    private @Nullable Runnable yes;

    Desk(FleetApi api, Path folder) {
        this(api, folder, Threads.direct(), new TestClock());
    }

    Desk(FleetApi api, Path folder, Threads threads, InstantSource clock) {
        Messages messages = new Messages(Language.EN);
        context =
                new PageContext(
                        api,
                        () -> fleet,
                        () -> {},
                        threads,
                        messages,
                        new Formats(messages, ZoneOffset.UTC),
                        new Preferences(new SettingsStore(folder), Settings.DEFAULT, threads),
                        clock,
                        this,
                        this,
                        this,
                        (name, nodes) -> opened.add("distribution " + name + " " + nodes),
                        new SimpleObjectProperty<>(Tokens.LIGHT));
        model = new MatrixViewModel(context);
        model.onShown(true);
    }

    Desk show(FleetState state) {
        fleet = state;
        model.onFleet(state);
        return this;
    }

    /** Presses the button of the last notification. */
    void press() {
        if (action == null) {
            throw new IllegalStateException("no notification has a button");
        }
        action.run();
    }

    Question question() {
        if (question == null) {
            throw new IllegalStateException("nothing was asked");
        }
        return question;
    }

    void sayYes() {
        if (yes == null) {
            throw new IllegalStateException("nothing was asked");
        }
        yes.run();
    }

    @Override
    public void success(String text) {
        said.add(text);
    }

    @Override
    public void info(String text) {
        said.add(text);
    }

    @Override
    public void failure(String text) {
        said.add("✗ " + text);
    }

    @Override
    public void withAction(Level level, String text, String name, Runnable run) {
        said.add((level == Level.FAILURE ? "✗ " : "") + text + " [" + name + "]");
        action = run;
    }

    @Override
    public void confirm(Question asked, Runnable then) {
        question = asked;
        yes = then;
    }

    @Override
    public void show(Region content) {
        throw new UnsupportedOperationException("there is no window");
    }

    @Override
    public void open(PageId page) {
        opened.add(page.key());
    }

    @Override
    public void open(PageId page, String target) {
        opened.add(page.key() + " " + target);
    }

    @Override
    public void close() {
        opened.add("nothing");
    }
}
