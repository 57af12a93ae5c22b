package io.surstream.cli.bench;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import io.surstream.v1.StageTiming;
import java.util.List;
import org.junit.jupiter.api.Test;

class JobLatencyTest {
    private static final StageTiming ENCODER = StageTiming.newBuilder()
            .setStage("prompt-encoder")
            .setReceivedAtMs(1_010)
            .setFinishedAtMs(1_030)
            .putPartMicros("encode", 15_000)
            .build();
    private static final StageTiming SAMPLER = StageTiming.newBuilder()
            .setStage("image-sampler")
            .setReceivedAtMs(1_040)
            .setFinishedAtMs(2_000)
            .putPartMicros("denoise", 800_000)
            .putPartMicros("decode", 100_000)
            .putPartMicros("store", 20_000)
            .build();

    @Test
    void time_is_split_by_stage_and_overhead_is_what_the_networks_did_not_use() {
        var parts = new JobLatency(1_000, List.of(ENCODER, SAMPLER), 2_005).parts();

        assertEquals(10, parts.get("queue before encoder"));
        assertEquals(20, parts.get("encoder"));
        assertEquals(10, parts.get("queue before sampler"));
        assertEquals(800, parts.get("denoise"));
        assertEquals(5, parts.get("announce"));
        assertEquals(1_005, parts.get("whole"));
        assertEquals(90, parts.get("overhead (whole - networks)"));
    }

    @Test
    void missing_stage_is_named() {
        var failure = assertThrows(IllegalStateException.class, () -> new JobLatency(1_000, List.of(ENCODER), 2_000));

        assertEquals("the job carries no timing of stage image-sampler", failure.getMessage());
    }
}
