package io.surstream.trainer.kafka;

import io.surstream.retry.Backoff;
import io.surstream.storage.StoreUnavailableException;
import io.surstream.streaming.event.Incoming;
import io.surstream.streaming.event.Outgoing;
import io.surstream.streaming.share.AcquisitionLock;
import io.surstream.streaming.share.ShareHandler;
import io.surstream.streaming.topic.Topic;
import io.surstream.trainer.publish.TrainerEvents;
import io.surstream.trainer.validation.RunRegister;
import io.surstream.trainer.validation.RunRegister.Registered;
import io.surstream.trainer.validation.RunValidation;
import io.surstream.v1.Failure;
import io.surstream.v1.TrainingProgressed;
import io.surstream.v1.TrainingRequested;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.TimeUnit;
import java.util.function.Function;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Kafka edge: takes a request in and answers on training.progressed. Short work: the run itself is found in the store by
 * whichever trainer is free, so no record is held while a run trains.
 */
final class RequestHandler implements ShareHandler<TrainingRequested> {
    private static final Logger LOG = LoggerFactory.getLogger(RequestHandler.class);
    private static final long PUBLISH_PATIENCE_SECONDS = 30;
    private static final Backoff STORE_BACKOFF = new Backoff(Duration.ofSeconds(1), Duration.ofSeconds(10));
    private static final Duration STORE_PATIENCE = Duration.ofMinutes(1);

    private final RunRegister register;
    private final Function<Outgoing, CompletionStage<Void>> publish;

    /** @param publish completes when the cluster has the event */
    RequestHandler(RunRegister register, Function<Outgoing, CompletionStage<Void>> publish) {
        this.register = register;
        this.publish = publish;
    }

    @Override
    public void handle(Incoming<TrainingRequested> incoming, AcquisitionLock lock) throws Exception {
        TrainingRequested request = incoming.event();
        Optional<Failure> problem = RunValidation.problem(request);
        if (problem.isPresent()) {
            throw new RefusedRequestException(problem.get());
        }
        Registered registered = registerPatiently(
                request.toBuilder()
                        .setTraceparent(incoming.trace().traceparent())
                        .build(),
                lock);
        if (registered instanceof Registered.Refused refused) {
            throw new RefusedRequestException(refused.failure());
        }
        answer(incoming, registered);
    }

    /**
     * Not permanently: the store may be away for this trainer alone, and another one can register what is given back.
     */
    private Registered registerPatiently(TrainingRequested request, AcquisitionLock lock) throws InterruptedException {
        long giveUp = System.nanoTime() + STORE_PATIENCE.toNanos();
        for (int failures = 1; ; failures++) {
            try {
                return register.register(request);
            } catch (StoreUnavailableException e) {
                if (System.nanoTime() >= giveUp) {
                    throw e;
                }
                LOG.warn("run {}: waiting for the store: {}", request.getRunId(), e.getMessage());
                TimeUnit.NANOSECONDS.sleep(STORE_BACKOFF.after(failures).toNanos());
                lock.ensureHeld();
            }
        }
    }

    private void answer(Incoming<TrainingRequested> incoming, Registered registered) throws Exception {
        String runId = incoming.event().getRunId();
        TrainingProgressed answer;
        if (registered instanceof Registered.Ended ended) {
            answer = ended.end();
        } else if (incoming.event().hasStart()) {
            answer = TrainerEvents.preparing(runId, "", "waiting for a trainer that is free");
        } else {
            return;
        }
        publish.apply(incoming.reply(Topic.TRAINING_PROGRESSED, runId, answer))
                .toCompletableFuture()
                .get(PUBLISH_PATIENCE_SECONDS, TimeUnit.SECONDS);
        LOG.info("run {}: {} taken in", runId, incoming.event().getActionCase());
    }
}
