package io.modelfleet.console.overview;

import io.modelfleet.console.page.PageId;
import java.time.Instant;

/**
 * Something that happened in the fleet.
 *
 * @param node name of the node it happened on; empty when it happened on several
 * @param model name of the model it is about; empty for a node's own affairs
 * @param count how many such things happened at once
 * @param link where to look closer
 */
record Event(Instant at, Kind kind, String node, String model, int count, Link link) {

    /** What can happen. Its texts stand in the messages as {@code overview.event.NAME}. */
    enum Kind {
        NODE_JOINED(Sign.HERE, PageId.NODES),
        NODE_BACK(Sign.HERE, PageId.NODES),
        NODE_LOST(Sign.AWAY, PageId.NODES),
        NODE_REMOVED(Sign.GONE, PageId.NODES),
        NODE_PAUSED(Sign.PAUSED, PageId.NODES),
        NODE_RESUMED(Sign.HERE, PageId.NODES),
        PULL_COMPLETED(Sign.DONE, PageId.TASKS),
        PULL_FAILED(Sign.FAILED, PageId.TASKS),
        PULL_CANCELLED(Sign.GONE, PageId.TASKS),
        REMOVE_COMPLETED(Sign.GONE, PageId.TASKS),
        REMOVE_FAILED(Sign.FAILED, PageId.TASKS),
        REMOVE_CANCELLED(Sign.GONE, PageId.TASKS),
        MODEL_APPEARED(Sign.DONE, PageId.MATRIX),
        MODEL_GONE(Sign.GONE, PageId.MATRIX);

        private final Sign sign;
        private final PageId page;

        Kind(Sign sign, PageId page) {
            this.sign = sign;
            this.page = page;
        }

        Sign sign() {
            return sign;
        }

        PageId page() {
            return page;
        }
    }
}
