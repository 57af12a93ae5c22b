package io.surstream.streaming;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.Optional;
import org.junit.jupiter.api.Test;

class CancelledJobsTest {

    private final CancelledJobs jobs = new CancelledJobs(2);

    @Test
    void the_first_reason_stays() {
        jobs.add("a", "first");
        jobs.add("a", "second");
        assertEquals(Optional.of("first"), jobs.reason("a"));
    }

    @Test
    void the_oldest_job_is_forgotten_first() {
        jobs.add("a", "");
        jobs.add("b", "");
        jobs.add("c", "");
        assertTrue(jobs.reason("a").isEmpty());
        assertTrue(jobs.reason("c").isPresent());
    }
}
