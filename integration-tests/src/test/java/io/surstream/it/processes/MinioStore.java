package io.surstream.it.processes;

import io.surstream.platformsetup.store.StoreAccess;
import io.surstream.testsupport.secured.MinioServer;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Map;
import java.util.function.Function;
import java.util.stream.Collectors;

/** A MinIO server of this fleet's own; each service and role signs in with its own account and just its rights. */
final class MinioStore implements StoreServer {
    private final Path folder;
    private final String description;
    private final MinioServer server;

    MinioStore(Path program, Path folder) {
        this.folder = folder;
        this.description = "a MinIO server (" + MinioServer.version(program) + ")";
        try {
            Files.createDirectories(JvmProcess.LOGS);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        this.server = new MinioServer(program, folder, JvmProcess.LOGS.resolve("minio.log"));
    }

    @Override
    public String description() {
        return description;
    }

    @Override
    public StorageAddress address() {
        return new StorageAddress(server.endpoint(), server.accessKey(), server.secretKey());
    }

    @Override
    public Map<String, String> secrets() {
        return Arrays.stream(StoreAccess.values())
                .map(StoreAccess::user)
                .collect(Collectors.toMap(Function.identity(), user -> "secret-key-of-" + user));
    }

    @Override
    public void start() {
        server.start();
    }

    @Override
    public void stop() {
        server.stop();
    }

    @Override
    public void lose() {
        stop();
        Folder.delete(folder);
    }
}
