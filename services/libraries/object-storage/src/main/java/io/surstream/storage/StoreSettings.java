package io.surstream.storage;

import java.net.URI;
import java.time.Duration;

/**
 * Which S3 store, bucket and account.
 *
 * @param endpoint http or https, addressed path-style
 * @param region the store's; MinIO's default is us-east-1
 * @param attempts of every call, 1 to 20
 * @param backoff wait before the second attempt; doubles up to 5 s
 * @param partSize size of the parts of large files in bytes; 5 MiB or more
 */
public record StoreSettings(
        URI endpoint,
        String region,
        String accessKey,
        String secretKey,
        String bucket,
        int attempts,
        Duration backoff,
        long partSize) {

    private static final long SMALLEST_PART = 5L << 20;

    public StoreSettings {
        if (endpoint.getScheme() == null || !endpoint.getScheme().matches("https?") || endpoint.getHost() == null) {
            throw new IllegalArgumentException(
                    "surstream.storage.endpoint must be http://host:port or https://host:port but is " + endpoint);
        }
        if (!bucket.matches("[a-z0-9][a-z0-9.-]{1,61}[a-z0-9]")) {
            throw new IllegalArgumentException(
                    "surstream.storage.bucket must be 3..63 characters of [a-z0-9.-] but is \"" + bucket + '"');
        }
        if (attempts < 1 || attempts > 20) {
            throw new IllegalArgumentException("surstream.storage.attempts must be 1..20 but is " + attempts);
        }
        if (partSize < SMALLEST_PART) {
            throw new IllegalArgumentException(
                    "surstream.storage.part-size must be " + SMALLEST_PART + " or more but is " + partSize);
        }
    }

    /** Region us-east-1, 4 attempts from 200 ms on, parts of 16 MiB. */
    public static StoreSettings of(URI endpoint, String accessKey, String secretKey, String bucket) {
        return new StoreSettings(
                endpoint, "us-east-1", accessKey, secretKey, bucket, 4, Duration.ofMillis(200), 16L << 20);
    }

    /** The same account, another bucket. */
    public StoreSettings withBucket(String bucket) {
        return new StoreSettings(endpoint, region, accessKey, secretKey, bucket, attempts, backoff, partSize);
    }

    public StoreSettings withAttempts(int attempts, Duration backoff) {
        return new StoreSettings(endpoint, region, accessKey, secretKey, bucket, attempts, backoff, partSize);
    }

    public StoreSettings withPartSize(long partSize) {
        return new StoreSettings(endpoint, region, accessKey, secretKey, bucket, attempts, backoff, partSize);
    }

    /** Without the secret. */
    @Override
    public String toString() {
        return "StoreSettings[" + endpoint + ", bucket " + bucket + ", access key " + accessKey + ']';
    }
}
