package io.modelfleet.service;

import java.util.Objects;

/**
 * The version of a module, from its jar's manifest; {@code dev} when it runs from class folders.
 */
public final class Version {
    private Version() {}

    /**
     * @param main a class of the module
     */
    public static String of(Class<?> main) {
        return Objects.requireNonNullElse(main.getPackage().getImplementationVersion(), "dev");
    }
}
