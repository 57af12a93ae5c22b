package io.surstream.gateway.jobs;

import java.util.Optional;
import org.apache.kafka.streams.processor.api.Record;

/** Reads the record of one of the five topics as a fact about a job. */
@FunctionalInterface
public interface JobEventDecoder {

    /** @return empty when the record is no fact that this view knows: the workers dead-letter such records, the view goes on */
    Optional<JobEvent> decode(String topic, Record<String, byte[]> record);
}
