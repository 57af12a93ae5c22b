package io.surstream.encoder.kafka;

import io.surstream.encoder.stages.PromptEncoding;
import io.surstream.streaming.CancelledJobs;
import io.surstream.streaming.batch.BatchHandler;
import io.surstream.streaming.batch.RejectedEventsException;
import io.surstream.streaming.event.Incoming;
import io.surstream.streaming.event.Outgoing;
import io.surstream.streaming.topic.Topic;
import io.surstream.streaming.tracing.LogContext;
import io.surstream.v1.EncodeResult;
import io.surstream.v1.Failure;
import io.surstream.v1.PromptSubmitted;
import io.surstream.v1.StageTiming;
import io.surstream.v1.Tensor;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.function.UnaryOperator;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Kafka edge: batches of submitted prompts to the events that follow from them. Leaves nothing behind but large embeddings
 * in the store, which a repetition finds there.
 */
final class SubmittedPromptHandler implements BatchHandler<PromptSubmitted> {
    private static final Logger LOG = LoggerFactory.getLogger(SubmittedPromptHandler.class);

    private final PromptEncoding encoding;
    private final CancelledJobs cancelled;
    private final UnaryOperator<Tensor> offload;

    /** @param offload of embeddings that are too large for an event */
    SubmittedPromptHandler(PromptEncoding encoding, CancelledJobs cancelled, UnaryOperator<Tensor> offload) {
        this.encoding = encoding;
        this.cancelled = cancelled;
        this.offload = offload;
    }

    /** @throws RejectedEventsException when some are refused; it carries the events of the others */
    @Override
    public List<Outgoing> handle(List<Incoming<PromptSubmitted>> batch) throws RejectedEventsException {
        long receivedAt = System.currentTimeMillis();
        List<Outgoing> events = new ArrayList<>();
        Map<Incoming<?>, RefusedPromptException> refused = new LinkedHashMap<>();
        List<Incoming<PromptSubmitted>> wanted = new ArrayList<>();
        for (Incoming<PromptSubmitted> incoming : batch) {
            String jobId = incoming.event().getJobId();
            Optional<String> reason = cancelled.reason(jobId);
            if (reason.isPresent()) {
                events.add(incoming.reply(Topic.IMAGES_SAMPLED, jobId, EncoderEvents.cancelled(jobId, reason.get())));
            } else {
                wanted.add(incoming);
            }
        }
        encode(wanted, receivedAt, events, refused);
        if (!refused.isEmpty()) {
            throw new RejectedEventsException(events, refused);
        }
        return events;
    }

    private void encode(
            List<Incoming<PromptSubmitted>> wanted,
            long receivedAt,
            List<Outgoing> events,
            Map<Incoming<?>, RefusedPromptException> refused) {
        long start = System.nanoTime();
        List<EncodeResult> results = encoding
                .encodeJobs(wanted.stream().map(Incoming::event).toList())
                .stream()
                .map(result -> result.hasFailure() ? result : EncoderEvents.placed(result, offload))
                .toList();
        long micros = TimeUnit.NANOSECONDS.toMicros(System.nanoTime() - start);
        StageTiming timing = EncoderEvents.timing(receivedAt, System.currentTimeMillis(), micros);
        for (int i = 0; i < results.size(); i++) {
            Incoming<PromptSubmitted> incoming = wanted.get(i);
            EncodeResult result = results.get(i);
            LogContext scope = incoming.scope();
            try (scope) {
                if (result.hasFailure()) {
                    Failure failure = result.getFailure();
                    LOG.info("job {}: refused as {}", result.getJobId(), failure.getType());
                    refused.put(incoming, new RefusedPromptException(failure));
                } else {
                    LOG.debug("job {}: encoded in a batch of {}", result.getJobId(), results.size());
                    events.add(incoming.reply(
                            Topic.PROMPTS_ENCODED,
                            result.getJobId(),
                            EncoderEvents.encoded(incoming.event(), result, timing)));
                }
            }
        }
    }
}
