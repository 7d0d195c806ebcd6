package io.modelfleet.console.page;

/** How one page leads to another without knowing it. */
public interface Navigator {
    void open(PageId page);

    /**
     * @param target what the other page shall show, in its own terms; see {@link Page#open}
     */
    void open(PageId page, String target);
}
