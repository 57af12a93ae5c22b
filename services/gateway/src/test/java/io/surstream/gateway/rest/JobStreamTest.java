package io.surstream.gateway.rest;

import io.smallrye.mutiny.helpers.test.AssertSubscriber;
import io.surstream.gateway.jobs.JobFeed;
import io.surstream.v1.Job;
import java.time.Duration;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class JobStreamTest {
    private static final Job UNDER_WAY =
            Job.newBuilder().setJobId("a").setState(Job.State.SAMPLING).build();

    private final JobFeed feed = new JobFeed();
    private final Heartbeats heartbeats = new Heartbeats(Duration.ofMinutes(5));
    private final ShutdownNotifier shutdown = new ShutdownNotifier();

    @AfterEach
    void close() {
        heartbeats.close();
    }

    @Test
    void stream_of_a_job_under_way_ends_when_the_process_leaves() {
        AssertSubscriber<Job> client = open();
        client.assertNotTerminated();

        shutdown.signal();

        client.assertItems(UNDER_WAY).assertCompleted();
    }

    @Test
    void stream_that_is_opened_while_the_process_leaves_tells_the_present_state_and_ends() {
        shutdown.signal();

        open().assertItems(UNDER_WAY).assertCompleted();
    }

    private AssertSubscriber<Job> open() {
        return JobStream.open("a", feed, () -> UNDER_WAY, heartbeats, shutdown)
                .subscribe()
                .withSubscriber(AssertSubscriber.create(10));
    }
}
