package io.surstream.curator.app;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import io.quarkus.runtime.configuration.DurationConverter;
import io.quarkus.runtime.configuration.MemorySize;
import io.quarkus.runtime.configuration.MemorySizeConverter;
import io.smallrye.config.SmallRyeConfig;
import io.smallrye.config.SmallRyeConfigBuilder;
import io.surstream.curator.LeavingListener;
import io.surstream.curator.config.CuratorConfig;
import io.surstream.curator.inspect.ImageFiles;
import io.surstream.curator.publish.KafkaExamples;
import io.surstream.curator.report.Stage;
import io.surstream.embedded.EmbeddedKafkaSettings;
import io.surstream.embedded.EmbeddedPlatform;
import io.surstream.embedded.EmbeddedS3Settings;
import io.surstream.storage.StorageConfig;
import io.surstream.streaming.EventStreaming;
import io.surstream.streaming.KafkaConfig;
import io.surstream.streaming.follow.TopicScan;
import io.surstream.streaming.topic.Topic;
import io.surstream.v1.CurationReport;
import io.surstream.v1.ExampleCurated;
import io.surstream.v1.ImportRequest;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.zip.ZipEntry;
import java.util.zip.ZipOutputStream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A real broker and a real store. */
class CuratorIT {
    @TempDir
    static Path folder;

    private static EmbeddedPlatform platform;
    private static SmallRyeConfig config;
    private static EventStreaming streaming;
    private static KafkaExamples examples;

    @BeforeAll
    static void start() {
        platform = EmbeddedPlatform.start(
                EmbeddedKafkaSettings.in(folder.resolve("kafka")), EmbeddedS3Settings.in(folder.resolve("s3")));
        config = config(Map.of(
                "surstream.kafka.bootstrap-servers", platform.kafka().bootstrapServers(),
                "surstream.storage.endpoint", platform.s3().endpoint().toString(),
                "surstream.storage.access-key", platform.s3().accessKey(),
                "surstream.storage.secret-key", platform.s3().secretKey()));
        KafkaConfig kafka = config.getConfigMapping(KafkaConfig.class);
        streaming = new EventStreaming(kafka.settings(), kafka.catalogue(), "curator", new SimpleMeterRegistry());
        streaming.ensureTopics();
        examples = new KafkaExamples(streaming.publisher());
    }

    @AfterAll
    static void stop() {
        examples.close();
        platform.close();
    }

    @Test
    void an_imagefolder_archive_becomes_events_and_objects_once() throws IOException {
        Path zip = zip(Map.of(
                "metadata.jsonl",
                ("{\"file_name\": \"a\", \"text\": \"a red square\", \"prompt\": \"square, red\"}\n"
                                + "{\"file_name\": \"b.jpg\", \"text\": \"a photograph\", \"prompt\": \"photo, 8k\"}\n"
                                + "{\"file_name\": \"c.png\", \"text\": \"too large\", \"prompt\": \"huge\"}\n")
                        .getBytes(StandardCharsets.UTF_8),
                "a.png",
                ImageFiles.png(64, 64, 0xff0000),
                "b.jpg",
                ImageFiles.jpeg(100, 80),
                "c.png",
                ImageFiles.pngHeader(50_000, 50_000)));

        CurationReport first = run("archive", zip.toString(), Long.MAX_VALUE);
        CurationReport second = run("archive", zip.toString(), Long.MAX_VALUE);

        assertEquals(first, second);
        assertEquals(
                Map.of("too-many-pixels", 1L),
                first.getStages(Stage.INSPECT.ordinal()).getDroppedMap());
        List<ExampleCurated> published = published("archive");
        assertEquals(2, published.size(), "nothing is published twice");
        try (Curator curator = new Curator()) {
            for (ExampleCurated example : published) {
                assertEquals(
                        example.getImage().getSize(),
                        curator.parts.store().get(example.getImage().getKey()).length);
            }
            assertEquals(first, curator.parts.curation().report("archive"));
        }
    }

    @Test
    void playground_scenes_left_half_way_are_taken_up_by_another_process_without_loss_or_repetition()
            throws IOException {
        run("scenes", "playground:1200?seed=5", 600);
        int before = published("scenes").size();

        CurationReport resumed = run("scenes", "playground:1200?seed=5", Long.MAX_VALUE);
        CurationReport again = run("scenes", "playground:1200?seed=5", Long.MAX_VALUE);

        assertTrue(before >= 600 && before < 1200, before + " before");
        assertEquals(1200, resumed.getStages(Stage.PUBLISH.ordinal()).getKept());
        assertEquals(resumed, again);
        List<ExampleCurated> published = published("scenes");
        assertEquals(1200, published.size());
        assertEquals(
                1200,
                published.stream().map(ExampleCurated::getExampleId).distinct().count());
    }

    /** As a process of its own would: nothing of an earlier one is in memory. */
    private static CurationReport run(String dataset, String source, long until) throws IOException {
        try (Curator curator = new Curator()) {
            return curator.parts
                    .curation()
                    .run(
                            ImportRequest.newBuilder()
                                    .setDataset(dataset)
                                    .setSource(source)
                                    .build(),
                            examples,
                            new LeavingListener(until));
        }
    }

    private static List<ExampleCurated> published(String dataset) {
        List<ExampleCurated> found = new ArrayList<>();
        try (TopicScan<ExampleCurated> scan =
                streaming.scan("test", Topic.EXAMPLES_CURATED, ExampleCurated.getDefaultInstance())) {
            scan.toEnd(incoming -> found.add(incoming.event()));
        }
        return found.stream()
                .filter(example -> example.getDataset().equals(dataset))
                .toList();
    }

    private static final class Curator implements AutoCloseable {
        private final CuratorAssembly assembly = new CuratorAssembly();
        private final CuratorAssembly.Parts parts = assembly.parts(
                config.getConfigMapping(CuratorConfig.class),
                config.getConfigMapping(StorageConfig.class),
                new SimpleMeterRegistry());

        Curator() {
            parts.store().ensureBucket();
        }

        @Override
        public void close() {
            assembly.close(parts);
        }
    }

    private static Path zip(Map<String, byte[]> entries) throws IOException {
        Path file = folder.resolve("archive.zip");
        try (ZipOutputStream zip = new ZipOutputStream(Files.newOutputStream(file))) {
            for (Map.Entry<String, byte[]> entry : entries.entrySet()) {
                zip.putNextEntry(new ZipEntry(entry.getKey()));
                zip.write(entry.getValue());
            }
        }
        return file;
    }

    private static SmallRyeConfig config(Map<String, String> values) {
        return new SmallRyeConfigBuilder()
                .addDefaultInterceptors()
                .withConverter(Duration.class, 200, new DurationConverter())
                .withConverter(MemorySize.class, 200, new MemorySizeConverter())
                .withMapping(CuratorConfig.class)
                .withMapping(KafkaConfig.class)
                .withMapping(StorageConfig.class)
                .withDefaultValues(values)
                .build();
    }
}
