package io.modelfleet.coordinator;

import io.modelfleet.coordinator.db.DatabaseAddress;
import io.modelfleet.service.DataFolder;
import io.modelfleet.service.InvalidSettingException;
import io.modelfleet.service.SettingsFile;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine;
import picocli.CommandLine.Option;

/** Where the database is, for every command that opens one. */
final class DatabaseOptions {
    private static final String VARIABLE = "MODELFLEET_COORDINATOR_DATABASE_PASSWORD";

    @CommandLine.Spec(CommandLine.Spec.Target.MIXEE)
    private CommandLine.Model.@Nullable CommandSpec command;

    @Option(
            names = "--data-dir",
            description = "folder of the embedded database (default: the user's data folder)")
    private @Nullable Path dataDir;

    @Option(
            names = "--database-url",
            description =
                    "jdbc:postgresql://host:5432/database in place of the embedded database; the password is"
                            + " read from "
                            + VARIABLE
                            + " or from --database-password-file")
    private @Nullable String url;

    @Option(names = "--database-user", description = "who opens the PostgreSQL database")
    private @Nullable String user;

    @Option(
            names = "--database-password-file",
            description = "file that holds the password of --database-user")
    private @Nullable Path passwordFile;

    /** A flag only so that the environment reaches it; on the command line it is refused. */
    @Option(names = "--database-password", hidden = true, arity = "0..1", fallbackValue = "")
    private @Nullable String password;

    /** A settings file is shown around and kept under version control. */
    static void checkFile(SettingsFile file) {
        if (!file.structure("database-password").isMissingNode()) {
            throw new InvalidSettingException(
                    "'database-password' does not belong into the settings file: name a file that"
                            + " holds it with 'database-password-file', or use "
                            + VARIABLE);
        }
    }

    Path dataDir() {
        return dataDir == null ? DataFolder.of("coordinator") : dataDir;
    }

    /**
     * The server's database; {@code null} for the embedded one.
     *
     * @throws InvalidSettingException with one sentence
     */
    @Nullable DatabaseAddress address() {
        if (command != null
                && command.commandLine().getParseResult().hasMatchedOption("--database-password")) {
            throw new InvalidSettingException(
                    "the database's password does not belong on the command line, which everyone on"
                            + " the machine can read: use "
                            + VARIABLE
                            + " in the environment or --database-password-file");
        }
        if (url != null) {
            return new DatabaseAddress(url, user, password());
        }
        // A password in the environment may be meant for other commands that are run from there.
        if (user != null || passwordFile != null) {
            throw new InvalidSettingException(
                    (user != null ? "--database-user" : "--database-password-file")
                            + " is of no use without --database-url");
        }
        return null;
    }

    private @Nullable String password() {
        if (passwordFile == null) {
            return password;
        }
        if (password != null) {
            throw new InvalidSettingException(
                    "give the database's password by "
                            + VARIABLE
                            + " or by --database-password-file, not by both");
        }
        try {
            // Editors end the last line, too.
            return Files.readString(passwordFile).stripTrailing();
        } catch (IOException e) {
            throw new InvalidSettingException(
                    "--database-password-file " + passwordFile + " cannot be read");
        }
    }
}
