package io.surstream.gateway.view;

import io.surstream.v1.JobEvent;
import java.util.Optional;
import org.apache.kafka.streams.processor.api.Processor;
import org.apache.kafka.streams.processor.api.ProcessorContext;
import org.apache.kafka.streams.processor.api.Record;
import org.apache.kafka.streams.processor.api.RecordMetadata;

/** Sends each event on under the id of its job, whatever key and partition it came with. Keeps nothing. */
final class JobEventRouter implements Processor<byte[], byte[], String, JobEvent> {

    private final JobEventDecoder decoder;
    private final EventTraces traces;
    private ProcessorContext<String, JobEvent> context;

    JobEventRouter(JobEventDecoder decoder, EventTraces traces) {
        this.decoder = decoder;
        this.traces = traces;
    }

    @Override
    public void init(ProcessorContext<String, JobEvent> processorContext) {
        context = processorContext;
    }

    @Override
    public void process(Record<byte[], byte[]> record) {
        RecordMetadata place = context.recordMetadata().orElseThrow();
        Optional<JobEvent> decoded = decoder.decode(place.topic(), record);
        if (decoded.isEmpty()) {
            return;
        }
        JobEvent jobEvent = decoded.get();
        EventTraces.Taken taken = traces.take(place, jobEvent, record.headers());
        try (taken) {
            context.forward(new Record<>(
                    jobEvent.getJobId(), jobEvent, record.timestamp(), traces.headers(jobEvent, record.headers())));
        }
    }
}
