package io.modelfleet.console.distribution;

import io.modelfleet.console.page.Distribution;
import io.modelfleet.console.page.PageContext;
import io.modelfleet.protocol.ModelName;
import java.util.Collection;
import java.util.List;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** The one way to send a model to nodes, for all pages. */
public final class DistributionDialog implements Distribution {
    private @Nullable PageContext context;

    /** A page's context names this dialog, and the dialog needs the context. */
    public void use(PageContext pages) {
        context = pages;
    }

    @Override
    public void choose(@Nullable ModelName model, Collection<UUID> nodes) {
        if (context == null) {
            throw new IllegalStateException("use() comes first");
        }
        new DistributionController(
                        new DistributionViewModel(context, model, List.copyOf(nodes)), context)
                .show();
    }
}
