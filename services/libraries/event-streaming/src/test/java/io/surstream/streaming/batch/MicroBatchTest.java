package io.surstream.streaming.batch;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.time.Duration;
import java.util.List;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.common.TopicPartition;
import org.junit.jupiter.api.Test;

class MicroBatchTest {

    private static final long MS = 1_000_000;

    private final MicroBatch batch = new MicroBatch(3, Duration.ofMillis(10));

    private static ConsumerRecord<byte[], byte[]> at(int partition, long offset) {
        return new ConsumerRecord<>("topic", partition, offset, null, null);
    }

    private List<Long> take() {
        return batch.take().stream().map(ConsumerRecord::offset).toList();
    }

    @Test
    void an_empty_batch_is_never_due() {
        assertTrue(batch.isEmpty());
        assertFalse(batch.isDue(Long.MAX_VALUE));
    }

    @Test
    void a_batch_is_due_when_its_first_record_has_lingered() {
        batch.add(at(0, 1), 0);
        batch.add(at(0, 2), 8 * MS);
        assertEquals(Duration.ofMillis(2), batch.timeToDue(8 * MS));
        assertFalse(batch.isDue(8 * MS));
        assertTrue(batch.isDue(10 * MS));
        assertEquals(List.of(1L, 2L), take());
    }

    @Test
    void a_full_batch_is_due_at_once_and_keeps_the_rest_with_its_own_age() {
        for (int offset = 1; offset <= 4; offset++) {
            batch.add(at(0, offset), offset * MS);
        }
        assertTrue(batch.isDue(4 * MS));
        assertEquals(List.of(1L, 2L, 3L), take());
        assertFalse(batch.isDue(4 * MS));
        assertEquals(Duration.ofMillis(10), batch.timeToDue(4 * MS));
    }

    @Test
    void records_of_a_revoked_partition_are_forgotten() {
        batch.add(at(0, 1), 0);
        batch.add(at(1, 2), 0);
        batch.drop(List.of(new TopicPartition("topic", 0)));
        assertEquals(List.of(2L), take());
    }

    @Test
    void a_cleared_batch_is_empty() {
        batch.add(at(0, 1), 0);
        batch.clear();
        assertTrue(batch.isEmpty());
    }
}
