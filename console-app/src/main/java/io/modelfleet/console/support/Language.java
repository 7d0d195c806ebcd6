package io.modelfleet.console.support;

import java.util.Locale;

/** The languages that the console speaks. */
public enum Language {
    EN(Locale.ENGLISH, "EN"),
    JA(Locale.JAPANESE, "日本語");

    private final Locale locale;
    private final String label;

    Language(Locale locale, String label) {
        this.locale = locale;
        this.label = label;
    }

    public Locale locale() {
        return locale;
    }

    /** The language's own short name for itself. */
    public String label() {
        return label;
    }

    public Language other() {
        return this == EN ? JA : EN;
    }

    /** Japanese where the system is Japanese, English everywhere else. */
    public static Language of(Locale system) {
        return system.getLanguage().equals("ja") ? JA : EN;
    }
}
