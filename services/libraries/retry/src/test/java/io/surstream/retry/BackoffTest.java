package io.surstream.streaming;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.time.Duration;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class BackoffTest {

    @Test
    void waits_double_up_to_the_longest() {
        Backoff backoff = new Backoff(Duration.ofMillis(100), Duration.ofSeconds(1));
        List<Long> waits = IntStream.rangeClosed(1, 6)
                .mapToObj(failures -> backoff.after(failures).toMillis())
                .toList();
        assertEquals(List.of(100L, 200L, 400L, 800L, 1000L, 1000L), waits);
        assertEquals(Duration.ofSeconds(1), backoff.after(1_000_000));
    }

    @Test
    void a_longest_wait_shorter_than_the_first_is_refused() {
        var refusal = assertThrows(
                IllegalArgumentException.class, () -> new Backoff(Duration.ofSeconds(2), Duration.ofSeconds(1)));
        assertEquals("back-off must be 0 <= first <= longest but is PT2S, PT1S", refusal.getMessage());
    }
}
