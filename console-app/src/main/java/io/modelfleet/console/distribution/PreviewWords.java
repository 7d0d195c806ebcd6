package io.modelfleet.console.distribution;

import io.modelfleet.console.page.PageContext;
import io.modelfleet.console.support.Formats;
import java.util.ArrayList;
import java.util.List;
import javafx.beans.property.ReadOnlyStringProperty;
import javafx.beans.property.ReadOnlyStringWrapper;
import org.jspecify.annotations.Nullable;

/** A preview in the operator's language. */
final class PreviewWords {
    private final PageContext context;
    private final Formats formats;
    private final ReadOnlyStringWrapper about = new ReadOnlyStringWrapper("");
    private final ReadOnlyStringWrapper headline = new ReadOnlyStringWrapper("");
    private final ReadOnlyStringWrapper cost = new ReadOnlyStringWrapper("");
    private final ReadOnlyStringWrapper action = new ReadOnlyStringWrapper("");

    PreviewWords(PageContext context) {
        this.context = context;
        this.formats = context.formats();
    }

    /** The model's size, and what it is. */
    ReadOnlyStringProperty about() {
        return about.getReadOnlyProperty();
    }

    /** How many nodes get it, and how many do not. */
    ReadOnlyStringProperty headline() {
        return headline.getReadOnlyProperty();
    }

    /** Bytes to move, and the tightest disk. */
    ReadOnlyStringProperty cost() {
        return cost.getReadOnlyProperty();
    }

    /** What the button does. */
    ReadOnlyStringProperty action() {
        return action.getReadOnlyProperty();
    }

    /**
     * @param model absent when nobody knows it
     * @param named whether there is a name at all
     */
    void say(KnownModels.@Nullable Known model, boolean named, Preview preview) {
        if (!named) {
            about.set("");
            headline.set(context.text("distribution.preview"));
            cost.set("");
            action.set(context.text("distribution.send"));
            return;
        }
        about.set(about(model));
        headline.set(headline(preview));
        cost.set(preview.getting() == 0 ? "" : cost(preview));
        action.set(
                preview.getting() == 0
                        ? context.text("distribution.send")
                        : context.text("distribution.send.count", preview.getting()));
    }

    private String about(KnownModels.@Nullable Known model) {
        if (model == null) {
            return context.text("distribution.about.unknown");
        }
        String size =
                model.size() == null
                        ? context.text("distribution.about.size")
                        : formats.bytes(model.size());
        return model.description() == null ? size : size + " · " + model.description();
    }

    private String headline(Preview preview) {
        if (preview.lines().isEmpty()) {
            return context.text("distribution.preview.none");
        }
        String text =
                context.text(
                        preview.waiting() == 0
                                ? "distribution.preview.count"
                                : "distribution.preview.count.waiting",
                        preview.getting(),
                        preview.waiting());
        return preview.leftOut() == 0
                ? text
                : text + " · " + context.text("distribution.preview.out", preview.leftOut());
    }

    private String cost(Preview preview) {
        List<String> parts = new ArrayList<>();
        Long bytes = preview.bytes();
        if (bytes == null) {
            parts.add(context.text("distribution.bytes.unknown"));
        } else if (bytes > 0) {
            parts.add(context.text("distribution.bytes", formats.bytes(bytes)));
        }
        if (preview.lines().stream().anyMatch(line -> line.outcome() == Outcome.AGAIN)) {
            parts.add(context.text("distribution.bytes.again"));
        }
        Preview.Line tightest = preview.tightest();
        parts.add(
                tightest == null
                        ? context.text("distribution.disk.unknown")
                        : context.text(
                                "distribution.disk",
                                tightest.name(),
                                formats.bytes(tightest.left())));
        return String.join(" · ", parts);
    }

    /** What happens to one node. */
    String outcome(Preview.Line line) {
        return context.text(line.outcome().key());
    }

    /** The figures behind it. */
    String figures(Preview.Line line) {
        return switch (line.outcome()) {
            case STARTS, AGAIN, WAITS_OFFLINE, WAITS_PAUSED -> left(line);
            case FULL, WAITS_FULL ->
                    context.text(
                            "distribution.line.full",
                            formats.bytes(line.bytes()),
                            formats.bytes(line.free()));
            case RUNNING, INSTALLED, OFFLINE, PAUSED -> "";
        };
    }

    private String left(Preview.Line line) {
        if (line.left() != null) {
            return context.text("distribution.line.left", formats.bytes(line.left()));
        }
        return line.free() == null
                ? context.text("distribution.line.disk")
                : context.text("distribution.line.free", formats.bytes(line.free()));
    }
}
