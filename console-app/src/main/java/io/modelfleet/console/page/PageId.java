package io.modelfleet.console.page;

import java.util.Locale;
import org.kordamp.ikonli.Ikon;
import org.kordamp.ikonli.materialdesign2.MaterialDesignC;
import org.kordamp.ikonli.materialdesign2.MaterialDesignD;
import org.kordamp.ikonli.materialdesign2.MaterialDesignF;
import org.kordamp.ikonli.materialdesign2.MaterialDesignG;
import org.kordamp.ikonli.materialdesign2.MaterialDesignS;
import org.kordamp.ikonli.materialdesign2.MaterialDesignV;

/** The pages in the order of the navigation; Ctrl and the position, from 1, opens one. */
public enum PageId {
    OVERVIEW(1, MaterialDesignV.VIEW_DASHBOARD_OUTLINE),
    NODES(2, MaterialDesignS.SERVER),
    MATRIX(3, MaterialDesignG.GRID),
    TASKS(4, MaterialDesignF.FORMAT_LIST_CHECKS),
    CATALOG(5, MaterialDesignD.DATABASE_OUTLINE),
    SETTINGS(6, MaterialDesignC.COG_OUTLINE);

    private final int digit;

    // Its implementations are enums too.
    @SuppressWarnings("ImmutableEnumChecker")
    private final Ikon icon;

    PageId(int digit, Ikon icon) {
        this.digit = digit;
        this.icon = icon;
    }

    public Ikon icon() {
        return icon;
    }

    /** Key of the title in the messages. */
    public String titleKey() {
        return "page." + key();
    }

    /** Lower case: part of message keys and of the ids that tests look for. */
    public String key() {
        return name().toLowerCase(Locale.ROOT);
    }

    /** 1 to 6. */
    public int digit() {
        return digit;
    }
}
