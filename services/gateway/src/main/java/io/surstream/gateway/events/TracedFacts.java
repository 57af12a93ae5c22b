package io.surstream.gateway.events;

import com.google.protobuf.Message;
import io.surstream.gateway.view.FactTraces;
import io.surstream.streaming.EventStreaming;
import io.surstream.streaming.tracing.Handling;
import io.surstream.streaming.tracing.WorkScope;
import io.surstream.v1.JobFact;
import org.apache.kafka.common.header.Headers;
import org.apache.kafka.streams.processor.api.RecordMetadata;

/**
 * The job view's records in their traces.
 *
 * @param group whose work the facts are
 */
public record TracedFacts(EventStreaming streaming, String group) implements FactTraces {

    @Override
    public Taken take(RecordMetadata place, JobFact fact, Headers headers) {
        Handling handling =
                streaming.handling(place.topic(), place.partition(), place.offset(), fact.getJobId(), headers, group);
        WorkScope scope = handling.about(fact).scope();
        return () -> {
            scope.close();
            handling.close();
        };
    }

    @Override
    public Headers headers(Message event, Headers cause) {
        return streaming.headers(event, cause);
    }
}
