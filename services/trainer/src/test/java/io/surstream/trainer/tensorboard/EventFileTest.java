package io.surstream.trainer.tensorboard;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HexFormat;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class EventFileTest {
    /** Made by hand, with a CRC-32C that goes bit by bit. The first twelve bytes begin every TensorBoard file there is. */
    private static final String VERSION_AT_1_5 =
            "1800000000000000a37f4b2209000000000000f83f1a0d627261696e2e4576656e743a322a28646c";

    private static final String LOSS_AT_2_5 =
            "1a00000000000000129bd82d09000000000000044010072a0d0a0b0a046c6f7373150000803ea884b989";

    @TempDir
    Path folder;

    @Test
    void bytes_are_those_of_a_record_made_by_hand() throws Exception {
        Path path = folder.resolve("run/events.out.tfevents.1.here");
        try (EventFile file = EventFile.create(path, 1.5)) {
            file.scalars(2.5, 7, Map.of("loss", 0.25));
        }

        String found = HexFormat.of().formatHex(Files.readAllBytes(path));

        assertEquals(VERSION_AT_1_5 + LOSS_AT_2_5, found);
    }
}
