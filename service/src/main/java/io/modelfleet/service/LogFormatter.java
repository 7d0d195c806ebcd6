package io.modelfleet.service;

import java.util.List;
import java.util.logging.ConsoleHandler;
import java.util.logging.Formatter;
import java.util.logging.Handler;
import java.util.logging.Level;
import java.util.logging.LogManager;
import java.util.logging.LogRecord;
import java.util.logging.Logger;

/**
 * One line per event, {@code 2025-11-14T10:00:00.123Z INFO text}, with the level names of the quick
 * start. Line breaks and other control characters within a message are escaped and stack traces
 * indented, so that no input can forge a line.
 */
public final class LogFormatter extends Formatter {

    /**
     * Sends everything from level INFO on to standard error in this format; libraries speak from
     * WARN on.
     */
    public static void install() {
        LogManager.getLogManager().reset();
        Logger root = Logger.getLogger("");
        Handler console = new ConsoleHandler();
        console.setFormatter(new LogFormatter());
        root.addHandler(console);
        root.setLevel(Level.WARNING);
        PRODUCT.setLevel(Level.INFO);
        QUIET.forEach(logger -> logger.setLevel(Level.OFF));
    }

    /**
     * Held here because the log manager keeps loggers, and the levels set on them, by weak
     * reference only.
     */
    private static final Logger PRODUCT = Logger.getLogger("io.modelfleet");

    /** They warn of each connection and transaction of a database that is away; we say it once. */
    private static final List<Logger> QUIET =
            List.of(
                    Logger.getLogger("com.zaxxer.hikari"),
                    Logger.getLogger("io.helidon.dbclient.jdbc.TransactionContext"));

    /** Has the lines written this way from now on, where {@link #install} set them up. */
    static void use(LogFormat format) {
        for (Handler handler : Logger.getLogger("").getHandlers()) {
            Formatter present = handler.getFormatter();
            if (present instanceof LogFormatter || present instanceof JsonLogFormatter) {
                handler.setFormatter(format.formatter());
            }
        }
    }

    @Override
    public String format(LogRecord record) {
        StringBuilder line = new StringBuilder();
        line.append(record.getInstant().truncatedTo(java.time.temporal.ChronoUnit.MILLIS))
                .append(' ')
                .append(LogMessage.level(record.getLevel()))
                .append(' ')
                .append(escaped(LogMessage.text(record)))
                .append('\n');
        Throwable thrown = LogMessage.thrown(record);
        if (thrown != null) {
            LogMessage.trace(thrown)
                    .lines()
                    .forEach(part -> line.append("    ").append(escaped(part)).append('\n'));
        }
        return line.toString();
    }

    private static String escaped(String text) {
        if (text.chars().noneMatch(LogFormatter::isControl)) {
            return text;
        }
        StringBuilder escaped = new StringBuilder();
        text.chars()
                .forEach(
                        c -> {
                            switch (c) {
                                case '\n' -> escaped.append("\\n");
                                case '\r' -> escaped.append("\\r");
                                default -> {
                                    if (isControl(c)) {
                                        escaped.append(String.format("\\u%04x", c));
                                    } else {
                                        escaped.append((char) c);
                                    }
                                }
                            }
                        });
        return escaped.toString();
    }

    private static boolean isControl(int c) {
        return Character.isISOControl(c) && c != '\t';
    }
}
