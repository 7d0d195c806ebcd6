package io.modelfleet.console.page;

import org.kordamp.ikonli.Ikon;

/**
 * Something that the palette can find.
 *
 * @param text what the operator's words are looked for in
 * @param hint what kind of thing it is
 * @param open goes there, or does it
 */
public record Finding(String text, String hint, Ikon icon, Runnable open) {}
