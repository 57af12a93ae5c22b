package io.surstream.it.processes;

import io.surstream.secured.MinioServer;
import io.surstream.setup.SetupStep;
import io.surstream.storage.AccountSetup;
import io.surstream.storage.BucketSetup;
import io.surstream.storage.StoreAccess;
import io.surstream.storage.StoreAccount;
import io.surstream.storage.StoreSettings;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.EnumMap;
import java.util.Map;
import java.util.Optional;

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
    public StorageAddress account(String user) {
        return new StorageAddress(server.endpoint(), user, secret(user));
    }

    private static String secret(String user) {
        return "secret-of-" + user;
    }

    @Override
    public void prepare() {
        Map<StoreAccess, StoreAccount> accounts = new EnumMap<>(StoreAccess.class);
        for (StoreAccess access : StoreAccess.values()) {
            accounts.put(access, new StoreAccount(access.user(), Optional.of(secret(access.user()))));
        }
        StoreSettings settings = address().bucket("surstream");
        try (BucketSetup bucket = new BucketSetup(settings);
                AccountSetup setup = new AccountSetup(settings, Optional.empty())) {
            bucket.steps().forEach(SetupStep::take);
            setup.steps(accounts).forEach(SetupStep::take);
        }
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
