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
                JobChanges.submitted(),
                JobChanges.encoded(),
                JobChanges.progressed(1),
                JobChanges.progressed(2),
                JobChanges.sampled());

        assertEquals(List.of("image-sampler succeeded 1", "prompt-encoder succeeded 1"), counts());
        Timer sampled = timers().stream()
                .filter(timer -> "image-sampler".equals(timer.getId().getTag("stage")))
                .findFirst()
                .orElseThrow();
        assertEquals(JobChanges.sampled().atMs() - JobChanges.SUBMITTED_AT, sampled.totalTime(TimeUnit.MILLISECONDS));
    }

    @Test
    void end_that_overtakes_the_rest_counts_for_the_encoder_too() {
        happens(JobChanges.submitted(), JobChanges.sampled(), JobChanges.encoded());

        assertEquals(List.of("image-sampler succeeded 1", "prompt-encoder succeeded 1"), counts());
    }

    @Test
    void failure_counts_for_the_stage_that_failed() {
        happens(JobChanges.submitted(), JobChanges.samplingFailed());

        assertEquals(List.of("image-sampler failed 1"), counts());
    }

    private void happens(JobChange... changes) {
        Job job = null;
        for (JobChange change : changes) {
            Job next = JobReducer.apply(job, change);
            if (next != job) {
                meters.changed(job, next, change.atMs());
            }
            job = next;
        }
    }

    private List<Timer> timers() {
        return registry.get("surstream.job.duration").timers().stream()
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
