package io.surstream.embedded;

import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;

/**
 * Broker and store together; they start at the same time, and when one cannot start the other is stopped again.
 *
 * @param kafka owned by this object
 * @param s3 owned by this object
 */
public record EmbeddedPlatform(EmbeddedKafka kafka, EmbeddedS3 s3) implements AutoCloseable {

    /**
     * Returns when both serve clients.
     *
     * @throws EmbeddedStartException when one of them could not start
     */
    public static EmbeddedPlatform start(EmbeddedKafkaSettings kafkaSettings, EmbeddedS3Settings s3Settings) {
        CompletableFuture<EmbeddedS3> s3 = new CompletableFuture<>();
        Thread starter = new Thread(
                () -> s3.completeAsync(() -> EmbeddedS3.start(s3Settings), Runnable::run), "embedded-s3-start");
        starter.setDaemon(true);
        starter.start();
        EmbeddedKafka kafka;
        try {
            kafka = EmbeddedKafka.start(kafkaSettings);
        } catch (RuntimeException e) {
            s3.thenAccept(EmbeddedS3::close);
            throw e;
        }
        try {
            return new EmbeddedPlatform(kafka, s3.join());
        } catch (CompletionException e) {
            kafka.close();
            throw e.getCause() instanceof RuntimeException cause ? cause : e;
        }
    }

    /** Stops the store, then the broker. */
    @Override
    public void close() {
        try {
            s3.close();
        } finally {
            kafka.close();
        }
    }
}
