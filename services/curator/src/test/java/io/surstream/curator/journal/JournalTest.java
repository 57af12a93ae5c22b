package io.surstream.curator.journal;

import static org.junit.jupiter.api.Assertions.assertEquals;

import io.surstream.storage.InMemoryObjectStore;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.UUID;
import org.junit.jupiter.api.Test;

class JournalTest {
    private static final String PREFIX = "journal/";

    private final InMemoryObjectStore store = new InMemoryObjectStore("test");

    @Test
    void what_a_killed_store_left_half_written_is_no_segment() {
        // given
        Journal.open(store, PREFIX).append(List.of(new Entry(1, 10, 100, Optional.empty())));
        byte[] half = new String(store.get(PREFIX + "00000001"), StandardCharsets.US_ASCII)
                .substring(0, 3)
                .getBytes(StandardCharsets.US_ASCII);
        store.put(PREFIX + "00000002-" + UUID.randomUUID(), half, "text/plain");
        // when
        Journal again = Journal.open(store, PREFIX);
        again.append(List.of(new Entry(2, 20, 200, Optional.empty())));
        // then
        Journal last = Journal.open(store, PREFIX);
        assertEquals(OptionalLong.of(100), last.published(1));
        assertEquals(OptionalLong.of(200), last.published(2));
    }
}
