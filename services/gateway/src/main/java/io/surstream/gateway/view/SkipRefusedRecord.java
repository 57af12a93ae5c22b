package io.surstream.gateway.view;

import java.util.Map;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.errors.InvalidTimestampException;
import org.apache.kafka.common.errors.RecordTooLargeException;
import org.apache.kafka.common.errors.RetriableException;
import org.apache.kafka.streams.errors.ErrorHandlerContext;
import org.apache.kafka.streams.errors.ProductionExceptionHandler;

/** Leaves out what the broker refuses for what it is; waits for everything that may pass. */
public final class SkipRefusedRecord implements ProductionExceptionHandler {

    private SkippedRecords skipped;

    @Override
    public Response handleError(
            ErrorHandlerContext context, ProducerRecord<byte[], byte[]> record, Exception exception) {
        if (exception instanceof RecordTooLargeException || exception instanceof InvalidTimestampException) {
            skipped.skip(record.topic(), "REFUSED", exception.toString());
            return Response.resume();
        }
        return exception instanceof RetriableException ? Response.retry() : Response.fail();
    }

    @Override
    public void configure(Map<String, ?> configs) {
        skipped = (SkippedRecords) configs.get(ViewStreams.SKIPPED);
    }
}
