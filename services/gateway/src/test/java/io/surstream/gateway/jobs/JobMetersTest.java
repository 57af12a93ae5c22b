package io.surstream.gateway.jobs;

import static org.junit.jupiter.api.Assertions.assertEquals;

import io.micrometer.core.instrument.Timer;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import io.surstream.v1.Job;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;

class JobMetersTest {
    private final SimpleMeterRegistry registry = new SimpleMeterRegistry();
    private final JobMeters meters = new JobMeters(registry);

    @Test
    void each_stage_is_counted_once_with_the_age_it_was_done_at() {
        happens(
                JobFacts.submitted(),
                JobFacts.encoded(),
                JobFacts.progressed(1),
                JobFacts.progressed(2),
                JobFacts.sampled());

        assertEquals(List.of("image-sampler succeeded 1", "prompt-encoder succeeded 1"), counts());
        Timer sampled = timers().stream()
                .filter(timer -> "image-sampler".equals(timer.getId().getTag("stage")))
                .findFirst()
                .orElseThrow();
        assertEquals(JobFacts.sampled().atMs() - JobFacts.SUBMITTED_AT, sampled.totalTime(TimeUnit.MILLISECONDS));
    }

    @Test
    void end_that_overtakes_the_rest_counts_for_the_encoder_too() {
        happens(JobFacts.submitted(), JobFacts.sampled(), JobFacts.encoded());

        assertEquals(List.of("image-sampler succeeded 1", "prompt-encoder succeeded 1"), counts());
    }

    @Test
    void failure_counts_for_the_stage_that_failed() {
        happens(JobFacts.submitted(), JobFacts.samplingFailed());

        assertEquals(List.of("image-sampler failed 1"), counts());
    }

    private void happens(JobEvent... facts) {
        Job job = null;
        for (JobEvent fact : facts) {
            Job next = JobReducer.apply(job, fact);
            if (next != job) {
                meters.changed(job, next, fact.atMs());
            }
            job = next;
        }
    }

    private List<Timer> timers() {
        return registry.get("surstream.job.age").timers().stream()
                .filter(timer -> timer.count() > 0)
                .toList();
    }

    private List<String> counts() {
        List<String> counts = new ArrayList<>();
        timers().forEach(timer -> counts.add(
                timer.getId().getTag("stage") + " " + timer.getId().getTag("outcome") + " " + timer.count()));
        return counts.stream().sorted().toList();
    }
}
