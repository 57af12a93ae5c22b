package io.surstream.storage;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.minio.MinioClient;
import io.minio.PutObjectArgs;
import io.surstream.embedded.EmbeddedS3;
import io.surstream.embedded.EmbeddedS3Settings;
import io.surstream.embedded.ReservedPort;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class MinioObjectStoreIT extends ObjectStoreContract {

    @TempDir
    static Path data;

    private static EmbeddedS3 s3;

    private static StoreSettings settings;
    private static MinioObjectStore store;

    @BeforeAll
    static void open() {
        s3 = EmbeddedS3.start(EmbeddedS3Settings.in(data));
        settings = StoreSettings.of(s3.endpoint(), s3.accessKey(), s3.secretKey(), "contract")
                .withPartSize(5L << 20)
                .withAttempts(2, Duration.ofMillis(1));
        store = new MinioObjectStore(settings);
        store.ensureBucket();
    }

    @AfterAll
    static void close() {
        store.close();
        s3.close();
    }

    @BeforeEach
    void emptyBucket() {
        store.list("").forEach(object -> store.delete(object.key()));
    }

    @Override
    ObjectStore store() {
        return store;
    }

    @Override
    void putWithWrongDigest(String key) {
        MinioClient client = MinioClient.builder()
                .endpoint(s3.endpoint().toString())
                .region("us-east-1")
                .credentials(s3.accessKey(), s3.secretKey())
                .build();
        try {
            client.putObject(PutObjectArgs.builder()
                    .bucket(settings.bucket())
                    .object(key)
                    .data(new byte[3], 3)
                    .userMetadata(Map.of("sha256", "0".repeat(64)))
                    .build());
            client.close();
        } catch (Exception e) {
            throw new AssertionError(e);
        }
    }

    @Test
    void a_presigned_url_needs_no_credentials_and_the_plain_one_is_refused() throws Exception {
        store.put("images/0.png", "image".getBytes(UTF_8), "image/png");
        URI signed = store.presignedGet("images/0.png", Duration.ofMinutes(5));
        assertEquals("image", get(signed).body());
        assertEquals(403, get(URI.create(s3.endpoint() + signed.getPath())).statusCode());
    }

    @Test
    void a_presigned_url_names_the_public_endpoint_where_there_is_one() {
        StoreSettings behindProxy = settings.withPublicEndpoint(URI.create("https://pictures.example"));
        try (MinioObjectStore inner = new MinioObjectStore(behindProxy)) {
            URI signed = inner.presignedGet("images/0.png", Duration.ofMinutes(5));
            assertEquals("https", signed.getScheme());
            assertEquals("pictures.example", signed.getRawAuthority());
            assertEquals("/contract/images/0.png", signed.getPath());
        }
    }

    @Test
    void a_url_that_is_signed_for_the_public_endpoint_works_there_though_the_inner_one_is_out_of_reach()
            throws Exception {
        store.put("images/1.png", "image".getBytes(UTF_8), "image/png");
        try (ReservedPort nobody = ReservedPort.any();
                MinioObjectStore inner = new MinioObjectStore(StoreSettings.of(
                                URI.create("http://127.0.0.1:" + nobody.number()),
                                s3.accessKey(),
                                s3.secretKey(),
                                settings.bucket())
                        .withPublicEndpoint(s3.endpoint()))) {
            URI signed = inner.presignedGet("images/1.png", Duration.ofMinutes(5));
            assertEquals("image", get(signed).body());
        }
    }

    @Test
    void warming_up_creates_the_bucket_in_the_background() throws Exception {
        try (MinioObjectStore other = new MinioObjectStore(settings.withBucket("warmed-up"))) {
            other.warmUp().get(30, TimeUnit.SECONDS);
            assertTrue(other.putIfAbsent("key", new byte[1], "text/plain"));
        }
    }

    @Test
    void a_wrong_secret_is_refused_at_once() {
        StoreSettings wrong = StoreSettings.of(s3.endpoint(), s3.accessKey(), "wrong", settings.bucket());
        try (MinioObjectStore stranger = new MinioObjectStore(wrong)) {
            var refusal = assertThrows(StoreRefusedException.class, () -> stranger.get("key"));
            assertTrue(
                    refusal.getMessage().contains("refused to read s3://" + settings.bucket()), refusal.getMessage());
        }
    }

    @Test
    void a_store_that_is_not_there_is_unavailable_after_all_attempts() {
        try (ReservedPort nobody = ReservedPort.any();
                MinioObjectStore store = new MinioObjectStore(
                        StoreSettings.of(URI.create("http://127.0.0.1:" + nobody.number()), "key", "secret", "bucket")
                                .withAttempts(3, Duration.ofMillis(1)))) {
            var error = assertThrows(StoreUnavailableException.class, () -> store.get("key"));
            assertTrue(error.getMessage().contains("could not read s3://bucket/key in 3 attempts"), error.getMessage());
        }
    }

    private static HttpResponse<String> get(URI uri) throws Exception {
        return HttpClient.newHttpClient()
                .send(HttpRequest.newBuilder(uri).build(), HttpResponse.BodyHandlers.ofString());
    }
}
