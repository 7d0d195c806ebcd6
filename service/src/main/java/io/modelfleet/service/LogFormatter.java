package io.modelfleet.service;

import java.io.PrintWriter;
import java.io.StringWriter;
import java.util.logging.ConsoleHandler;
import java.util.logging.Formatter;
import java.util.logging.Handler;
import java.util.logging.Level;
import java.util.logging.LogManager;
import java.util.logging.LogRecord;
import java.util.logging.Logger;

/**
 * One line per event, {@code 2025-11-14T10:00:00.123Z INFO text}, with the level names of the quick
 * start. Line breaks within a message are escaped, so that no input can forge a line.
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
    }

    /**
     * Held here because the log manager keeps loggers, and the levels set on them, by weak
     * reference only.
     */
    private static final Logger PRODUCT = Logger.getLogger("io.modelfleet");

    @Override
    public String format(LogRecord record) {
        StringBuilder line = new StringBuilder();
        line.append(record.getInstant().truncatedTo(java.time.temporal.ChronoUnit.MILLIS))
                .append(' ')
                .append(levelName(record.getLevel()))
                .append(' ')
                .append(formatMessage(record).replace("\r", "\\r").replace("\n", "\\n"))
                .append('\n');
        if (record.getThrown() != null) {
            StringWriter trace = new StringWriter();
            record.getThrown().printStackTrace(new PrintWriter(trace));
            line.append(trace);
        }
        return line.toString();
    }

    private static String levelName(Level level) {
        if (level.intValue() >= Level.SEVERE.intValue()) {
            return "ERROR";
        }
        if (level.intValue() >= Level.WARNING.intValue()) {
            return "WARN";
        }
        return level.intValue() >= Level.INFO.intValue() ? "INFO" : "DEBUG";
    }
}
