package io.surstream.teacher.embed;

import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.DistributionSummary;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Timer;
import io.surstream.metrics.Meters;
import io.surstream.metrics.Metric;

/** What the service counts. */
public final class TeacherMeters {
    private final Counter embedded;
    private final Counter refused;
    private final Counter tokens;
    private final Lookups recent;
    private final Lookups topic;
    private final DistributionSummary batch;
    private final Timer embed;

    /** One cache's hits and misses. */
    private record Lookups(Counter hits, Counter misses) {
        static Lookups of(MeterRegistry meters, String cache) {
            return new Lookups(
                    Meters.counter(meters, Metric.CACHE_REQUESTS, cache, "hit"),
                    Meters.counter(meters, Metric.CACHE_REQUESTS, cache, "miss"));
        }

        void count(boolean hit) {
            (hit ? hits : misses).increment();
        }
    }

    public TeacherMeters(MeterRegistry meters) {
        embedded = Meters.counter(meters, Metric.TEACHER_PROMPTS, "embedded");
        refused = Meters.counter(meters, Metric.TEACHER_PROMPTS, "refused");
        tokens = Meters.counter(meters, Metric.TEACHER_TOKENS);
        recent = Lookups.of(meters, "recent-prompts");
        topic = Lookups.of(meters, "embedded-prompts");
        batch = Meters.summary(meters, Metric.TEACHER_BATCH_SIZE);
        embed = Meters.timer(meters, Metric.TEACHER_EMBED);
    }

    /** @param known whether the topic has the prompt already */
    public void soughtInTopic(boolean known) {
        topic.count(known);
    }

    /** @param known whether the prompt was computed a moment ago */
    void soughtInRecent(boolean known) {
        recent.count(known);
    }

    void refusedPrompt() {
        refused.increment();
    }

    void computed(int count, int ofTokens) {
        if (count > 0) {
            batch.record(count);
        }
        embedded.increment(count);
        tokens.increment(ofTokens);
    }

    Timer embed() {
        return embed;
    }
}
