package io.surstream.gateway.jobs;

import static org.junit.jupiter.api.Assertions.assertEquals;

import io.surstream.v1.Job;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class PendingJobsTest {
    private static final long NOW = 1_000_000;
    private static final Job ACCEPTED =
            Job.newBuilder().setJobId("job").setSubmittedAtMs(NOW).build();

    private final PendingJobs pending =
            new PendingJobs(Duration.ofMinutes(1), Clock.fixed(Instant.ofEpochMilli(NOW), ZoneOffset.UTC));

    @Test
    void a_job_that_only_this_instances_partitions_have_stays_known_and_is_not_counted_twice() {
        pending.add(ACCEPTED);
        assertEquals(1, pending.count());

        pending.updated(ACCEPTED);

        assertEquals(Optional.of(ACCEPTED), pending.find("job"));
        assertEquals(0, pending.count());
    }

    @Test
    void a_job_that_the_copy_of_all_partitions_has_is_left_to_the_view() {
        pending.add(ACCEPTED);

        pending.updated(ACCEPTED);
        pending.copied(ACCEPTED);

        assertEquals(Optional.empty(), pending.find("job"));
    }

    @Test
    void news_of_a_job_whose_submission_the_view_has_not_seen_change_nothing() {
        pending.add(ACCEPTED);

        Job news = Job.newBuilder().setJobId("job").build();
        pending.updated(news);
        pending.copied(news);

        assertEquals(Optional.of(ACCEPTED), pending.find("job"));
        assertEquals(1, pending.count());
    }

    @Test
    void a_job_that_never_came_is_forgotten_after_a_time() {
        pending.add(ACCEPTED.toBuilder().setSubmittedAtMs(NOW - 60_001).build());

        pending.add(ACCEPTED.toBuilder().setJobId("next").build());

        assertEquals(Optional.empty(), pending.find("job"));
    }
}
