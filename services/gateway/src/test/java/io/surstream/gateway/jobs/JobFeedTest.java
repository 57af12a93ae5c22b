package io.surstream.gateway.jobs;

import static org.junit.jupiter.api.Assertions.assertEquals;

import io.surstream.v1.Job;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class JobFeedTest {

    private final JobFeed feed = new JobFeed();
    private final List<Job> heard = new ArrayList<>();

    @Test
    void onlyThoseWhoWatchAJobHearOfIt() {
        Runnable unwatch = feed.watch("one", heard::add);
        feed.updated(job("one"));
        feed.updated(job("two"));
        unwatch.run();
        unwatch.run();
        feed.updated(job("one"));
        assertEquals(List.of(job("one")), heard);
        assertEquals(0, feed.watching());
    }

    @Test
    void aWatcherThatFailsDoesNotKeepTheOthersFromHearing() {
        feed.watch("one", job -> {
            throw new IllegalStateException("broken pipe");
        });
        feed.watch("one", heard::add);
        feed.updated(job("one"));
        assertEquals(1, heard.size());
    }

    @Test
    void theSameListenerMayWatchTwice() {
        Runnable first = feed.watch("one", heard::add);
        feed.watch("one", heard::add);
        first.run();
        feed.updated(job("one"));
        assertEquals(1, heard.size());
        assertEquals(1, feed.watching());
    }

    private static Job job(String id) {
        return Job.newBuilder().setJobId(id).build();
    }
}
