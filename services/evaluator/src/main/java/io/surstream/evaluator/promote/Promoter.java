package io.surstream.evaluator.promote;

import io.micrometer.core.instrument.MeterRegistry;
import io.surstream.contract.training.Promotions;
import io.surstream.contract.training.Promotions.Attribution;
import io.surstream.metrics.Meters;
import io.surstream.metrics.Metric;
import io.surstream.streaming.event.Incoming;
import io.surstream.streaming.event.Outgoing;
import io.surstream.streaming.follow.FencedTopicLog;
import io.surstream.streaming.topic.Topic;
import io.surstream.streaming.tracing.TraceContext;
import io.surstream.v1.AdapterPromoted;
import io.surstream.v1.CheckpointEvaluated;
import io.surstream.v1.CheckpointPublished;
import java.util.Map;
import java.util.Optional;
import java.util.function.LongSupplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Carries the policy out on the ledger of adapters.promoted, which other writers share. Thread-safe. */
public final class Promoter {
    private static final Logger LOG = LoggerFactory.getLogger(Promoter.class);

    private final PromotionPolicy policy;
    private final FencedTopicLog<AdapterPromoted> fencedLog;
    private final Optional<String> bundled;
    private final LongSupplier clock;
    private final MeterRegistry meters;

    /**
     * @param bundled the adapter that the encoders serve as long as nothing was ever promoted
     * @param clock milliseconds since the epoch
     */
    public Promoter(
            PromotionPolicy policy,
            FencedTopicLog<AdapterPromoted> fencedLog,
            Optional<String> bundled,
            LongSupplier clock,
            MeterRegistry meters) {
        this.policy = policy;
        this.fencedLog = fencedLog;
        this.bundled = bundled;
        this.clock = clock;
        this.meters = meters;
        Promotions.CHANNELS.forEach(channel -> Meters.counter(meters, Metric.PROMOTIONS, channel));
    }

    /** The last promotion of live, if there ever was one. */
    public Optional<AdapterPromoted> live() {
        return Optional.ofNullable(fencedLog.read().get(Promotions.LIVE));
    }

    /** What an evaluated checkpoint has earned. */
    public void consider(CheckpointEvaluated evaluated) {
        CheckpointPublished checkpoint = evaluated.getCheckpoint();
        append(
                TraceContext.current(),
                channels -> policy.tries(evaluated, served(channels), channels)
                        ? Optional.of(Promotions.promote(
                                Optional.ofNullable(channels.get(Promotions.CANARY)),
                                Promotions.CANARY,
                                checkpoint,
                                attribution(evaluated.getReport().getReason())))
                        : Optional.empty());
    }

    /** What has proved itself in canary goes live, and canary is emptied. */
    public void graduate() {
        Optional<TraceContext> canarys =
                Optional.ofNullable(fencedLog.latest().get(Promotions.CANARY)).map(Incoming::trace);
        Optional<AdapterPromoted> live = append(
                canarys,
                channels -> policy.graduates(channels, clock.getAsLong())
                        ? Optional.of(Promotions.promote(
                                Optional.ofNullable(channels.get(Promotions.LIVE)),
                                Promotions.LIVE,
                                inCanary(channels),
                                attribution("was in canary for " + policy.canaryTime())))
                        : Optional.empty());
        live.ifPresent(promoted -> append(canarys, channels -> Optional.ofNullable(channels.get(Promotions.CANARY))
                .filter(canary -> canary.getRevision().equals(promoted.getRevision()))
                .map(canary -> Promotions.empty(Optional.of(canary), Promotions.CANARY, attribution("went live")))));
    }

    private String served(Map<String, AdapterPromoted> channels) {
        String live = Promotions.revision(Optional.ofNullable(channels.get(Promotions.LIVE)), Promotions.LIVE);
        return live.equals(Promotions.MODEL) ? bundled.orElse(Promotions.NONE) : live;
    }

    private static CheckpointPublished inCanary(Map<String, AdapterPromoted> channels) {
        AdapterPromoted canary = channels.get(Promotions.CANARY);
        return CheckpointPublished.newBuilder()
                .setRevision(canary.getRevision())
                .setAdapter(canary.getAdapter())
                .setAdapterWeight(canary.getAdapterWeight())
                .setModelRevision(canary.getModelRevision())
                .build();
    }

    private Attribution attribution(String reason) {
        return new Attribution(PromotionPolicy.NAME, reason, clock.getAsLong());
    }

    private interface Decision {
        Optional<AdapterPromoted> on(Map<String, AdapterPromoted> channels);
    }

    /** @param cause whose trace the promotion belongs to */
    private Optional<AdapterPromoted> append(Optional<TraceContext> cause, Decision decision) {
        Optional<AdapterPromoted> written = fencedLog
                .append(channels -> decision.on(channels)
                        .map(event -> new Outgoing(Topic.ADAPTERS_PROMOTED, event.getChannel(), event, cause)))
                .map(outgoing -> (AdapterPromoted) outgoing.event());
        written.ifPresent(event -> {
            LOG.info("{} is {} from now on: {}", event.getChannel(), event.getRevision(), event.getReason());
            Meters.counter(meters, Metric.PROMOTIONS, event.getChannel()).increment();
        });
        return written;
    }
}
