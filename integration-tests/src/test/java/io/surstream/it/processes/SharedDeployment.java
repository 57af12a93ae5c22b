package io.surstream.it.processes;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;

/**
 * One {@code surstream up} with default settings for all test classes of this JVM that need no other; it stops with the JVM. A test
 * uses jobs of its own and counts nothing that other tests make.
 */
public final class SharedDeployment {
    private static Deployment deployment;
    private static String startOutput;

    private SharedDeployment() {}

    /** Starts it for the first class, and again if a test has brought it down. Nobody closes it. */
    public static synchronized Deployment get() {
        if (deployment == null) {
            Path data = folder();
            deployment = Deployment.up(data);
            startOutput = deployment.process().output();
            Runtime.getRuntime().addShutdownHook(new Thread(() -> {
                deployment.close();
                Folder.delete(data);
            }));
        } else if (!deployment.process().isAlive()) {
            deployment.restart();
        }
        return deployment;
    }

    /** What it printed until it was ready. */
    public static synchronized String startOutput() {
        return startOutput;
    }

    private static Path folder() {
        try {
            return Files.createTempDirectory("surstream-it-");
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
