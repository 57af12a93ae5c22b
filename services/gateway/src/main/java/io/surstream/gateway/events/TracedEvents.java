package io.surstream.gateway.events;

import com.google.protobuf.Message;
import io.surstream.gateway.view.EventTraces;
import io.surstream.streaming.EventStreaming;
import io.surstream.streaming.tracing.LogContext;
import io.surstream.streaming.tracing.RecordSpan;
import io.surstream.v1.JobEvent;
import org.apache.kafka.common.header.Headers;
import org.apache.kafka.streams.processor.api.RecordMetadata;

/**
 * The job view's records in their traces.
 *
 * @param group whose work the events are
 */
public record TracedEvents(EventStreaming streaming, String group) implements EventTraces {

    @Override
    public Taken take(RecordMetadata place, JobEvent jobEvent, Headers headers) {
        RecordSpan recordSpan = streaming.recordSpan(
                place.topic(), place.partition(), place.offset(), jobEvent.getJobId(), headers, group);
        LogContext scope = recordSpan.about(jobEvent).scope();
        return () -> {
            scope.close();
            recordSpan.close();
        };
    }

    @Override
    public Headers headers(Message event, Headers cause) {
        return streaming.headers(event, cause);
    }
}
