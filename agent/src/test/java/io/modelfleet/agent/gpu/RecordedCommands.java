package io.modelfleet.agent.gpu;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Function;

/** Answers commands from a table and remembers them. */
final class RecordedCommands implements CommandRunner {
    final List<String> commands = new ArrayList<>();
    private final Function<String, CommandOutcome> answers;

    /**
     * @param answers by the command's words, joined with spaces
     */
    RecordedCommands(Function<String, CommandOutcome> answers) {
        this.answers = answers;
    }

    static RecordedCommands always(int exit, String output) {
        return new RecordedCommands(command -> new CommandOutcome.Finished(exit, output));
    }

    @Override
    public CommandOutcome run(List<String> command, Duration limit) {
        String line = String.join(" ", command);
        commands.add(line);
        return answers.apply(line);
    }
}
