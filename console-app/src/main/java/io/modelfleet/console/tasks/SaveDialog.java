package io.modelfleet.console.tasks;

import io.modelfleet.console.page.PageContext;
import java.io.File;
import java.nio.file.Path;
import java.util.Optional;
import javafx.scene.Node;
import javafx.stage.FileChooser;
import org.jspecify.annotations.Nullable;

/** The system's own dialog for a new file. */
final class SaveDialog {
    private SaveDialog() {}

    /**
     * @param beside whose window the dialog belongs to
     * @param name what the file could be called
     */
    static Optional<Path> ask(@Nullable Node beside, PageContext context, String name) {
        FileChooser chooser = new FileChooser();
        chooser.setTitle(context.text("tasks.export.title"));
        chooser.setInitialFileName(name);
        chooser.getExtensionFilters().add(new FileChooser.ExtensionFilter("CSV", "*.csv"));
        File chosen =
                chooser.showSaveDialog(
                        beside == null || beside.getScene() == null
                                ? null
                                : beside.getScene().getWindow());
        return Optional.ofNullable(chosen).map(File::toPath);
    }
}
