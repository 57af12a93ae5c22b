package io.surstream.testsupport.secured;

import java.io.PrintWriter;
import java.io.StringWriter;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.logging.Handler;
import java.util.logging.Level;
import java.util.logging.LogRecord;
import java.util.logging.Logger;
import java.util.logging.SimpleFormatter;
import java.util.stream.Stream;

/**
 * Receives everything that this process logs, stack traces included: our own classes at every level, all others from
 * INFO on.
 */
public final class HeardLog extends Handler {
    private final List<String> lines = new CopyOnWriteArrayList<>();
    private final SimpleFormatter formatter = new SimpleFormatter();
    // Held, so that their levels stay.
    private final List<Logger> loggers = Stream.of("", "io.surstream", "org.apache.kafka", "org.apache.kafka.clients")
            .map(Logger::getLogger)
            .toList();

    private final List<Optional<Level>> levelsBefore = loggers.stream()
            .map(logger -> Optional.ofNullable(logger.getLevel()))
            .toList();

    private HeardLog() {
        setLevel(Level.ALL);
        loggers.stream().skip(1).forEach(logger -> logger.setLevel(Level.INFO));
        loggers.get(1).setLevel(Level.ALL);
        loggers.get(0).addHandler(this);
    }

    /** From now on, until it is closed. */
    public static HeardLog listen() {
        return new HeardLog();
    }

    /** What was logged with this text in it. */
    public List<String> with(String text) {
        return lines.stream().filter(line -> line.contains(text)).toList();
    }

    @Override
    public void publish(LogRecord record) {
        StringWriter line = new StringWriter();
        line.append(record.getLoggerName()).append(": ").append(formatter.formatMessage(record));
        if (record.getThrown() != null) {
            record.getThrown().printStackTrace(new PrintWriter(line, true));
        }
        lines.add(line.toString());
    }

    @Override
    public void flush() {}

    @Override
    public void close() {
        loggers.get(0).removeHandler(this);
        for (int i = 1; i < loggers.size(); i++) {
            loggers.get(i).setLevel(levelsBefore.get(i).orElse(null));
        }
    }
}
