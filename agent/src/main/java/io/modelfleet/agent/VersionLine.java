package io.modelfleet.agent;

import io.modelfleet.service.Version;
import picocli.CommandLine;

/** What {@code --version} prints. */
final class VersionLine implements CommandLine.IVersionProvider {
    @Override
    public String[] getVersion() {
        return new String[] {"agent " + Version.of(Main.class)};
    }
}
