package io.surstream.storage;

import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.composite.CompositeMeterRegistry;
import io.minio.BucketExistsArgs;
import io.minio.GetObjectArgs;
import io.minio.GetObjectResponse;
import io.minio.GetPresignedObjectUrlArgs;
import io.minio.Http;
import io.minio.ListObjectsArgs;
import io.minio.MakeBucketArgs;
import io.minio.MinioClient;
import io.minio.PutObjectArgs;
import io.minio.RemoveObjectArgs;
import io.minio.Result;
import io.minio.StatObjectArgs;
import io.minio.StatObjectResponse;
import io.minio.UploadObjectArgs;
import io.minio.errors.MinioException;
import io.minio.messages.Item;
import io.surstream.contract.Sha256;
import java.io.IOException;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;

/** One bucket of any S3 store through the MinIO client. */
public final class MinioObjectStore implements ObjectStore {

    private static final String SHA256 = "sha256";

    private final StoreSettings settings;
    private final MinioClient client;
    private final MinioClient signer;
    private final S3Call call;

    /** Makes no connection yet, and counts nothing. */
    public MinioObjectStore(StoreSettings settings) {
        this(settings, new CompositeMeterRegistry());
    }

    /** Makes no connection yet. */
    public MinioObjectStore(StoreSettings settings, MeterRegistry meters) {
        this.settings = settings;
        this.client = MinioConnection.open(settings);
        this.signer = MinioConnection.signer(settings);
        this.call = new S3Call(settings, new StoreMeters(meters));
    }

    /**
     * Loads the client's classes and creates the bucket in the background, which the first call would otherwise wait for
     * (about 1.5 s).
     *
     * @return completes when the store is usable, exceptionally with a {@link StorageException} when it is not
     */
    public CompletableFuture<Void> warmUp() {
        CompletableFuture<Void> warm = new CompletableFuture<>();
        Thread thread = new Thread(() -> warm.completeAsync(this::touch, Runnable::run), "object-store-warm-up");
        thread.setDaemon(true);
        thread.start();
        return warm;
    }

    private Void touch() {
        ensureBucket();
        // Every account may list; what is under this name nobody reads.
        list("warm-up/");
        return null;
    }

    @Override
    public String bucket() {
        return settings.bucket();
    }

    @Override
    public void ensureBucket() {
        call.send(StoreOperation.FIND_BUCKET, "", () -> {
            if (!client.bucketExists(BucketExistsArgs.builder().bucket(bucket()).build())) {
                makeBucket();
            }
            return null;
        });
    }

    /** Whether the bucket is there. */
    public boolean hasBucket() {
        return call.send(
                StoreOperation.FIND_BUCKET,
                "",
                () -> client.bucketExists(
                        BucketExistsArgs.builder().bucket(bucket()).build()));
    }

    private void makeBucket() throws MinioException {
        try {
            client.makeBucket(MakeBucketArgs.builder().bucket(bucket()).build());
        } catch (MinioException e) {
            // Another process may have been faster.
            if (!client.bucketExists(BucketExistsArgs.builder().bucket(bucket()).build())) {
                throw e;
            }
        }
    }

    @Override
    public boolean putIfAbsent(String key, byte[] content, String contentType) {
        try {
            put(key, content, contentType, Map.of("If-None-Match", "*"));
            return true;
        } catch (StoreRefusedException e) {
            if (S3Call.isPreconditionFailed(e)) {
                return false;
            }
            throw e;
        }
    }

    @Override
    public StoredObject put(String key, byte[] content, String contentType) {
        return put(key, content, contentType, Map.of());
    }

    private StoredObject put(String key, byte[] content, String contentType, Map<String, String> conditions) {
        String sha256 = Sha256.of(content);
        call.send(
                StoreOperation.WRITE,
                key,
                () -> client.putObject(PutObjectArgs.builder()
                        .bucket(bucket())
                        .object(key)
                        .data(content, content.length)
                        .contentType(contentType)
                        .userMetadata(Map.of(SHA256, sha256))
                        .headers(conditions)
                        .build()));
        return new StoredObject(bucket(), key, content.length, Optional.of(sha256), contentType);
    }

    @Override
    public StoredObject put(String key, Path file, String contentType) {
        String sha256 = Sha256.of(file);
        long size = sizeOf(file);
        call.send(
                StoreOperation.WRITE,
                key,
                () -> client.uploadObject(UploadObjectArgs.builder()
                        .bucket(bucket())
                        .object(key)
                        .filename(file.toString(), settings.partSize())
                        .contentType(contentType)
                        .userMetadata(Map.of(SHA256, sha256))
                        .build()));
        return new StoredObject(bucket(), key, size, Optional.of(sha256), contentType);
    }

    @Override
    public byte[] get(String key) {
        return call.send(StoreOperation.READ, key, () -> {
            try (GetObjectResponse response = open(key)) {
                byte[] content = response.readAllBytes();
                verify(key, response, Sha256.of(content));
                return content;
            }
        });
    }

    @Override
    public byte[] getRange(String key, long offset, int length) {
        return call.send(StoreOperation.READ_RANGE, key, () -> {
            try (GetObjectResponse response = client.getObject(GetObjectArgs.builder()
                    .bucket(bucket())
                    .object(key)
                    .offset(offset)
                    .length((long) length)
                    .build())) {
                return response.readAllBytes();
            }
        });
    }

    @Override
    public void download(String key, Path target) {
        try (AtomicFile file = AtomicFile.replacing(target)) {
            call.send(StoreOperation.READ, key, () -> {
                try (GetObjectResponse response = open(key);
                        OutputStream out = file.open()) {
                    verify(key, response, Sha256.copy(response, out));
                    return null;
                }
            });
            file.commit();
        } catch (IOException e) {
            throw new UncheckedIOException("cannot write " + target + ": " + e.getMessage(), e);
        }
    }

    private GetObjectResponse open(String key) throws MinioException {
        return client.getObject(
                GetObjectArgs.builder().bucket(bucket()).object(key).build());
    }

    private void verify(String key, GetObjectResponse response, String found) {
        String expected = response.headers().get("x-amz-meta-" + SHA256);
        if (expected != null && !expected.equals(found)) {
            throw new ChecksumMismatchException(bucket(), key, expected, found);
        }
    }

    @Override
    public Optional<StoredObject> find(String key) {
        try {
            StatObjectResponse found = call.send(
                    StoreOperation.LOOK_UP,
                    key,
                    () -> client.statObject(StatObjectArgs.builder()
                            .bucket(bucket())
                            .object(key)
                            .build()));
            return Optional.of(new StoredObject(
                    bucket(),
                    key,
                    found.size(),
                    Optional.ofNullable(found.userMetadata().getFirst(SHA256)),
                    found.contentType()));
        } catch (ObjectNotFoundException e) {
            return Optional.empty();
        }
    }

    @Override
    public List<ListedObject> list(String prefix) {
        return call.send(StoreOperation.LIST, prefix, () -> {
            List<ListedObject> found = new ArrayList<>();
            for (Result<Item> line : client.listObjects(ListObjectsArgs.builder()
                    .bucket(bucket())
                    .prefix(prefix)
                    .recursive(true)
                    .build())) {
                Item item = line.get();
                found.add(new ListedObject(
                        item.objectName(), item.size(), item.lastModified().toInstant()));
            }
            return found;
        });
    }

    @Override
    public void delete(String key) {
        call.send(StoreOperation.DELETE, key, () -> {
            client.removeObject(
                    RemoveObjectArgs.builder().bucket(bucket()).object(key).build());
            return null;
        });
    }

    @Override
    public URI presignedGet(String key, Duration validity) {
        return call.send(
                StoreOperation.SIGN,
                key,
                () -> URI.create(signer.getPresignedObjectUrl(GetPresignedObjectUrlArgs.builder()
                        .method(Http.Method.GET)
                        .bucket(bucket())
                        .object(key)
                        .expiry((int) validity.toSeconds(), TimeUnit.SECONDS)
                        .build())));
    }

    @Override
    public void close() {
        try {
            signer.close();
            client.close();
        } catch (Exception e) {
            throw new IllegalStateException("the S3 client did not close: " + e.getMessage(), e);
        }
    }

    private static long sizeOf(Path file) {
        try {
            return Files.size(file);
        } catch (IOException e) {
            throw new UncheckedIOException("cannot read " + file, e);
        }
    }
}
