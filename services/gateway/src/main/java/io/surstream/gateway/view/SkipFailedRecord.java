package io.surstream.gateway.view;

import java.util.Map;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.streams.errors.ErrorHandlerContext;
import org.apache.kafka.streams.errors.ProcessingExceptionHandler;
import org.apache.kafka.streams.processor.api.Record;

/**
 * Leaves out a record that the view's own code cannot process: again it would fail again. What Kafka or a store throws has nothing to
 * do with the record and ends the thread, which is replaced.
 */
public final class SkipFailedRecord implements ProcessingExceptionHandler {

    private SkippedRecords skipped;

    @Override
    public Response handleError(ErrorHandlerContext context, Record<?, ?> record, Exception exception) {
        if (exception instanceof KafkaException) {
            return Response.fail();
        }
        skipped.skip(context.topic(), "UNPROCESSABLE", exception.getClass().getName());
        return Response.resume();
    }

    @Override
    public void configure(Map<String, ?> configs) {
        skipped = (SkippedRecords) configs.get(ViewStreams.SKIPPED);
    }
}
