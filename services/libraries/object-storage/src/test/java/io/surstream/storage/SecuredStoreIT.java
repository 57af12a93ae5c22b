package io.surstream.storage;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.surstream.embedded.EmbeddedS3;
import io.surstream.embedded.EmbeddedS3Settings;
import io.surstream.keys.KeyFile;
import io.surstream.testsupport.secured.TestCertificates;
import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Optional;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The store over TLS. */
class SecuredStoreIT {
    @TempDir
    static Path folder;

    private static TestCertificates certificates;
    private static EmbeddedS3 s3;

    @BeforeAll
    static void start() {
        certificates = TestCertificates.in(folder.resolve("ca"));
        TestCertificates.Identity server = certificates.issue("store");
        s3 = EmbeddedS3.start(EmbeddedS3Settings.in(folder.resolve("s3")), server.keystore(), server.password());
    }

    @AfterAll
    static void stop() {
        s3.close();
    }

    private static StoreSettings settings(String bucket, Path authority) {
        return StoreSettings.of(s3.endpoint(), s3.accessKey(), s3.secretKey(), bucket)
                .withAttempts(1, Duration.ofMillis(1))
                .withTruststore(new KeyFile("surstream.storage.truststore", authority, Optional.empty()));
    }

    @Test
    void objects_come_and_go_over_tls() {
        try (MinioObjectStore store = new MinioObjectStore(settings("over-tls", certificates.authority()))) {
            store.ensureBucket();
            store.put("a", new byte[] {1, 2, 3}, "application/octet-stream");

            assertArrayEquals(new byte[] {1, 2, 3}, store.get("a"));
            assertEquals("https", store.presignedGet("a", Duration.ofMinutes(1)).getScheme());
        }
    }

    @Test
    void a_store_that_the_truststore_does_not_know_is_not_spoken_to() {
        Path stranger = TestCertificates.in(folder.resolve("stranger")).authority();
        try (MinioObjectStore store = new MinioObjectStore(settings("over-tls", stranger))) {
            String refusal = assertThrows(StoreUnavailableException.class, store::ensureBucket)
                    .getMessage();

            assertTrue(refusal.contains("certification path"), refusal);
        }
    }

    @Test
    void everything_that_is_wrong_with_the_settings_is_said_at_once_and_no_secret() {
        KeyFile missing = new KeyFile("surstream.storage.truststore", Path.of("/no/such/ca.pem"), Optional.empty());
        StoreSettings settings = StoreSettings.of(URI.create("http://store:9000"), "key", "do-not-say-this", "bucket");

        String refusal = assertThrows(IllegalArgumentException.class, () -> settings.withTruststore(missing))
                .getMessage();

        assertEquals(
                "surstream.storage.truststore is given but the endpoint http://store:9000 does not encrypt; use https; "
                        + "surstream.storage.truststore names /no/such/ca.pem, which does not exist or is not readable",
                refusal);
        assertFalse(settings.toString().contains("do-not-say-this"), settings.toString());
    }
}
