package io.modelfleet.console.overview;

import io.modelfleet.console.page.Navigator;
import io.modelfleet.console.page.PageId;

/**
 * Where something can be seen in full.
 *
 * @param target what that page shall show; empty shows it as it is
 */
record Link(PageId page, String target) {
    static Link to(PageId page) {
        return new Link(page, "");
    }

    void follow(Navigator navigator) {
        if (target.isEmpty()) {
            navigator.open(page);
        } else {
            navigator.open(page, target);
        }
    }
}
