package io.surstream.gateway.view;

import io.surstream.v1.JobFact;
import java.util.Optional;
import org.apache.kafka.streams.processor.api.Processor;
import org.apache.kafka.streams.processor.api.ProcessorContext;
import org.apache.kafka.streams.processor.api.Record;
import org.apache.kafka.streams.processor.api.RecordMetadata;

/** Sends each fact on under the id of its job, whatever key and partition it came with. Keeps nothing. */
final class FactRouter implements Processor<byte[], byte[], String, JobFact> {

    private final FactDecoder decoder;
    private final FactTraces traces;
    private ProcessorContext<String, JobFact> context;

    FactRouter(FactDecoder decoder, FactTraces traces) {
        this.decoder = decoder;
        this.traces = traces;
    }

    @Override
    public void init(ProcessorContext<String, JobFact> processorContext) {
        context = processorContext;
    }

    @Override
    public void process(Record<byte[], byte[]> record) {
        RecordMetadata place = context.recordMetadata().orElseThrow();
        Optional<JobFact> decoded = decoder.decode(place.topic(), record);
        if (decoded.isEmpty()) {
            return;
        }
        JobFact fact = decoded.get();
        FactTraces.Taken taken = traces.take(place, fact, record.headers());
        try (taken) {
            context.forward(
                    new Record<>(fact.getJobId(), fact, record.timestamp(), traces.headers(fact, record.headers())));
        }
    }
}
