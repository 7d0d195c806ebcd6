package io.modelfleet.console.testing;

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
import java.nio.file.Path;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import javafx.beans.property.SimpleObjectProperty;
import javafx.scene.layout.Region;
import org.jspecify.annotations.Nullable;

/** What a page's view-model needs, without a window: what it says and asks for is kept. */
public final class Surroundings implements Notifier, Dialogs, Navigator, AutoCloseable {
    private final List<String> said = new ArrayList<>();
    private final List<String> opened = new ArrayList<>();
    private final TestClock clock = new TestClock();
    private final FleetClient client;
    private final PageContext context;
    private @Nullable Runnable action;
    private @Nullable Question question;
    private @Nullable Runnable yes;

    /**
     * @param folder where settings would be kept
     */
    public Surroundings(FleetServer server, Path folder, Language language) {
        Messages messages = new Messages(language);
        Threads threads = Threads.direct();
        client = new FleetClient(server.url(), null, messages::locale);
        context =
                new PageContext(
                        client,
                        () -> FleetState.EMPTY,
                        () -> {},
                        threads,
                        messages,
                        new Formats(messages, ZoneOffset.UTC),
                        new Preferences(new SettingsStore(folder), Settings.DEFAULT, threads),
                        clock,
                        this,
                        this,
                        this,
                        (model, nodes) -> opened.add("distribution " + model + " " + nodes),
                        new SimpleObjectProperty<>(Tokens.LIGHT));
    }

    public PageContext context() {
        return context;
    }

    public TestClock clock() {
        return clock;
    }

    /** All notifications, in order. */
    public List<String> said() {
        return said;
    }

    /** All pages and dialogs that were opened, in order. */
    public List<String> opened() {
        return opened;
    }

    /** Presses the button of the newest notification that has one. */
    public void press() {
        required(action).run();
    }

    public Question question() {
        return required(question);
    }

    /** Answers the question with its action. */
    public void agree() {
        required(yes).run();
    }

    private static <T> T required(@Nullable T value) {
        if (value == null) {
            throw new IllegalStateException("that did not happen yet");
        }
        return value;
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
        said.add(text);
    }

    @Override
    public void withAction(Level level, String text, String name, Runnable run) {
        said.add(text + " [" + name + "]");
        action = run;
    }

    @Override
    public void confirm(Question asked, Runnable agreed) {
        question = asked;
        yes = agreed;
    }

    @Override
    public void show(Region content) {
        opened.add("dialog");
    }

    @Override
    public void close() {
        client.close();
    }

    @Override
    public void open(PageId page) {
        opened.add(page.key());
    }

    @Override
    public void open(PageId page, String target) {
        opened.add(page.key() + " " + target);
    }
}
