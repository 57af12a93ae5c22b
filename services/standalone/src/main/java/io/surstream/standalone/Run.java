package io.surstream.standalone;

import io.quarkus.runtime.Quarkus;
import io.smallrye.config.ConfigValidationException;
import io.surstream.keys.WrongSettings;
import java.nio.file.Path;

/** One run of the Quarkus application, from start to Ctrl-C or failure. */
final class Run {
    private final Path log;
    private int exitCode;
    private Throwable failure;

    /** @param log where the details of a failure are */
    Run(Path log) {
        this.log = log;
    }

    /**
     * Blocks until the application has stopped.
     *
     * @return the exit code
     * @throws UpRefusedException when it could not start
     */
    int untilStopped() {
        Quarkus.run(null, (code, cause) -> {
            exitCode = code;
            failure = cause;
        });
        if (failure != null) {
            throw new UpRefusedException(reason(failure, log));
        }
        return exitCode;
    }

    /** What the innermost cause says: the outer ones only tell which start method it came through. */
    static String reason(Throwable failure, Path log) {
        Throwable innermost = failure;
        while (innermost.getCause() != null) {
            innermost = innermost.getCause();
        }
        if (innermost instanceof ConfigValidationException wrong) {
            return WrongSettings.words(wrong);
        }
        boolean programming = innermost instanceof Error || innermost.getMessage() == null;
        return (programming ? innermost.toString() : innermost.getMessage()) + " (details in " + log + ")";
    }
}
