package io.surstream.gateway.view;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.stream.Stream;
import org.jboss.logging.Logger;

/** The folder of the view's stores, of one process alone. */
record StateFolder(Path path) implements AutoCloseable {

    private static final Logger LOG = Logger.getLogger(StateFolder.class);

    static StateFolder temporary() {
        try {
            return new StateFolder(Files.createTempDirectory("surstream-gateway-"));
        } catch (IOException e) {
            throw new UncheckedIOException("no temporary folder for the job view: " + e.getMessage(), e);
        }
    }

    @Override
    public void close() {
        try (Stream<Path> files = Files.walk(path)) {
            files.sorted(Comparator.reverseOrder())
                    .forEach(file -> file.toFile().delete());
        } catch (IOException | UncheckedIOException e) {
            LOG.debugf("%s was not removed: %s", path, e.getMessage());
        }
    }
}
