package io.surstream.it.flow;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.surstream.it.processes.Deployment;
import io.surstream.it.processes.TestModel;
import io.surstream.v1.PromptSubmitted;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A house in which every embedding is too large for its event. */
@Tag("long")
class LargeEmbeddingsIT {
    @TempDir
    Path data;

    @Test
    void embeddings_beyond_the_inline_limit_go_through_the_store_and_the_job_succeeds() {
        try (Deployment deployment = Deployment.up(data, Map.of("surstream.encoder.inline-limit", "1000"))) {
            PromptSubmitted job = TestModel.job().build();

            deployment.kafka().submit(job);
            deployment.kafka().submit(job.toBuilder().setJobId("again").build());

            assertTrue(deployment.kafka().awaitEnd(job.getJobId()).hasImages());
            assertTrue(deployment.kafka().awaitEnd("again").hasImages());
            assertEquals(2, deployment.store().list("prompt-embeds/").size(), "the prompt's and the negative prompt's");
        }
    }
}
