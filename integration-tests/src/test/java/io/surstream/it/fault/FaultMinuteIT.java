package io.surstream.it.fault;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import io.surstream.contract.Sha256;
import io.surstream.it.processes.KafkaEdge;
import io.surstream.it.processes.RestEdge;
import io.surstream.it.processes.TestModel;
import io.surstream.v1.ImageSampled;
import io.surstream.v1.ObjectReference;
import io.surstream.v1.PromptSubmitted;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * About a minute of faults, the same ones each time: processes of the inference pipeline are killed, restarted and frozen for longer
 * than their locks and sessions last, while jobs are under way. Oracle: each job succeeds with one image, and Kafka, REST and the
 * store agree about it.
 */
class FaultMinuteIT {
    private static final long SEED = 25;
    private static final int FAULTS = 6;
    private static final int JOBS_PER_FAULT = 3;

    @TempDir
    Path data;

    private enum Kind {
        KILL,
        RESTART,
        FREEZE
    }

    private record Fault(Kind kind, String victim) {}

    /** Each kind for each process, in an order that the seed makes. */
    private static List<Fault> faults() {
        List<Fault> all = new ArrayList<>();
        for (Kind kind : Kind.values()) {
            FaultyPipeline.instances().forEach(victim -> all.add(new Fault(kind, victim)));
        }
        Collections.shuffle(all, new Random(SEED));
        return all.subList(0, FAULTS);
    }

    @Test
    void each_job_has_one_image_although_processes_are_killed_restarted_and_frozen() {
        List<PromptSubmitted> jobs = new ArrayList<>();
        try (FaultyPipeline pipeline = FaultyPipeline.start(data);
                KafkaEdge kafka = edge(pipeline)) {
            for (Fault fault : faults()) {
                pipeline.awaitReady();
                List<PromptSubmitted> batch = submitted(kafka);
                jobs.addAll(batch);

                strike(pipeline, kafka, fault, batch);
            }
            pipeline.awaitReady();
            RestEdge rest = new RestEdge(pipeline.gateway());
            jobs.forEach(job -> requireOneImage(job, pipeline, kafka, rest));
            assertEquals(0, kafka.deadLetters());
        }
    }

    private static KafkaEdge edge(FaultyPipeline pipeline) {
        // The services create the topics.
        pipeline.awaitReady();
        return new KafkaEdge(pipeline.bootstrapServers());
    }

    /** New jobs, the first of which has begun. */
    private static List<PromptSubmitted> submitted(KafkaEdge kafka) {
        List<PromptSubmitted> batch = new ArrayList<>();
        for (int i = 0; i < JOBS_PER_FAULT; i++) {
            batch.add(TestModel.job()
                    .setSampling(TestModel.many().setNumInferenceSteps(30))
                    .build());
        }
        batch.forEach(kafka::submit);
        kafka.awaitStep(batch.get(0).getJobId(), 1);
        return batch;
    }

    /** Returns when all jobs have ended. */
    private static void strike(FaultyPipeline pipeline, KafkaEdge kafka, Fault fault, List<PromptSubmitted> jobs) {
        switch (fault.kind()) {
            case KILL -> pipeline.kill(fault.victim());
            case RESTART -> pipeline.restart(fault.victim());
            case FREEZE -> pipeline.freeze(fault.victim());
        }
        jobs.forEach(job -> kafka.awaitEnd(job.getJobId()));
        if (fault.kind() == Kind.FREEZE) {
            pipeline.thaw(fault.victim());
        }
    }

    private static void requireOneImage(PromptSubmitted job, FaultyPipeline pipeline, KafkaEdge kafka, RestEdge rest) {
        String id = job.getJobId();
        ImageSampled end = kafka.awaitEnd(id);
        assertTrue(end.hasImages(), end::toString);
        kafka.ends(id).forEach(again -> assertEquals(end.getImages(), again.getImages(), id));
        ObjectReference image = end.getImages().getImages(0).getObject();
        assertEquals(image.getSha256(), Sha256.of(pipeline.store().get(image.getKey())), id);
        assertEquals(
                1,
                pipeline.store().list("images/" + id + "/").stream()
                        .filter(object -> object.key().endsWith(".png"))
                        .count(),
                id);
        JsonNode state = rest.awaitEnd(id);
        assertEquals("SUCCEEDED", state.path("state").asText(), state::toString);
        assertEquals(
                image.getSha256(), state.path("images").path(0).path("sha256").asText(), id);
    }
}
