package io.surstream.gateway.view;

import io.surstream.v1.JobEvent;
import java.util.Optional;
import org.apache.kafka.streams.processor.api.Record;

/** Reads records as events about jobs. Never throws, whatever a record holds. */
@FunctionalInterface
public interface JobEventDecoder {

    /**
     * @param topic full name of one of the five event topics, or of the view's own
     * @param record its key is not looked at: the value names the job
     * @return bounded in size; empty when the record is no event that this view knows, which is counted and logged
     */
    Optional<JobEvent> decode(String topic, Record<?, byte[]> record);
}
