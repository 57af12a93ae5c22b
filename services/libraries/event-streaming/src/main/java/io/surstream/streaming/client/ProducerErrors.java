package io.surstream.streaming.client;

import org.apache.kafka.common.errors.ApiException;

/** What a producer's exception says of the cluster's answer. */
public final class ProducerErrors {

    private ProducerErrors() {}

    /**
     * The cluster's answer, or the exception itself if it holds none. A producer that was refused before, as for want of a
     * right, throws another exception at later calls, with that answer as its cause.
     */
    public static Throwable answer(Exception error) {
        return error.getCause() instanceof ApiException answer ? answer : error;
    }
}
