package io.surstream.it.flow;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.surstream.it.processes.House;
import io.surstream.it.processes.TestModel;
import io.surstream.v1.PromptSubmitted;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A house in which every embedding is too large for its event. */
class LargeEmbeddingsIT {
    @TempDir
    Path data;

    @Test
    void embeddings_beyond_the_inline_limit_go_through_the_store_and_the_job_succeeds() {
        try (House house = House.up(data, Map.of("surstream.encoder.inline-limit", "1000"))) {
            PromptSubmitted job = TestModel.job().build();

            house.kafka().submit(job);
            house.kafka().submit(job.toBuilder().setJobId("again").build());

            assertTrue(house.kafka().awaitEnd(job.getJobId()).hasImages());
            assertTrue(house.kafka().awaitEnd("again").hasImages());
            assertEquals(2, house.store().list("prompt-embeds/").size(), "the prompt's and the negative prompt's");
        }
    }
}
