package io.surstream.it.training;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.google.protobuf.ByteString;
import io.grpc.ManagedChannel;
import io.grpc.ManagedChannelBuilder;
import io.surstream.encoder.adapter.CanaryShare;
import io.surstream.it.distributed.PromptFlow;
import io.surstream.it.processes.Deployment;
import io.surstream.it.processes.KafkaEdge;
import io.surstream.it.processes.TestModel;
import io.surstream.it.processes.TopicReader;
import io.surstream.models.initialization.FreshAdapter;
import io.surstream.torch.tensor.DType;
import io.surstream.torch.weights.SafetensorsWriter;
import io.surstream.v1.EncodedPrompt;
import io.surstream.v1.PromptEncoded;
import io.surstream.v1.PromptEncoderGrpc;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * An operator promotes to both channels of one running house and rolls back, by the command, while prompts flow from
 * event to image. The adapters have random weights.
 */
@Tag("long")
class PromotionFlowIT {
    private static final Duration LIMIT = Duration.ofMinutes(2);
    private static final CanaryShare SHARE = new CanaryShare(0.5);
    private static final int WIDTH = 128;

    @TempDir
    Path folder;

    private Deployment deployment;
    private TopicReader encoded;
    private final List<String> live = new ArrayList<>();
    private final List<String> tried = new ArrayList<>();

    @Test
    void promotions_and_rollbacks_while_prompts_flow_lose_double_and_mix_nothing() throws Exception {
        try (Deployment running = Deployment.up(folder.resolve("house"), settings());
                TopicReader reader = running.topic("prompts.encoded")) {
            deployment = running;
            encoded = reader;
            String one = imported("one", 1);
            String two = imported("two", 2);
            String three = imported("three", 3);
            String four = imported("four", 4);
            try (PromptFlow flow = new PromptFlow(new KafkaEdge(deployment.bootstrapServers()))) {
                String own = revision(encoded.await(any -> true, LIMIT));
                expect(own, own);

                change(one, one, "promote", one);
                change(one, two, "promote", two, "--channel", "canary");
                requireStableShare(one, two);
                change(three, two, "promote", three);
                change(one, two, "rollback");
                change(one, four, "promote", four, "--channel", "canary");
                change(one, two, "rollback", "--channel", "canary");
                change(one, one, "promote", "none", "--channel", "canary");

                flow.requireEachExactlyOnce(deployment);
            }
            List<ConsumerRecord<String, byte[]>> answers = encoded.all(any -> true);
            requireOneAdapterARequest(answers);
            requireInOrder(answers, live, false);
            requireInOrder(answers, tried, true);
        }
    }

    /** Both prompts are adapted, so that a request that mixed two adapters would show. */
    private static Map<String, String> settings() {
        Map<String, String> settings = new HashMap<>(TrainingPipeline.QUICK_EVALUATION);
        settings.put("surstream.encoder.canary-share", "0.5");
        settings.put("surstream.encoder.adapter-scope", "both");
        return settings;
    }

    /** @return its revision */
    private String imported(String name, long seed) throws IOException {
        Path file = folder.resolve(name + ".safetensors");
        SafetensorsWriter.write(
                file,
                new FreshAdapter(WIDTH).weights(seed),
                Map.of("adapter_weight", "0.3", "layout", "token"),
                DType.FP32);
        String[] said = deployment
                .command("adapters", "import", file.toString(), "--name", name)
                .strip()
                .split("\\s");
        return said[said.length - 1];
    }

    /** Runs a command of {@code adapters}, then waits until new jobs of both kinds are answered as they should be. */
    private void change(String nowLive, String nowTried, String... command) {
        List<String> arguments = new ArrayList<>(List.of("adapters"));
        arguments.addAll(List.of(command));
        deployment.command(arguments.toArray(String[]::new));
        expect(nowLive, nowTried);
    }

    private void expect(String nowLive, String nowTried) {
        long from = System.currentTimeMillis();
        awaitServed(nowLive, false, from);
        awaitServed(nowTried, true, from);
        live.add(nowLive);
        tried.add(nowTried);
    }

    private void awaitServed(String revision, boolean tries, long fromMs) {
        encoded.await(
                answer -> answer.timestamp() >= fromMs
                        && SHARE.takes(answer.key()) == tries
                        && revision(answer).equals(revision),
                LIMIT);
    }

    /** However often it asks, a job gets the same channel. */
    private void requireStableShare(String live, String canary) {
        ManagedChannel channel = ManagedChannelBuilder.forAddress(
                        "127.0.0.1", deployment.process().port())
                .usePlaintext()
                .build();
        try {
            var encoder = PromptEncoderGrpc.newBlockingStub(channel);
            for (int i = 0; i < 20; i++) {
                var job = TestModel.job().setJobId("stable-" + i).build();
                String expected = SHARE.takes(job.getJobId()) ? canary : live;
                assertEquals(expected, encoder.encode(job).getAdapterRevision(), job.getJobId());
                assertEquals(expected, encoder.encode(job).getAdapterRevision(), job.getJobId());
            }
        } finally {
            channel.shutdownNow();
        }
    }

    /** All jobs have the same texts, so a revision has exactly one pair of embeddings, and no two have the same. */
    private static void requireOneAdapterARequest(List<ConsumerRecord<String, byte[]>> answers) {
        Map<String, Set<List<ByteString>>> pairs = new HashMap<>();
        for (var answer : answers) {
            EncodedPrompt prompt = encoded(answer);
            assertFalse(prompt.getPromptEmbeds().getData().isEmpty(), "the embeddings are in the event");
            pairs.computeIfAbsent(prompt.getAdapterRevision(), revision -> new HashSet<>())
                    .add(List.of(
                            prompt.getPromptEmbeds().getData(),
                            prompt.getNegativePromptEmbeds().getData()));
        }
        pairs.forEach((revision, of) -> assertEquals(1, of.size(), revision));
        assertEquals(
                pairs.size(),
                pairs.values().stream().flatMap(Set::stream).distinct().count());
    }

    /** Along a partition, each answer of the channel's jobs is by what was promoted when the one before was answered, or later. */
    private static void requireInOrder(
            List<ConsumerRecord<String, byte[]>> answers, List<String> promoted, boolean tries) {
        Map<Integer, Integer> reached = new HashMap<>();
        for (var answer : answers) {
            if (SHARE.takes(answer.key()) == tries) {
                int at = reached.getOrDefault(answer.partition(), 0);
                while (at < promoted.size() && !promoted.get(at).equals(revision(answer))) {
                    at++;
                }
                assertTrue(at < promoted.size(), () -> revision(answer) + " is answered out of turn in " + promoted);
                reached.put(answer.partition(), at);
            }
        }
        assertFalse(reached.isEmpty());
    }

    private static String revision(ConsumerRecord<String, byte[]> answer) {
        return encoded(answer).getAdapterRevision();
    }

    private static EncodedPrompt encoded(ConsumerRecord<String, byte[]> answer) {
        return TopicReader.event(PromptEncoded.parser(), answer).getEncoded();
    }
}
