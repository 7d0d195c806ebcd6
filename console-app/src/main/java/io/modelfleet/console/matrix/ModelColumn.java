package io.modelfleet.console.matrix;

import io.modelfleet.protocol.Digest;
import io.modelfleet.protocol.ModelName;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/**
 * A model that the grid has a column for.
 *
 * @param order what columns are sorted and filtered by
 * @param head its name without the tag, as it is shown
 * @param newest digest of the version that counts as the newest, absent while no node holds one
 * @param size bytes, absent while nobody knows
 * @param holders how many nodes of the fleet hold it
 * @param reached how many nodes hold it or are getting it
 */
record ModelColumn(
        ModelName name,
        String order,
        String head,
        @Nullable Digest newest,
        @Nullable Long size,
        int holders,
        int reached) {

    static ModelColumn of(
            ModelName name,
            @Nullable Digest newest,
            @Nullable Long size,
            int holders,
            int reached) {
        String text = name.toString();
        String head = text.substring(0, text.length() - name.tag().length() - 1);
        return new ModelColumn(
                name, text.toLowerCase(Locale.ROOT), head, newest, size, holders, reached);
    }

    /** Whether its column can be taken away: no node holds it or is getting it. */
    boolean isUnused() {
        return reached == 0;
    }
}
