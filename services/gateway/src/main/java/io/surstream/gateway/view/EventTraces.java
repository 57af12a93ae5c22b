package io.surstream.gateway.view;

import com.google.protobuf.Message;
import io.surstream.v1.JobEvent;
import org.apache.kafka.common.header.Headers;
import org.apache.kafka.streams.processor.api.RecordMetadata;

/** The trace that an event belongs to, and with it the records that follow. */
public interface EventTraces {

    /** An event being processed; closed by the thread that took it. */
    interface Taken extends AutoCloseable {
        @Override
        void close();
    }

    /** Log lines and spans of this thread belong to the event until it is closed. */
    Taken take(RecordMetadata place, JobEvent jobEvent, Headers headers);

    /**
     * @param event of the record that follows
     * @param cause headers of the record that it follows from
     * @return its CloudEvents headers
     */
    Headers headers(Message event, Headers cause);
}
