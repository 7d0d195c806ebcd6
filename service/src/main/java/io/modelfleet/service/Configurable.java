package io.modelfleet.service;

import java.util.concurrent.Callable;

/** A command that also reads structured values, which no flag can carry, from the settings file. */
public interface Configurable extends Callable<Integer> {
    /**
     * Called once, before the flags are parsed.
     *
     * @throws InvalidSettingException when a structured value is wrong
     */
    void configure(SettingsFile file);
}
