package io.modelfleet.console.testing;

import io.modelfleet.console.client.FleetApi;
import io.modelfleet.console.client.FleetClient;
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
import io.modelfleet.protocol.Changes;
import java.nio.file.Path;
import java.time.InstantSource;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import javafx.beans.property.SimpleObjectProperty;
import javafx.scene.layout.Region;
import org.jspecify.annotations.Nullable;

/**
 * A page's context without a window: everything happens at once, and what the operator would be
 * told and asked is written down.
 */
public final class Desk implements AutoCloseable, Notifier, Dialogs, Navigator {
    private final List<String> said = new ArrayList<>();
    private final List<String> opened = new ArrayList<>();
    private final Messages messages = new Messages(Language.EN);
    private final TestClock clock = new TestClock();
    private final Runnable end;
    private final PageContext context;
    private FleetState fleet = FleetState.EMPTY;
    private @Nullable Runnable action;
    private @Nullable Question question;
    private @Nullable Runnable yes;

    /** Everything happens at once, against this server. */
    public Desk(FleetServer server, Path folder) {
        FleetClient client = new FleetClient(server.url(), null, messages::locale);
        this.end = client::close;
        this.context = context(client, folder, Threads.direct(), clock);
    }

    /**
     * @param api stays open when the desk is closed
     */
    public Desk(FleetApi api, Path folder, Threads threads, InstantSource time) {
        this.end = () -> {};
        this.context = context(api, folder, threads, time);
    }

    private PageContext context(FleetApi api, Path folder, Threads threads, InstantSource time) {
        return new PageContext(
                api,
                () -> fleet,
                () -> {},
                threads,
                messages,
                new Formats(messages, ZoneOffset.UTC),
                new Preferences(new SettingsStore(folder), Settings.DEFAULT, threads),
                time,
                this,
                this,
                this,
                (name, nodes) -> opened.add("distribution " + name + " " + nodes),
                new SimpleObjectProperty<>(Tokens.LIGHT));
    }

    public PageContext context() {
        return context;
    }

    public TestClock clock() {
        return clock;
    }

    /** The fleet is now as these changes leave it. */
    public FleetState fleet(Changes changes) {
        fleet = fleet.apply(changes);
        return fleet;
    }

    /** The fleet is now this. */
    public void fleet(FleetState state) {
        fleet = state;
    }

    /** Every notification: failures begin with a cross, a button stands in brackets. */
    public List<String> said() {
        return said;
    }

    /** Where the operator was sent. */
    public List<String> opened() {
        return opened;
    }

    /** Presses the button of the last notification. */
    public void press() {
        if (action == null) {
            throw new IllegalStateException("no notification has a button");
        }
        action.run();
    }

    public Question question() {
        if (question == null) {
            throw new IllegalStateException("nothing was asked");
        }
        return question;
    }

    public void sayYes() {
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
        end.run();
    }
}
