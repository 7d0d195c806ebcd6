package io.modelfleet.console.support;

import java.io.IOException;
import java.nio.file.Path;
import java.util.function.UnaryOperator;
import javafx.beans.property.ReadOnlyObjectProperty;
import javafx.beans.property.ReadOnlyObjectWrapper;
import org.jspecify.annotations.Nullable;

/** The settings while the console runs: to be watched, and to be changed from the JavaFX thread. */
public final class Preferences {
    private static final System.Logger LOG = System.getLogger(Preferences.class.getName());

    private final SettingsStore store;
    private final Threads threads;
    private final ReadOnlyObjectWrapper<Settings> settings;

    private final ReadOnlyObjectWrapper<@Nullable Connection> connected =
            new ReadOnlyObjectWrapper<>();

    /** The same again, for the thread that saves. */
    private volatile Settings latest;

    /**
     * @param loaded what the store held at the start
     */
    public Preferences(SettingsStore store, Settings loaded, Threads threads) {
        this.store = store;
        this.threads = threads;
        this.settings = new ReadOnlyObjectWrapper<>(loaded);
        this.latest = loaded;
    }

    public Settings get() {
        return settings.get();
    }

    public ReadOnlyObjectProperty<Settings> settings() {
        return settings.getReadOnlyProperty();
    }

    /** The fleet that is open, which may be one that was not saved. */
    public ReadOnlyObjectProperty<@Nullable Connection> connected() {
        return connected.getReadOnlyProperty();
    }

    /** Another fleet was opened; absent when none is open any more. */
    public void connected(@Nullable Connection open) {
        connected.set(open);
    }

    /** Where the settings are kept. */
    public Path file() {
        return store.file();
    }

    /** Changes the settings now and saves them in the background. */
    public void update(UnaryOperator<Settings> change) {
        latest = change.apply(latest);
        settings.set(latest);
        threads.run(this::save);
    }

    /** Two saves that overtake each other end with the same file. */
    private void save() {
        try {
            synchronized (store) {
                store.save(latest);
            }
        } catch (IOException e) {
            LOG.log(System.Logger.Level.ERROR, "The settings cannot be saved", e);
        }
    }
}
