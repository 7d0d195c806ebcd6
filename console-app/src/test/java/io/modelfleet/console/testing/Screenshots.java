package io.modelfleet.console.testing;

import io.modelfleet.console.page.PageId;
import io.modelfleet.console.support.Language;
import io.modelfleet.console.support.Settings;
import io.modelfleet.console.support.ThemeChoice;
import java.awt.image.BufferedImage;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.function.Consumer;
import javafx.scene.Scene;
import javafx.scene.image.PixelFormat;
import javafx.scene.image.WritableImage;
import javax.imageio.ImageIO;

/** Pictures of the window, for people to look at: {@code target/screenshots}. */
public final class Screenshots {
    private static final Path FOLDER = Path.of("target", "screenshots");
    private static final int[][] SIZES = {{1400, 900}, {1024, 700}};

    private Screenshots() {}

    /**
     * Takes a page in both themes, both languages and both sizes.
     *
     * @param prepare brings the page, which is open, to the state that is worth a picture
     */
    public static void takeAll(
            PageId page, Path folder, FleetServer server, Consumer<Window> prepare) {
        for (int[] size : SIZES) {
            for (Language language : Language.values()) {
                for (ThemeChoice theme : List.of(ThemeChoice.LIGHT, ThemeChoice.DARK)) {
                    Settings settings =
                            Window.connectedTo(server).withLanguage(language).withTheme(theme);
                    try (Window window = new Window(folder, new TestClock())) {
                        window.open(settings, size[0], size[1]);
                        window.go(page);
                        prepare.accept(window);
                        take(window, name(page, language, theme, size[0]));
                    }
                }
            }
        }
    }

    private static String name(PageId page, Language language, ThemeChoice theme, int width) {
        return String.join("-", page.key(), theme.name(), language.name(), Integer.toString(width))
                .toLowerCase(Locale.ROOT);
    }

    /** Writes what the window shows now. */
    public static void take(Window window, String name) {
        WritableImage picture =
                window.on(
                        () -> {
                            Scene scene = window.stage().getScene();
                            scene.getRoot().applyCss();
                            scene.getRoot().layout();
                            return scene.snapshot(null);
                        });
        try {
            Files.createDirectories(FOLDER);
            ImageIO.write(image(picture), "png", FOLDER.resolve(name + ".png").toFile());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static BufferedImage image(WritableImage picture) {
        int width = (int) picture.getWidth();
        int height = (int) picture.getHeight();
        int[] pixels = new int[width * height];
        picture.getPixelReader()
                .getPixels(0, 0, width, height, PixelFormat.getIntArgbInstance(), pixels, 0, width);
        BufferedImage image = new BufferedImage(width, height, BufferedImage.TYPE_INT_ARGB);
        image.setRGB(0, 0, width, height, pixels, 0, width);
        return image;
    }
}
