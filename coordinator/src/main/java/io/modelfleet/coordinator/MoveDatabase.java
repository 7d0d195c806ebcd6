package io.modelfleet.coordinator;

import io.modelfleet.coordinator.db.DatabaseAddress;
import io.modelfleet.coordinator.db.DatabaseMove;
import io.modelfleet.service.InvalidSettingException;
import java.nio.file.Path;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** The command {@code coordinator move-database}. */
@Command(
        name = "move-database",
        mixinStandardHelpOptions = true,
        description =
                "Copies the embedded database of --data-dir into the empty PostgreSQL database of --database-url. Stop"
                        + " the coordinator first; the embedded database stays as it is.")
final class MoveDatabase implements Callable<Integer> {
    @CommandLine.Spec private CommandLine.Model.@Nullable CommandSpec command;

    @Mixin private final DatabaseOptions database = new DatabaseOptions();

    // Read by Launch before the flags are parsed; it stands here for --help.
    @SuppressWarnings("UnusedVariable")
    @Option(names = "--config", description = "YAML file with settings")
    private @Nullable Path config;

    @Override
    public Integer call() {
        DatabaseAddress target = database.address();
        if (target == null) {
            throw new InvalidSettingException("move-database needs --database-url");
        }
        Path source = database.dataDir();
        DatabaseMove.Moved moved = new DatabaseMove(source, target).run();
        if (command != null) {
            command.commandLine()
                    .getOut()
                    .printf(
                            "Moved %d nodes and %d tasks from %s to %s.%n"
                                    + "The embedded database is unchanged. From now on start the coordinator with"
                                    + " --database-url %s%n",
                            moved.nodes(), moved.tasks(), source, target, target.url());
            command.commandLine().getOut().flush();
        }
        return 0;
    }
}
