package io.surstream.storage;

import io.surstream.keys.KeyFile;
import java.net.URI;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * Which S3 store, bucket and account.
 *
 * @param endpoint http or https, addressed path-style
 * @param publicEndpoint where clients reach the same store, for the presigned URLs they get; empty: at the endpoint
 * @param region the store's; MinIO's default is us-east-1
 * @param attempts of every call, 1 to 20
 * @param backoff limit of the random wait before the second attempt; doubles up to 5 s
 * @param partSize size of the parts of large files in bytes; 5 MiB or more
 * @param truststore certificates trusted at an https endpoint; empty: those of the Java runtime
 */
public record StoreSettings(
        URI endpoint,
        Optional<URI> publicEndpoint,
        String region,
        String accessKey,
        String secretKey,
        String bucket,
        int attempts,
        Duration backoff,
        long partSize,
        Optional<KeyFile> truststore) {

    private static final long SMALLEST_PART = 5L << 20;

    public StoreSettings {
        List<String> problems = new ArrayList<>();
        problem("endpoint", endpoint).ifPresent(problems::add);
        publicEndpoint.flatMap(uri -> problem("public-endpoint", uri)).ifPresent(problems::add);
        if (problems.isEmpty() && truststore.isPresent() && endpoint.getScheme().equals("http")) {
            problems.add("surstream.storage.truststore is given but the endpoint " + endpoint
                    + " does not encrypt; use https");
        }
        if (!bucket.matches("[a-z0-9][a-z0-9.-]{1,61}[a-z0-9]")) {
            problems.add("surstream.storage.bucket must be 3..63 characters of [a-z0-9.-] but is \"" + bucket + '"');
        }
        if (attempts < 1 || attempts > 20) {
            problems.add("attempts of a storage request must be 1..20 but is " + attempts);
        }
        if (partSize < SMALLEST_PART) {
            problems.add("part size of an upload must be " + SMALLEST_PART + " or more but is " + partSize);
        }
        truststore.flatMap(KeyFile::trustProblem).ifPresent(problems::add);
        if (!problems.isEmpty()) {
            throw new IllegalArgumentException(String.join("; ", problems));
        }
    }

    /** S3 signs the host and the path, so an address below a path cannot work. */
    private static Optional<String> problem(String name, URI uri) {
        boolean isOrigin = uri.getScheme() != null
                && uri.getScheme().matches("https?")
                && uri.getHost() != null
                && uri.getRawPath().matches("/?")
                && uri.getRawUserInfo() == null
                && uri.getRawQuery() == null
                && uri.getRawFragment() == null;
        return isOrigin
                ? Optional.empty()
                : Optional.of("surstream.storage." + name
                        + " must be http://host:port or https://host:port, without a path, but is " + uri);
    }

    /** Region us-east-1, 4 attempts, waits of up to 400 ms that double, parts of 16 MiB. */
    public static StoreSettings of(URI endpoint, String accessKey, String secretKey, String bucket) {
        return new StoreSettings(
                endpoint,
                Optional.empty(),
                "us-east-1",
                accessKey,
                secretKey,
                bucket,
                4,
                Duration.ofMillis(400),
                16L << 20,
                Optional.empty());
    }

    /** The same account, another bucket. */
    public StoreSettings withBucket(String bucket) {
        return new StoreSettings(
                endpoint,
                publicEndpoint,
                region,
                accessKey,
                secretKey,
                bucket,
                attempts,
                backoff,
                partSize,
                truststore);
    }

    /** The same bucket, another account. */
    public StoreSettings withAccount(String accessKey, String secretKey) {
        return new StoreSettings(
                endpoint,
                publicEndpoint,
                region,
                accessKey,
                secretKey,
                bucket,
                attempts,
                backoff,
                partSize,
                truststore);
    }

    public StoreSettings withAttempts(int attempts, Duration backoff) {
        return new StoreSettings(
                endpoint,
                publicEndpoint,
                region,
                accessKey,
                secretKey,
                bucket,
                attempts,
                backoff,
                partSize,
                truststore);
    }

    public StoreSettings withPartSize(long partSize) {
        return new StoreSettings(
                endpoint,
                publicEndpoint,
                region,
                accessKey,
                secretKey,
                bucket,
                attempts,
                backoff,
                partSize,
                truststore);
    }

    public StoreSettings withTruststore(KeyFile file) {
        return new StoreSettings(
                endpoint,
                publicEndpoint,
                region,
                accessKey,
                secretKey,
                bucket,
                attempts,
                backoff,
                partSize,
                Optional.of(file));
    }

    /** The same store, with presigned URLs that name another address of it. */
    public StoreSettings withPublicEndpoint(URI publicEndpoint) {
        return new StoreSettings(
                endpoint,
                Optional.of(publicEndpoint),
                region,
                accessKey,
                secretKey,
                bucket,
                attempts,
                backoff,
                partSize,
                truststore);
    }

    /** Without the secret. */
    @Override
    public String toString() {
        return "StoreSettings[" + endpoint + ", bucket " + bucket + ", access key " + accessKey + ']';
    }
}
