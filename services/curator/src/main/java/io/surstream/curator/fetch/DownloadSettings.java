package io.surstream.curator.fetch;

import java.time.Duration;

/**
 * Limits of downloads.
 *
 * @param timeout of one whole request; connecting may take a third of it
 * @param attempts 1 or more
 * @param backoff limit of the random wait before the second attempt; doubles up to 30 s
 * @param maxRedirects 0 or more
 * @param privateAllowed whether hosts may lead into this machine's own network
 */
public record DownloadSettings(
        Duration timeout, int attempts, Duration backoff, int maxRedirects, boolean privateAllowed) {}
