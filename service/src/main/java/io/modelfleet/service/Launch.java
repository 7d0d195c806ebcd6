package io.modelfleet.service;

import java.io.PrintWriter;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
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
        line.setCaseInsensitiveEnumValuesAllowed(true);
        line.setParameterExceptionHandler(
                (e, ignored) -> complain(e.getCommandLine(), setting(e), WRONG_VALUE));
        line.setExecutionExceptionHandler(Launch::failed);
        try {
            SettingsFile file = SettingsFile.find(arguments, environment.get(prefix + "_CONFIG"));
            file.checkKeys(line.getCommandSpec(), structuredKeys);
            command.configure(file);
            line.setDefaultValueProvider(new Fallbacks(file));
            return line.execute(arguments);
        } catch (InvalidSettingException e) {
            return complain(line, e, WRONG_VALUE);
        }
    }

    private static int failed(Exception e, CommandLine line, CommandLine.ParseResult ignored)
            throws Exception {
        if (e instanceof InvalidSettingException) {
            return complain(line, e, WRONG_VALUE);
        }
        if (e instanceof StartException) {
            return complain(line, e, CANNOT_START);
        }
        throw e;
    }

    /** The complaint about a value of the file, which picocli wraps in words of its own. */
    private static Exception setting(CommandLine.ParameterException e) {
        for (Throwable cause = e; cause != null; cause = cause.getCause()) {
            if (cause instanceof InvalidSettingException wrongValue) {
                return wrongValue;
            }
        }
        return e;
    }

    private static int complain(CommandLine line, Exception cause, int exitCode) {
        PrintWriter err = line.getErr();
        // Operators read no class names.
        String message = String.valueOf(cause.getMessage()).replaceAll("java\\.[\\w.$]+: ", "");
        err.println(line.getCommandSpec().qualifiedName() + ": " + message);
        err.flush();
        return exitCode;
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
