package io.surstream.it.distributed;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.surstream.it.processes.Installation;
import io.surstream.it.processes.KafkaEdge;
import io.surstream.it.processes.KafkaLogin;
import io.surstream.it.processes.TestModel;
import io.surstream.it.processes.TopicReader;
import io.surstream.storage.ListedObject;
import io.surstream.v1.ImageSampled;
import io.surstream.v1.PromptSubmitted;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.ScheduledFuture;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/** An app that publishes a prompt every now and then, whatever becomes of them. */
public final class PromptFlow implements AutoCloseable {
    private static final int PAUSE_MILLIS = 200;

    private final KafkaEdge kafka;
    private final ScheduledExecutorService clock = Executors.newSingleThreadScheduledExecutor();
    private final List<String> submitted = new ArrayList<>();
    private final ScheduledFuture<?> flow;

    /** Starts at once. */
    PromptFlow(KafkaLogin login) {
        this(new KafkaEdge(login));
    }

    /** The same; takes the edge over. */
    public PromptFlow(KafkaEdge kafka) {
        this.kafka = kafka;
        flow = clock.scheduleWithFixedDelay(this::submit, 0, PAUSE_MILLIS, TimeUnit.MILLISECONDS);
    }

    private void submit() {
        PromptSubmitted job = TestModel.job()
                .setPrompt(Marked.PROMPT)
                .setSampling(TestModel.few().setNumInferenceSteps(1))
                .build();
        kafka.submit(job);
        submitted.add(job.getJobId());
    }

    /** Ends the flow; every job must end in exactly one success, encoded once, with one image in the store. */
    public void requireEachExactlyOnce(Installation deployment) throws Exception {
        stop();
        assertTrue(submitted.size() > 10, submitted::toString);
        try (TopicReader encoded = deployment.topic("prompts.encoded")) {
            for (String job : submitted) {
                ImageSampled end = kafka.awaitEnd(job);
                assertTrue(end.hasImages(), end::toString);
                assertEquals(1, kafka.ends(job).size(), "ends of " + job);
                assertEquals(1, encoded.all(record -> job.equals(record.key())).size(), "encodings of " + job);
                assertEquals(
                        List.of("0.png", "result.pb"),
                        deployment.store().list("images/" + job + "/").stream()
                                .map(ListedObject::key)
                                .map(key -> key.substring(key.lastIndexOf('/') + 1))
                                .toList());
            }
        }
    }

    private void stop() throws Exception {
        clock.shutdown();
        if (!clock.awaitTermination(1, TimeUnit.MINUTES)) {
            throw new TimeoutException("the flow of prompts did not stop");
        }
        if (!flow.isCancelled()) {
            // Throws what a submission threw.
            flow.get();
        }
    }

    @Override
    public void close() {
        clock.shutdownNow();
        kafka.close();
    }
}
