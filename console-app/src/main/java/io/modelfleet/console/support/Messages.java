package io.modelfleet.console.support;

import java.text.MessageFormat;
import java.util.Locale;
import java.util.ResourceBundle;

/**
 * The console's words in the language that is chosen now. The language may change at any time, on
 * the JavaFX thread; whoever shows text asks again then.
 */
public final class Messages {
    private static final String BUNDLE = "io.modelfleet.console.support.messages";

    /** Without this, a Japanese system would be answered in Japanese when English is chosen. */
    private static final ResourceBundle.Control NO_FALLBACK =
            ResourceBundle.Control.getNoFallbackControl(ResourceBundle.Control.FORMAT_PROPERTIES);

    private volatile Language language;

    public Messages(Language language) {
        this.language = language;
    }

    public Language language() {
        return language;
    }

    public Locale locale() {
        return language.locale();
    }

    /** From now on, texts are in this language. */
    public void speak(Language chosen) {
        language = chosen;
    }

    /** For FXML, where {@code %key} stands for a text. */
    public ResourceBundle bundle() {
        return ResourceBundle.getBundle(
                BUNDLE, language == Language.JA ? Locale.JAPANESE : Locale.ROOT, NO_FALLBACK);
    }

    /**
     * @param arguments what the text names as {@code {0}}, {@code {1}} …; numbers are grouped as
     *     the language does
     * @throws java.util.MissingResourceException for a key that no bundle has: a mistake in the
     *     program
     */
    public String text(String key, Object... arguments) {
        return new MessageFormat(bundle().getString(key), locale()).format(arguments);
    }

    public boolean has(String key) {
        return bundle().containsKey(key);
    }
}
