package io.modelfleet.console.distribution;

import io.modelfleet.console.client.Reply;
import io.modelfleet.console.page.Distribution;
import io.modelfleet.console.page.PageContext;
import io.modelfleet.protocol.AvailableModels;
import io.modelfleet.protocol.ModelName;
import java.util.Collection;
import java.util.List;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** The one way to send a model to nodes, for all pages. */
public final class DistributionDialog implements Distribution {
    private @Nullable PageContext context;
    private @Nullable AvailableModels catalog;
    private @Nullable DistributionViewModel shown;

    /** A page's context names this dialog, and the dialog needs the context. */
    public void use(PageContext pages) {
        context = pages;
    }

    @Override
    public void choose(@Nullable ModelName model, Collection<UUID> nodes) {
        PageContext pages = context;
        if (pages == null) {
            throw new IllegalStateException("use() comes first");
        }
        DistributionViewModel view =
                new DistributionViewModel(pages, model, List.copyOf(nodes), catalog);
        shown = view;
        new DistributionController(view, pages, () -> left(view)).show();
        pages.threads().call(pages.api()::availableModels, reply -> catalog(view, reply));
    }

    /** Without the catalog, what the nodes hold is still suggested: no reason to complain. */
    private void catalog(DistributionViewModel view, Reply<AvailableModels> reply) {
        if (reply instanceof Reply.Ok<AvailableModels> ok) {
            catalog = ok.value();
            view.catalog(ok.value());
        }
    }

    private void left(DistributionViewModel view) {
        if (view.equals(shown)) {
            shown = null;
        }
    }

    /** A second has passed: an open dialog looks at the fleet again. */
    public void onTick() {
        if (shown != null && context != null) {
            shown.onFleet(context.fleet().get());
        }
    }
}
