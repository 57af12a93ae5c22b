package io.surstream.teacher.teach;

import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.DistributionSummary;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Timer;

/** What the service counts, under {@code surstream.teacher}. */
public final class TeacherMeters {
    private final Counter prompts;
    private final Counter tokens;
    private final Counter refused;
    private final Counter recentHits;
    private final Counter topicHits;
    private final DistributionSummary batch;
    private final Timer embed;

    public TeacherMeters(MeterRegistry meters) {
        prompts = meters.counter("surstream.teacher.prompts");
        tokens = meters.counter("surstream.teacher.tokens");
        refused = meters.counter("surstream.teacher.refused");
        recentHits = meters.counter("surstream.teacher.cache.hits", "cache", "recent");
        topicHits = meters.counter("surstream.teacher.cache.hits", "cache", "topic");
        batch = meters.summary("surstream.teacher.batch.size");
        embed = meters.timer("surstream.teacher.embed");
    }

    /** A prompt that the topic has already. */
    public void knownByTopic() {
        topicHits.increment();
    }

    void knownRecently() {
        recentHits.increment();
    }

    void refusedPrompt() {
        refused.increment();
    }

    void computed(int count, int ofTokens) {
        if (count > 0) {
            batch.record(count);
        }
        prompts.increment(count);
        tokens.increment(ofTokens);
    }

    Timer embed() {
        return embed;
    }
}
