package io.modelfleet.console.settings;

import io.modelfleet.console.page.Dialogs;
import io.modelfleet.console.page.Notifier;
import io.modelfleet.console.page.PageContext;
import io.modelfleet.console.support.Connection;
import io.modelfleet.console.support.Language;
import io.modelfleet.console.support.Preferences;
import io.modelfleet.console.support.Settings;
import io.modelfleet.console.support.ThemeChoice;
import java.util.List;
import java.util.Optional;
import javafx.beans.property.ReadOnlyObjectProperty;
import javafx.beans.property.ReadOnlyObjectWrapper;
import org.jspecify.annotations.Nullable;

/** What the operator has chosen, and changes. Everything acts at once. */
final class SettingsViewModel {
    static final int SHORTEST_POLL = 1;
    static final int LONGEST_POLL = 60;

    private final PageContext context;
    private final ReadOnlyObjectWrapper<@Nullable ConnectionForm> form =
            new ReadOnlyObjectWrapper<>();

    SettingsViewModel(PageContext context) {
        this.context = context;
    }

    private Preferences preferences() {
        return context.preferences();
    }

    ReadOnlyObjectProperty<Settings> settings() {
        return preferences().settings();
    }

    /** The connection that is added or changed now; absent while none is. */
    ReadOnlyObjectProperty<@Nullable ConnectionForm> form() {
        return form.getReadOnlyProperty();
    }

    boolean isConnected(Connection connection) {
        return connection.equals(preferences().connected().get());
    }

    /** The open fleet where it was named at the start and is not among the saved ones. */
    Optional<Connection> unsaved() {
        return Optional.ofNullable(preferences().connected().get())
                .filter(open -> !settings().get().connections().contains(open));
    }

    Language language() {
        return context.messages().language();
    }

    String file() {
        return preferences().file().toString();
    }

    void add() {
        form.set(newForm(null));
    }

    void edit(Connection connection) {
        form.set(newForm(connection));
    }

    private ConnectionForm newForm(@Nullable Connection before) {
        return new ConnectionForm(
                context.threads(), context.messages(), preferences()::get, before);
    }

    /** Saves what was typed and closes the form, unless something is wrong with it. */
    void save() {
        ConnectionForm typed = form.get();
        if (typed != null) {
            typed.save()
                    .ifPresent(
                            next -> {
                                form.set(null);
                                preferences().update(now -> next);
                            });
        }
    }

    /** Forgets what was typed. */
    void cancel() {
        form.set(null);
    }

    /** Shows that fleet from now on. */
    void open(Connection connection) {
        preferences().update(now -> now.withActive(connection.name()));
    }

    /** Keeps a connection that was named at the start only. */
    void keep(Connection connection) {
        preferences().update(now -> now.with(connection));
    }

    /** Forgets a connection, after asking. */
    void remove(Connection connection) {
        context.dialogs()
                .confirm(
                        new Dialogs.Question(
                                context.text("settings.remove.title"),
                                context.text(
                                        isConnected(connection)
                                                ? "settings.remove.open"
                                                : "settings.remove.text"),
                                List.of(connection.name() + " · " + connection.address()),
                                context.text("settings.remove.yes")),
                        () -> removed(connection));
    }

    private void removed(Connection connection) {
        form.set(null);
        preferences().update(now -> now.without(connection.name()));
        context.notifier()
                .withAction(
                        Notifier.Level.SUCCESS,
                        context.text("settings.removed", connection.name()),
                        context.text("action.undo"),
                        () -> preferences().update(now -> Connections.put(now, null, connection)));
    }

    void pollSeconds(int seconds) {
        if (seconds != settings().get().pollSeconds()) {
            preferences().update(now -> now.withPollSeconds(seconds));
        }
    }

    void theme(ThemeChoice choice) {
        if (choice != settings().get().theme()) {
            preferences().update(now -> now.withTheme(choice));
        }
    }

    void language(Language choice) {
        if (choice != settings().get().language()) {
            preferences().update(now -> now.withLanguage(choice));
        }
    }
}
