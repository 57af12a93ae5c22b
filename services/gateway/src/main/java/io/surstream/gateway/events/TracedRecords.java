package io.surstream.gateway.events;

import io.surstream.gateway.jobs.JobRecords;
import io.surstream.streaming.EventStreaming;
import io.surstream.streaming.Handling;
import io.surstream.streaming.WorkScope;
import io.surstream.v1.Job;
import org.apache.kafka.common.header.Headers;
import org.apache.kafka.streams.processor.api.Record;
import org.apache.kafka.streams.processor.api.RecordMetadata;

/**
 * The job view's records in their traces.
 *
 * @param group application id of the view
 */
public record TracedRecords(EventStreaming streaming, String group) implements JobRecords {

    @Override
    public Taken take(RecordMetadata place, Record<String, byte[]> fact) {
        Handling handling =
                streaming.handling(place.topic(), place.partition(), place.offset(), fact.key(), fact.headers(), group);
        WorkScope scope = handling.scope();
        return () -> {
            scope.close();
            handling.close();
        };
    }

    @Override
    public Headers describe(Job job, Headers fact) {
        return streaming.headers(job, fact);
    }
}
