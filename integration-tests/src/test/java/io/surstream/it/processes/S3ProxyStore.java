package io.surstream.it.processes;

import io.surstream.embedded.EmbeddedS3;
import io.surstream.embedded.EmbeddedS3Settings;
import io.surstream.testsupport.secured.FreePorts;
import java.net.URI;
import java.nio.file.Path;
import java.util.List;

/** The embedded S3 store (S3Proxy on files) in a JVM of its own. */
final class S3ProxyStore implements StoreServer {
    private static final String ACCESS_KEY = "surstream";
    /** Marked, so that it can be looked for in logs. */
    private static final String SECRET_KEY = "secret-key-of-the-embedded-store";

    private final Path folder;
    private final int port = FreePorts.one();
    private JvmProcess process;

    S3ProxyStore(Path folder) {
        this.folder = folder;
    }

    /** What the JVM runs: a folder and a port are its arguments. */
    public static void main(String[] arguments) throws InterruptedException {
        EmbeddedS3Settings settings =
                new EmbeddedS3Settings(Path.of(arguments[0]), Integer.parseInt(arguments[1]), ACCESS_KEY, SECRET_KEY);
        try (EmbeddedS3 store = EmbeddedS3.start(settings)) {
            System.out.println("serves " + store.endpoint());
            Thread.currentThread().join();
        }
    }

    @Override
    public String description() {
        return "the embedded S3Proxy";
    }

    @Override
    public StorageAddress address() {
        return new StorageAddress(URI.create("http://127.0.0.1:" + port), ACCESS_KEY, SECRET_KEY);
    }

    @Override
    public void start() {
        process = new JvmProcess(
                "store",
                List.of(
                        "-Xmx256m",
                        "-Djava.util.logging.manager=org.jboss.logmanager.LogManager",
                        "-cp",
                        System.getProperty("java.class.path"),
                        S3ProxyStore.class.getName(),
                        folder.toString(),
                        String.valueOf(port)));
    }

    @Override
    public void stop() {
        if (process != null) {
            process.close();
        }
    }

    @Override
    public void lose() {
        stop();
        Folder.delete(folder);
    }
}
