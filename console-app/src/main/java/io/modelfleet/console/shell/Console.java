package io.modelfleet.console.shell;

import io.modelfleet.console.client.FleetApi;
import io.modelfleet.console.distribution.DistributionDialog;
import io.modelfleet.console.page.Navigator;
import io.modelfleet.console.page.Page;
import io.modelfleet.console.page.PageContext;
import io.modelfleet.console.page.PageId;
import io.modelfleet.console.support.Address;
import io.modelfleet.console.support.Connection;
import io.modelfleet.console.support.Formats;
import io.modelfleet.console.support.Language;
import io.modelfleet.console.support.Messages;
import io.modelfleet.console.support.Preferences;
import io.modelfleet.console.support.Settings;
import io.modelfleet.console.support.Threads;
import java.time.Duration;
import java.time.InstantSource;
import java.time.ZoneId;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import javafx.animation.Animation;
import javafx.animation.KeyFrame;
import javafx.animation.Timeline;
import javafx.application.Platform;
import javafx.scene.Scene;
import javafx.scene.image.Image;
import javafx.scene.layout.Pane;
import javafx.stage.Stage;
import org.jspecify.annotations.Nullable;

/** Everything of one window, put together here; lives on the JavaFX thread. */
public final class Console implements AutoCloseable {
    private static final double WIDTH = 1400;
    private static final double HEIGHT = 900;
    private static final double LEAST_WIDTH = 900;
    private static final double LEAST_HEIGHT = 600;
    private static final int[] ICON_SIZES = {16, 32, 48, 128};

    private final Stage stage;
    private final Preferences preferences;
    private final Threads threads;
    private final InstantSource clock;
    private final Messages messages;
    private final Formats formats;
    private final Theming theming = new Theming(Platform.getPreferences().colorSchemeProperty());
    private final Toasts toasts = new Toasts();
    private final ModalDialogs dialogs;
    private final Scene scene = new Scene(new Pane(), WIDTH, HEIGHT);
    private final Timeline second;
    private @Nullable Session session;
    private @Nullable MainController window;
    private @Nullable MainViewModel main;
    private @Nullable DistributionDialog distribution;

    public Console(
            Stage stage,
            Preferences preferences,
            Threads threads,
            InstantSource clock,
            ZoneId zone) {
        this.stage = stage;
        this.preferences = preferences;
        this.threads = threads;
        this.clock = clock;
        this.messages = new Messages(language(preferences.get()));
        this.formats = new Formats(messages, zone);
        this.dialogs = new ModalDialogs(messages);
        this.second = new Timeline(new KeyFrame(javafx.util.Duration.seconds(1), event -> tick()));
        second.setCycleCount(Animation.INDEFINITE);
    }

    /**
     * Shows the window.
     *
     * @param address a fleet to open in place of the saved one; it is not saved
     */
    public void start(Optional<String> address) {
        theming.choose(preferences.get().theme());
        theming.dress(scene);
        preferences.settings().subscribe(this::chosen);
        stage.setTitle("Modelfleet");
        for (int size : ICON_SIZES) {
            // In the background: the window does not wait for its icon.
            stage.getIcons().add(new Image(icon(size), true));
        }
        stage.setMinWidth(LEAST_WIDTH);
        stage.setMinHeight(LEAST_HEIGHT);
        stage.setScene(scene);
        Optional<Connection> named =
                address.flatMap(Address::parse)
                        .map(uri -> new Connection(Address.name(uri), uri, null));
        named.or(() -> preferences.get().activeConnection())
                .ifPresentOrElse(this::open, () -> askForFleet(address.orElse("")));
        stage.show();
        second.play();
    }

    private static String icon(int size) {
        return String.valueOf(Console.class.getResource("modelfleet-" + size + ".png"));
    }

    private static Language language(Settings settings) {
        return settings.language() == null ? Language.of(Locale.getDefault()) : settings.language();
    }

    private void chosen(Settings before, Settings now) {
        theming.choose(now.theme());
        if (session != null && before.pollSeconds() != now.pollSeconds()) {
            session.interval(Duration.ofSeconds(now.pollSeconds()));
        }
        if (language(now) != messages.language()) {
            messages.speak(language(now));
            showFleet();
        }
        if (session != null && !before.activeConnection().equals(now.activeConnection())) {
            switchFrom(session.connection(), before, now);
        }
    }

    /** Another connection was chosen, or the chosen one was changed or removed. */
    private void switchFrom(Connection open, Settings before, Settings now) {
        Optional<Connection> wanted = now.activeConnection();
        if (wanted.isPresent()) {
            wanted.filter(other -> !other.equals(open)).ifPresent(this::open);
        } else if (before.activeConnection().filter(open::equals).isPresent()) {
            leave();
            askForFleet("");
        }
    }

    private void open(Connection connection) {
        leave();
        preferences.connected(connection);
        MainViewModel model = new MainViewModel(PageId.OVERVIEW, messages, formats, clock);
        Session opened =
                new Session(
                        connection,
                        Duration.ofSeconds(preferences.get().pollSeconds()),
                        threads,
                        clock,
                        messages,
                        this::context,
                        Pages::build,
                        model::connection);
        model.open(opened.pages().keySet().iterator().next());
        session = opened;
        main = model;
        showFleet();
        // Once the window is there: on a small machine the first poll would hold it up.
        threads.show(
                () -> {
                    if (session == opened) {
                        opened.start();
                    }
                });
    }

    private PageContext context(FleetApi api, Session of) {
        DistributionDialog dialog = new DistributionDialog();
        PageContext context =
                new PageContext(
                        api,
                        of::fleet,
                        of::pollNow,
                        threads,
                        messages,
                        formats,
                        preferences,
                        clock,
                        new WindowNavigator(),
                        toasts,
                        dialogs,
                        dialog,
                        theming.tokens());
        dialog.use(context);
        distribution = dialog;
        return context;
    }

    /** Pages outlive the window's nodes, which are built anew for each language. */
    private final class WindowNavigator implements Navigator {
        @Override
        public void open(PageId page) {
            if (main != null && session != null && session.pages().containsKey(page)) {
                main.open(page);
            }
        }

        @Override
        public void open(PageId page, String target) {
            open(page);
            Page opened = session == null ? null : session.pages().get(page);
            if (opened != null) {
                opened.open(target);
            }
        }
    }

    private void showFleet() {
        dialogs.close();
        if (session == null || main == null) {
            askForFleet("");
            return;
        }
        main.tick();
        window =
                new MainController(
                        main,
                        session,
                        new MainController.Surroundings(
                                preferences,
                                messages,
                                clock,
                                theming,
                                toasts,
                                dialogs,
                                () -> askForFleet(""),
                                this::distribute));
        scene.setRoot(window.load());
    }

    private void distribute() {
        if (distribution != null) {
            distribution.choose(null, List.of());
        }
    }

    private void askForFleet(String address) {
        ConnectViewModel model =
                new ConnectViewModel(
                        threads,
                        messages,
                        connection -> {
                            preferences.update(settings -> settings.with(connection));
                            if (session == null || !session.connection().equals(connection)) {
                                open(connection);
                            } else {
                                showFleet();
                            }
                        });
        if (!address.isEmpty()) {
            model.address().set(address);
        }
        scene.setRoot(
                new ConnectController(model, session != null, this::showFleet).load(messages));
    }

    private void tick() {
        if (main != null && window != null) {
            main.tick();
            window.tick();
        }
        if (distribution != null) {
            distribution.onTick();
        }
    }

    private void leave() {
        if (session != null) {
            session.close();
            session = null;
            preferences.connected(null);
        }
        window = null;
    }

    @Override
    public void close() {
        second.stop();
        leave();
    }
}
