package io.modelfleet.console.shell;

import io.modelfleet.console.catalog.CatalogPage;
import io.modelfleet.console.matrix.MatrixPage;
import io.modelfleet.console.nodes.NodesPage;
import io.modelfleet.console.overview.OverviewPage;
import io.modelfleet.console.page.Page;
import io.modelfleet.console.page.PageContext;
import io.modelfleet.console.page.PageId;
import io.modelfleet.console.settings.SettingsPage;
import io.modelfleet.console.tasks.TasksPage;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.function.Function;

/** The table of all pages. */
final class Pages {
    private static final List<Function<PageContext, Page>> ALL =
            List.of(
                    OverviewPage::new,
                    NodesPage::new,
                    MatrixPage::new,
                    TasksPage::new,
                    CatalogPage::new,
                    SettingsPage::new);

    private Pages() {}

    /** All pages of one fleet, in the order of the navigation. */
    static Map<PageId, Page> build(PageContext context) {
        Map<PageId, Page> pages = new EnumMap<>(PageId.class);
        for (Function<PageContext, Page> constructor : ALL) {
            Page page = constructor.apply(context);
            pages.put(page.id(), page);
        }
        return pages;
    }
}
