package io.surstream.gateway.view;

import io.surstream.v1.JobFact;
import java.util.Optional;
import org.apache.kafka.streams.processor.api.Record;

/** Reads records as facts about jobs. Never throws, whatever a record holds. */
@FunctionalInterface
public interface FactDecoder {

    /**
     * @param topic full name of one of the five fact topics, or of the view's own
     * @param record its key is not looked at: the value names the job
     * @return bounded in size; empty when the record is no fact that this view knows, which is counted and told
     */
    Optional<JobFact> decode(String topic, Record<?, byte[]> record);
}
