package io.surstream.it.distributed;

import static org.junit.jupiter.api.Assertions.assertEquals;

import io.grpc.Channel;
import io.grpc.ManagedChannel;
import io.grpc.ManagedChannelBuilder;
import io.grpc.StatusRuntimeException;
import io.surstream.it.processes.Fleet;
import io.surstream.it.processes.ServiceProcess;
import io.surstream.it.processes.TestModel;
import io.surstream.it.training.TrainingPipeline;
import io.surstream.v1.CheckpointPublished;
import io.surstream.v1.EmbedRequest;
import io.surstream.v1.EncodedPrompt;
import io.surstream.v1.EvaluatorGrpc;
import io.surstream.v1.ImageSamplerGrpc;
import io.surstream.v1.LlmTeacherGrpc;
import io.surstream.v1.PromptEncoderGrpc;
import io.surstream.v1.SampleRequest;
import io.surstream.v1.TrainerGrpc;
import io.surstream.v1.TrainingRequested;
import io.surstream.v1.TrainingRun;
import io.surstream.v1.TrainingSettings;
import java.nio.file.Path;
import java.time.Duration;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.TreeMap;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Consumer;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/**
 * Every service that computes, stopped by SIGTERM at a random moment of its work, once or as often as {@code -Dsurstream.stops=200} says:
 * native code that still runs while a process exits must not crash it. Prints the exit codes after each round.
 */
@Tag("long")
class StopsAtWorkIT {
    private static final int STOPS = Integer.getInteger("surstream.stops", 1);
    private static final int SIGTERM = 128 + 15;
    private static final Duration CALL_LIMIT = Duration.ofMinutes(2);
    private static final int LATEST_MILLIS = 1500;

    private final Random random = new Random(11);
    private final AtomicInteger calls = new AtomicInteger();

    @TempDir
    Path data;

    @Test
    @Timeout(value = 6, unit = TimeUnit.HOURS)
    void a_service_that_is_stopped_while_it_computes_exits_with_the_code_of_SIGTERM() throws Exception {
        Map<String, String> settings = new HashMap<>(TrainingPipeline.QUICK_EVALUATION);
        try (Fleet fleet = new Fleet(data, settings)) {
            List.of("curator", "llm-teacher", "trainer", "evaluator", "prompt-encoder")
                    .forEach(fleet::add);
            fleet.startPlatform();
            fleet.awaitPlatform();
            fleet.awaitReady();
            CheckpointPublished checkpoint = new TrainingPipeline(fleet).walk();
            EncodedPrompt encoded = encode(fleet.all("prompt-encoder").get(0));
            beginLongRun(fleet.all("trainer").get(0), checkpoint);
            Map<String, Consumer<Channel>> work = work(checkpoint, encoded);
            fleet.stop(List.of("curator", "llm-teacher", "trainer", "evaluator", "prompt-encoder"));
            settings.putAll(Map.of("surstream.evaluator.prompts", "1000", "surstream.evaluator.steps", "20"));

            Map<String, Map<Integer, Integer>> exits = new TreeMap<>();
            for (int stop = 0; stop < STOPS; stop++) {
                for (Map.Entry<String, Integer> exit :
                        stopAllAtWork(fleet, work).entrySet()) {
                    exits.computeIfAbsent(exit.getKey(), none -> new TreeMap<>())
                            .merge(exit.getValue(), 1, Integer::sum);
                }
                System.out.println("stops " + (stop + 1) + ": " + exits + ", calls answered: " + calls);
            }

            work.keySet().forEach(service -> assertEquals(Map.of(SIGTERM, STOPS), exits.get(service), service));
        }
    }

    private Map<String, Integer> stopAllAtWork(Fleet fleet, Map<String, Consumer<Channel>> work) throws Exception {
        Map<String, ServiceProcess> processes = new LinkedHashMap<>();
        work.keySet().forEach(service -> processes.put(service, fleet.add(service)));
        processes.values().forEach(ServiceProcess::awaitReady);
        ExecutorService callers = Executors.newCachedThreadPool();
        Map<String, Integer> exits = new HashMap<>();
        try {
            processes.forEach((service, process) -> callers.submit(() -> callUntilGone(process, work.get(service))));
            Awaitility.await("a random moment")
                    .pollDelay(Duration.ofMillis(500 + random.nextInt(LATEST_MILLIS)))
                    .until(() -> true);
            processes.values().forEach(ServiceProcess::terminate);
            processes.forEach((service, process) -> exits.put(service, process.awaitEnd()));
        } finally {
            callers.shutdownNow();
        }
        return exits;
    }

    private void callUntilGone(ServiceProcess process, Consumer<Channel> call) {
        ManagedChannel channel = ManagedChannelBuilder.forAddress("127.0.0.1", process.port())
                .usePlaintext()
                .build();
        try {
            while (process.isAlive() && !Thread.currentThread().isInterrupted()) {
                try {
                    call.accept(channel);
                    calls.incrementAndGet();
                } catch (StatusRuntimeException e) {
                    // The service is stopping, or busy; the next call shows which.
                }
            }
        } finally {
            channel.shutdownNow();
        }
    }

    private Map<String, Consumer<Channel>> work(CheckpointPublished checkpoint, EncodedPrompt encoded) {
        Map<String, Consumer<Channel>> work = new LinkedHashMap<>();
        work.put("prompt-encoder", channel -> PromptEncoderGrpc.newBlockingStub(channel)
                .withDeadlineAfter(CALL_LIMIT.toSeconds(), TimeUnit.SECONDS)
                .encode(TestModel.job().setPrompt("prompt " + random.nextLong()).build()));
        work.put("image-sampler", channel -> ImageSamplerGrpc.newBlockingStub(channel)
                .withDeadlineAfter(CALL_LIMIT.toSeconds(), TimeUnit.SECONDS)
                .sample(SampleRequest.newBuilder().setPrompt(encoded).build())
                .forEachRemaining(update -> {}));
        work.put("llm-teacher", channel -> LlmTeacherGrpc.newBlockingStub(channel)
                .withDeadlineAfter(CALL_LIMIT.toSeconds(), TimeUnit.SECONDS)
                .embed(EmbedRequest.newBuilder()
                        .addPrompts("sentence " + random.nextLong())
                        .build()));
        work.put(
                "trainer",
                channel -> Awaitility.await().pollDelay(Duration.ofMillis(200)).until(() -> true));
        work.put("evaluator", channel -> EvaluatorGrpc.newBlockingStub(channel)
                .withDeadlineAfter(CALL_LIMIT.toSeconds(), TimeUnit.SECONDS)
                .evaluate(checkpoint));
        return work;
    }

    private static EncodedPrompt encode(ServiceProcess encoder) {
        try (GrpcEdge edge = new GrpcEdge(encoder)) {
            return edge.ask(channel -> PromptEncoderGrpc.newBlockingStub(channel)
                    .encode(TestModel.job().setSampling(TestModel.many()).build()));
        }
    }

    /** Longer than all stops together; each trainer resumes it where the one before left off. */
    private static void beginLongRun(ServiceProcess trainer, CheckpointPublished checkpoint) {
        TrainingSettings settings = TrainingSettings.newBuilder()
                .setMaxTrainSteps(100_000)
                .setCheckpointingSteps(100_000)
                .setTrainBatchSize(4)
                .setGradientAccumulationSteps(1)
                .setResolution(64)
                .setLearningRate(1e-4)
                .build();
        TrainingRequested request = TrainingRequested.newBuilder()
                .setRunId("long")
                .setStart(TrainingRun.newBuilder()
                        .setDataset(checkpoint.getDataset())
                        .setSettings(settings))
                .build();
        try (GrpcEdge edge = new GrpcEdge(trainer)) {
            edge.ask(channel -> TrainerGrpc.newBlockingStub(channel).startRun(request));
        }
    }
}
