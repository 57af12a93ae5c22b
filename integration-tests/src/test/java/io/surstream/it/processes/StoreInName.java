package io.surstream.it.processes;

import java.nio.file.Path;
import org.junit.jupiter.api.DisplayNameGenerator;

/** Test classes with a {@link Fleet} are displayed with the store it uses. */
public final class StoreInName extends DisplayNameGenerator.Standard {

    @Override
    public String generateDisplayNameForClass(Class<?> testClass) {
        // Only asked what it is, never started.
        String store = StoreServer.in(Path.of("s3")).description();
        return super.generateDisplayNameForClass(testClass) + " on " + store;
    }
}
