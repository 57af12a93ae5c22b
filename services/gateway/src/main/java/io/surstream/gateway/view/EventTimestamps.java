package io.surstream.gateway.view;

import io.surstream.streaming.event.RecordTime;
import java.time.Instant;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.streams.processor.TimestampExtractor;

/** Takes any record: what is no time of our age is read as one, or becomes now. */
public final class EventTimestamps implements TimestampExtractor {

    @Override
    public long extract(ConsumerRecord<Object, Object> record, long partitionTime) {
        return RecordTime.of(record.timestamp(), Instant.now()).toEpochMilli();
    }
}
