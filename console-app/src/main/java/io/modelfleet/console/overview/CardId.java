package io.modelfleet.console.overview;

import io.modelfleet.console.page.PageId;
import java.util.Locale;

/** The figures at the top, in their order. Their names stand in the messages. */
enum CardId {
    NODES(PageId.NODES),
    MEMORY(PageId.NODES),
    DISK(PageId.NODES),
    MODELS(PageId.MATRIX),
    TASKS(PageId.TASKS);

    private final PageId page;

    CardId(PageId page) {
        this.page = page;
    }

    /** Where more about it is. */
    PageId page() {
        return page;
    }

    String key() {
        return "overview.card." + name().toLowerCase(Locale.ROOT);
    }
}
