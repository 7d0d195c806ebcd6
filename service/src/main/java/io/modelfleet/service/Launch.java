package io.modelfleet.service;

import java.io.PrintWriter;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.logging.Level;
import java.util.logging.LogRecord;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine;

/**
 * Runs a service's command line: flags first, then the environment, then the file named by {@code
 * --config}.
 */
public final class Launch {
    private static final int WRONG_VALUE = 2;
    private static final int CANNOT_START = 1;

    private final String prefix;
    private final Map<String, String> environment;
    private final Set<String> structuredKeys;

    /**
     * @param prefix of environment variables, such as {@code MODELFLEET_AGENT}
     * @param structuredKeys keys of the file that are no flags; the command reads them itself
     */
    public Launch(String prefix, Map<String, String> environment, Set<String> structuredKeys) {
        this.prefix = prefix;
        this.environment = environment;
        this.structuredKeys = structuredKeys;
    }

    /**
     * Parses and runs.
     *
     * @return the exit code: the command's own, 2 for a wrong value, 1 when the service cannot
     *     start
     */
    public int run(Configurable command, String... arguments) {
        CommandLine line = new CommandLine(command);
        LogOption log = new LogOption();
        line.addMixin("log", log);
        line.setCaseInsensitiveEnumValuesAllowed(true);
        line.setParameterExceptionHandler(
                (e, ignored) -> complain(e.getCommandLine(), sentence(e), WRONG_VALUE));
        line.setExecutionStrategy(
                parsed -> {
                    LogFormatter.use(log.format);
                    return new CommandLine.RunLast().execute(parsed);
                });
        line.setExecutionExceptionHandler((e, ignored, parsed) -> failed(e, line, log.format));
        try {
            SettingsFile file = SettingsFile.find(arguments, environment.get(prefix + "_CONFIG"));
            file.checkKeys(line.getCommandSpec(), structuredKeys);
            command.configure(file);
            line.setDefaultValueProvider(new Fallbacks(file));
            return line.execute(arguments);
        } catch (InvalidSettingException e) {
            return complain(line, sentence(e), WRONG_VALUE);
        }
    }

    private static int failed(Exception e, CommandLine line, LogFormat format) throws Exception {
        boolean expected = e instanceof InvalidSettingException || e instanceof StartException;
        if (!expected && format == LogFormat.TEXT) {
            throw e;
        }
        int exitCode = e instanceof InvalidSettingException ? WRONG_VALUE : CANNOT_START;
        if (format == LogFormat.TEXT) {
            return complain(line, sentence(e), exitCode);
        }
        LogRecord record = new LogRecord(Level.SEVERE, expected ? sentence(e) : "cannot go on");
        record.setLoggerName(line.getCommandName());
        record.setThrown(expected ? null : e);
        PrintWriter err = line.getErr();
        err.print(format.formatter().format(record));
        err.flush();
        return exitCode;
    }

    /** What to tell the operator, who reads no class names. */
    private static String sentence(Exception e) {
        if (e instanceof CommandLine.UnmatchedArgumentException unmatched) {
            return unknown(unmatched.getUnmatched());
        }
        Throwable told = e;
        for (Throwable cause = e; cause != null; cause = cause.getCause()) {
            if (cause instanceof InvalidSettingException) {
                // A wrong value of the file, which picocli wraps in words of its own.
                told = cause;
            }
        }
        return String.valueOf(told.getMessage()).replaceAll("java\\.[\\w.$]+: ", "");
    }

    /** Names the flags alone: what stands beside one that is not known may be a password. */
    private static String unknown(List<String> arguments) {
        List<String> flags =
                arguments.stream()
                        .filter(argument -> argument.startsWith("-"))
                        .map(argument -> "'" + argument.split("=", 2)[0] + "'")
                        .toList();
        if (flags.isEmpty()) {
            return "only flags are understood, such as --config FILE";
        }
        return (flags.size() == 1 ? "Unknown option: " : "Unknown options: ")
                + String.join(", ", flags);
    }

    private static int complain(CommandLine line, String sentence, int exitCode) {
        PrintWriter err = line.getErr();
        err.println(line.getCommandSpec().qualifiedName() + ": " + Secrets.masked(sentence));
        err.flush();
        return exitCode;
    }

    /** What every service has. */
    private static final class LogOption {
        @CommandLine.Option(
                names = "--log-format",
                paramLabel = "FORMAT",
                defaultValue = "text",
                description = "log lines as text, or as one JSON object each: text or json (text)")
        private LogFormat format = LogFormat.TEXT;
    }

    /** What stands in for a flag that is not given. */
    private final class Fallbacks implements CommandLine.IDefaultValueProvider {
        private final SettingsFile file;

        private Fallbacks(SettingsFile file) {
            this.file = file;
        }

        @Override
        public @Nullable String defaultValue(CommandLine.Model.ArgSpec argument) {
            if (!(argument instanceof CommandLine.Model.OptionSpec option)
                    || !SettingsFile.isSetting(option)) {
                return null;
            }
            String key = SettingsFile.key(option);
            String variable = prefix + "_" + key.replace('-', '_').toUpperCase(Locale.ROOT);
            String fromEnvironment = environment.get(variable);
            return fromEnvironment != null ? fromEnvironment : file.text(key);
        }
    }
}
