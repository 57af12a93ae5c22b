package io.surstream.gateway.view;

import static org.junit.jupiter.api.Assertions.assertTrue;

import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import io.surstream.embedded.EmbeddedKafka;
import io.surstream.embedded.EmbeddedKafkaSettings;
import io.surstream.gateway.jobs.JobChange;
import io.surstream.gateway.jobs.JobChanges;
import io.surstream.streaming.EventStreaming;
import io.surstream.streaming.client.EventPublisher;
import io.surstream.streaming.client.KafkaSettings;
import io.surstream.streaming.event.Outgoing;
import io.surstream.streaming.topic.Topic;
import io.surstream.streaming.topic.TopicSettings;
import io.surstream.streaming.topic.Topics;
import io.surstream.v1.ImageSampled;
import io.surstream.v1.PromptSubmitted;
import java.io.BufferedReader;
import java.io.File;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.PrintWriter;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Base64;
import java.util.Comparator;
import java.util.Map;
import java.util.Random;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.condition.EnabledIfSystemProperty;
import org.junit.jupiter.api.io.TempDir;

/**
 * Memory and restarts of one gateway's view with many jobs of 2 KB: {@code -Dit.test=JobViewScaleIT -Dsurstream.scale.jobs=1000000}.
 * Prints what it sees.
 */
@EnabledIfSystemProperty(named = "surstream.scale.jobs", matches = "[0-9]+")
@Timeout(3_600)
class JobViewScaleIT {

    private static final long MOST_RSS_KB = 600_000;
    private static final long LONGEST_START_MS = Duration.ofSeconds(60).toMillis();
    private static final int PIECE = 1_000;

    @TempDir
    Path folder;

    private final int jobs = Integer.getInteger("surstream.scale.jobs", 0);
    private EmbeddedKafka kafka;

    @Test
    void a_view_of_many_jobs_stays_small_and_is_ready_soon_after_any_end() throws Exception {
        kafka = EmbeddedKafka.start(EmbeddedKafkaSettings.in(folder.resolve("kafka")));
        try {
            EventStreaming streaming = new EventStreaming(
                    new KafkaSettings(kafka.bootstrapServers(), "test", Map.of()),
                    new Topics(TopicSettings.defaults()),
                    "gateway",
                    new SimpleMeterRegistry());
            streaming.ensureTopics();
            try (View view = new View("first start")) {
                long begin = System.nanoTime();
                publish(streaming);
                view.awaitAll();
                System.out.printf(
                        "%,d jobs published and folded in %d s%n", jobs, (System.nanoTime() - begin) / 1_000_000_000);
                view.tellMemory("all jobs folded");
                view.stop();
            }
            try (View again = new View("after a clean stop")) {
                again.awaitAll();
            }
            try (View killed = new View("after kill -9")) {
                killed.awaitAll();
                killed.stop();
            }
            delete(folder.resolve("stores"));
            try (View cold = new View("without stores")) {
                cold.awaitAll();
                cold.tellMemory("without stores");
                cold.stop();
            }
        } finally {
            kafka.close();
        }
    }

    private void publish(EventStreaming streaming) {
        Random random = new Random(7);
        byte[] noise = new byte[1_200];
        try (EventPublisher publisher = streaming.publisher()) {
            for (int first = 0; first < jobs; first += PIECE) {
                CompletableFuture<?>[] sent = new CompletableFuture<?>[2 * PIECE];
                for (int n = 0; n < PIECE; n++) {
                    random.nextBytes(noise);
                    String id = "job-" + (first + n);
                    PromptSubmitted prompt =
                            JobChanges.submission(Base64.getEncoder().encodeToString(noise)).toBuilder()
                                    .setJobId(id)
                                    .setSubmittedAtMs(System.currentTimeMillis())
                                    .build();
                    ImageSampled end = ((JobChange.Sampled) JobChanges.sampled())
                            .event().toBuilder().setJobId(id).build();
                    sent[2 * n] = future(publisher.publish(Outgoing.of(Topic.PROMPTS_SUBMITTED, id, prompt)));
                    sent[2 * n + 1] = future(publisher.publish(Outgoing.of(Topic.IMAGES_SAMPLED, id, end)));
                }
                CompletableFuture.allOf(sent).join();
            }
        }
    }

    private static CompletableFuture<?> future(CompletionStage<?> stage) {
        return stage.toCompletableFuture();
    }

    private static void delete(Path tree) throws IOException {
        try (Stream<Path> files = Files.walk(tree)) {
            files.sorted(Comparator.reverseOrder()).map(Path::toFile).forEach(File::delete);
        }
    }

    /** A view in a process of its own, which is killed at the end where it has not stopped. */
    private final class View implements AutoCloseable {

        private final Process process;
        private final PrintWriter in;
        private final BufferedReader out;

        View(String when) throws IOException {
            ProcessBuilder builder = new ProcessBuilder(
                            Path.of(System.getProperty("java.home"), "bin", "java")
                                    .toString(),
                            "-XX:+UseSerialGC",
                            "-Xmx256m",
                            "-cp",
                            System.getProperty("surefire.test.class.path", System.getProperty("java.class.path")),
                            ScaleProcess.class.getName(),
                            kafka.bootstrapServers(),
                            folder.resolve("stores").toString())
                    .redirectError(ProcessBuilder.Redirect.INHERIT);
            // As the container images and the launcher start it.
            builder.environment().put("MALLOC_ARENA_MAX", "1");
            process = builder.start();
            in = new PrintWriter(process.getOutputStream(), true, StandardCharsets.UTF_8);
            out = new BufferedReader(new InputStreamReader(process.getInputStream(), StandardCharsets.UTF_8));
            try {
                awaitReadiness(when);
            } catch (IOException | RuntimeException | Error e) {
                process.destroyForcibly();
                throw e;
            }
        }

        private void awaitReadiness(String when) throws IOException {
            String ready = out.readLine();
            while (ready != null && !ready.startsWith("READY ")) {
                ready = out.readLine();
            }
            System.out.println(when + ": " + ready + " ms");
            assertTrue(ready != null && Long.parseLong(ready.substring(6)) <= LONGEST_START_MS, when + ": " + ready);
        }

        private String ask(String question) throws IOException {
            in.println(question);
            return out.readLine();
        }

        void awaitAll() throws Exception {
            int step = Math.max(1, jobs / 200);
            for (int n = jobs - 1; n >= 0; n -= step) {
                while (!ask("find job-" + n).equals("SUCCEEDED")) {
                    Thread.sleep(200);
                }
            }
        }

        void tellMemory(String when) throws IOException {
            String told = ask("rss");
            System.out.println(when + ":" + told);
            long rss = Long.parseLong(told.replaceAll(".*VmRSS: ([0-9]+) kB.*", "$1"));
            assertTrue(rss <= MOST_RSS_KB, told);
        }

        void stop() throws InterruptedException {
            in.println("stop");
            process.waitFor();
        }

        @Override
        public void close() {
            process.destroyForcibly().onExit().join();
        }
    }
}
