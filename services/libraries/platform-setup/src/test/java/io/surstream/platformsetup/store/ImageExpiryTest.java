package io.surstream.platformsetup.store;

import static org.junit.jupiter.api.Assertions.assertEquals;

import io.surstream.storage.InMemoryObjectStore;
import io.surstream.storage.ListedObject;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;

class ImageExpiryTest {
    private final InMemoryObjectStore store = new InMemoryObjectStore("bucket");

    @Test
    void only_images_beyond_their_time_are_removed() {
        store.put("images/job/1/0.png", new byte[1], "image/png");
        store.put("images/job/1/result.pb", new byte[1], "application/protobuf");
        store.put("adapters/imported/a.pt", new byte[1], "application/octet-stream");

        assertEquals(0, after(Duration.ofDays(29)).sweep());
        assertEquals(2, after(Duration.ofDays(31)).sweep());

        assertEquals(
                List.of("adapters/imported/a.pt"),
                store.list("").stream().map(ListedObject::key).toList());
    }

    private ImageExpiry after(Duration passed) {
        return new ImageExpiry(store, Duration.ofDays(30), Clock.offset(Clock.systemUTC(), passed));
    }
}
