package io.surstream.gateway.jobs;

import io.surstream.v1.Job;
import org.apache.kafka.common.header.Headers;
import org.apache.kafka.streams.processor.api.Record;
import org.apache.kafka.streams.processor.api.RecordMetadata;

/** The trace that a fact's record belongs to, and with it the job's record that follows. */
public interface JobRecords {

    /** A fact in hand; closed by the thread that took it. */
    interface Taken extends AutoCloseable {
        @Override
        void close();
    }

    /** Log lines and spans of this thread belong to the fact until it is closed. */
    Taken take(RecordMetadata place, Record<String, byte[]> fact);

    /**
     * @param fact headers of the record that changed the job
     * @return headers of the job's record
     */
    Headers describe(Job job, Headers fact);
}
