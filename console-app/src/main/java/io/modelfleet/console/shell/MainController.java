package io.modelfleet.console.shell;

import io.modelfleet.console.page.Finding;
import io.modelfleet.console.page.Fxml;
import io.modelfleet.console.page.Page;
import io.modelfleet.console.page.PageId;
import io.modelfleet.console.support.Connection;
import io.modelfleet.console.support.Messages;
import io.modelfleet.console.support.Preferences;
import io.modelfleet.console.support.ThemeChoice;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import javafx.css.PseudoClass;
import javafx.fxml.FXML;
import javafx.scene.Node;
import javafx.scene.Parent;
import javafx.scene.control.Button;
import javafx.scene.control.Label;
import javafx.scene.control.MenuButton;
import javafx.scene.control.MenuItem;
import javafx.scene.control.RadioMenuItem;
import javafx.scene.control.SeparatorMenuItem;
import javafx.scene.control.ToggleButton;
import javafx.scene.control.Tooltip;
import javafx.scene.layout.HBox;
import javafx.scene.layout.StackPane;
import javafx.scene.layout.VBox;
import javafx.util.Subscription;
import org.jspecify.annotations.Nullable;
import org.kordamp.ikonli.Ikon;
import org.kordamp.ikonli.javafx.FontIcon;
import org.kordamp.ikonli.materialdesign2.MaterialDesignL;
import org.kordamp.ikonli.materialdesign2.MaterialDesignM;
import org.kordamp.ikonli.materialdesign2.MaterialDesignR;
import org.kordamp.ikonli.materialdesign2.MaterialDesignT;
import org.kordamp.ikonli.materialdesign2.MaterialDesignW;

/** Binds the window: top bar, navigation, banner, and the page that is shown. */
public final class MainController {
    private static final PseudoClass STALE = PseudoClass.getPseudoClass("stale");

    private final MainViewModel model;
    private final Session session;
    private final Surroundings around;
    private final Map<PageId, Node> nodes = new EnumMap<>(PageId.class);
    private final Map<PageId, ToggleButton> links = new EnumMap<>(PageId.class);
    private @Nullable Page shown;

    @FXML private StackPane root;
    @FXML private MenuButton fleet;
    @FXML private Label live;
    @FXML private Button theme;
    @FXML private Button language;
    @FXML private Button distribute;
    @FXML private VBox navigation;
    @FXML private HBox banner;
    @FXML private Label bannerText;
    @FXML private StackPane content;

    /** What the window shares with what was there before it and comes after it. */
    record Surroundings(
            Preferences preferences,
            Messages messages,
            InstantSource clock,
            Theming theming,
            Toasts toasts,
            ModalDialogs dialogs,
            Runnable connect,
            Runnable distribute) {}

    MainController(MainViewModel model, Session session, Surroundings around) {
        this.model = model;
        this.session = session;
        this.around = around;
    }

    Parent load() {
        return Fxml.load(this, "main.fxml", around.messages());
    }

    @FXML
    void initialize() {
        bindTopBar();
        bannerText.textProperty().bind(model.banner());
        banner.visibleProperty().bind(model.stale());
        banner.managedProperty().bind(model.stale());
        session.pages().keySet().forEach(this::addLink);
        root.getChildren().addAll(around.toasts().host(), around.dialogs().pane());
        new Keys(this, session, around.dialogs(), around.toasts()).listen(root);
        whileShown(
                Subscription.combine(
                        model.stale().subscribe(old -> content.pseudoClassStateChanged(STALE, old)),
                        model.freshness().subscribe(this::showFreshness),
                        around.theming().tokens().subscribe(now -> showThemeIcon()),
                        around.preferences().settings().subscribe(now -> fillFleets()),
                        model.page().subscribe(this::show)));
    }

    /** The view-model outlives this window: what listens to it must leave with the window. */
    private void whileShown(Subscription subscription) {
        root.sceneProperty()
                .addListener(
                        (all, before, now) -> {
                            if (now == null) {
                                subscription.unsubscribe();
                            }
                        });
    }

    private void bindTopBar() {
        live.textProperty().bind(model.live());
        language.setText(around.messages().language().other().label());
        language.setTooltip(new Tooltip(around.messages().text("top.language")));
        distribute.setTooltip(new Tooltip(around.messages().text("distribution.open")));
        theme.setTooltip(new Tooltip(around.messages().text("top.theme")));
        fleet.setText(session.connection().name());
    }

    private void fillFleets() {
        fleet.getItems().clear();
        for (Connection saved : around.preferences().get().connections()) {
            RadioMenuItem item = new RadioMenuItem(saved.name());
            item.setSelected(saved.equals(session.connection()));
            item.setOnAction(
                    event ->
                            around.preferences()
                                    .update(settings -> settings.withActive(saved.name())));
            fleet.getItems().add(item);
        }
        if (!fleet.getItems().isEmpty()) {
            fleet.getItems().add(new SeparatorMenuItem());
        }
        MenuItem another = new MenuItem(around.messages().text("top.connect"));
        another.setId("connect-another");
        another.setOnAction(event -> around.connect().run());
        fleet.getItems().add(another);
    }

    private void addLink(PageId id) {
        ToggleButton link =
                new ToggleButton(around.messages().text(id.titleKey()), new FontIcon(id.icon()));
        link.setId("nav-" + id.key());
        link.setTooltip(new Tooltip("Ctrl+" + id.digit()));
        link.setOnAction(
                event -> {
                    // A second click must not leave it unselected.
                    link.setSelected(true);
                    model.open(id);
                });
        links.put(id, link);
        navigation.getChildren().add(link);
    }

    private void showFreshness(MainViewModel.Freshness now) {
        live.getStyleClass().removeAll("live-now", "live-lost");
        switch (now) {
            case CONNECTING -> {}
            case LIVE -> live.getStyleClass().add("live-now");
            case LOST -> live.getStyleClass().add("live-lost");
        }
    }

    private void showThemeIcon() {
        theme.setGraphic(
                new FontIcon(
                        around.theming().isDark()
                                ? MaterialDesignW.WHITE_BALANCE_SUNNY
                                : MaterialDesignM.MOON_WANING_CRESCENT));
    }

    private void show(PageId id) {
        Page next = Objects.requireNonNull(session.pages().get(id), id::name);
        if (next.equals(shown)) {
            return;
        }
        if (shown != null) {
            shown.onHidden();
        }
        shown = next;
        links.forEach((page, link) -> link.setSelected(page == id));
        content.getChildren().setAll(nodes.computeIfAbsent(id, missing -> next.node()));
        next.onTick(around.clock().instant());
        next.onShown();
    }

    /** A second has passed. */
    void tick() {
        if (shown != null) {
            shown.onTick(around.clock().instant());
        }
    }

    /** The page that is on top, absent before the first is shown. */
    @Nullable Page shown() {
        return shown;
    }

    void open(PageId id) {
        if (session.pages().containsKey(id)) {
            model.open(id);
        }
    }

    @FXML
    void find() {
        List<Finding> findings = new ArrayList<>();
        session.pages()
                .keySet()
                .forEach(
                        id ->
                                findings.add(
                                        new Finding(
                                                around.messages().text(id.titleKey()),
                                                around.messages().text("find.page"),
                                                id.icon(),
                                                () -> model.open(id))));
        session.pages().values().forEach(page -> findings.addAll(page.findings()));
        findings.addAll(actions());
        new Palette(new PaletteViewModel(findings), around.dialogs(), around.messages()).open();
    }

    /** What the window itself can do. */
    private List<Finding> actions() {
        return List.of(
                action("top.theme", MaterialDesignT.THEME_LIGHT_DARK, this::toggleTheme),
                action("top.language", MaterialDesignT.TRANSLATE, this::toggleLanguage),
                action("top.connect", MaterialDesignL.LAN_CONNECT, around.connect()),
                action("top.refresh", MaterialDesignR.REFRESH, session::pollNow));
    }

    private Finding action(String key, Ikon icon, Runnable run) {
        return new Finding(
                around.messages().text(key), around.messages().text("find.action"), icon, run);
    }

    /** From every page, the window's own way to the one thing that it is for. */
    @FXML
    void distribute() {
        around.distribute().run();
    }

    @FXML
    void toggleTheme() {
        ThemeChoice other = around.theming().isDark() ? ThemeChoice.LIGHT : ThemeChoice.DARK;
        around.preferences().update(settings -> settings.withTheme(other));
    }

    @FXML
    void toggleLanguage() {
        around.preferences()
                .update(settings -> settings.withLanguage(around.messages().language().other()));
    }
}
