package io.modelfleet.service;

import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.logging.Handler;
import java.util.logging.Level;
import java.util.logging.LogRecord;
import java.util.logging.Logger;

/** What one class logs while a test runs. */
final class LogLines extends Handler implements AutoCloseable {
    private final Logger logger;
    private final List<LogRecord> records = new CopyOnWriteArrayList<>();

    LogLines(Class<?> speaker) {
        logger = Logger.getLogger(speaker.getName());
        logger.setUseParentHandlers(false);
        logger.addHandler(this);
    }

    List<LogRecord> errors() {
        return of(Level.SEVERE);
    }

    List<LogRecord> warnings() {
        return of(Level.WARNING);
    }

    private List<LogRecord> of(Level level) {
        return records.stream().filter(record -> record.getLevel().equals(level)).toList();
    }

    @Override
    public void publish(LogRecord record) {
        records.add(record);
    }

    @Override
    public void flush() {}

    @Override
    public void close() {
        logger.removeHandler(this);
        logger.setUseParentHandlers(true);
    }
}
