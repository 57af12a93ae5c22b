package io.surstream.it.fault;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.surstream.embedded.EmbeddedKafkaSettings;
import io.surstream.embedded.EmbeddedPlatform;
import io.surstream.embedded.EmbeddedS3Settings;
import io.surstream.embedded.ShareGroupSettings;
import io.surstream.it.processes.KafkaEdge;
import io.surstream.it.processes.RestEdge;
import io.surstream.it.processes.ServiceProcess;
import io.surstream.it.processes.TestModel;
import io.surstream.storage.MinioObjectStore;
import io.surstream.storage.ObjectStore;
import io.surstream.storage.StoreSettings;
import io.surstream.v1.ImageSampled;
import io.surstream.v1.PromptSubmitted;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The services as processes of their own, against a broker and a store that are not theirs. */
@Tag("long")
class SamplerKilledIT {
    private static final Duration SHORT_LOCK = Duration.ofSeconds(3);

    @TempDir
    Path data;

    @Test
    void job_of_a_killed_sampler_is_finished_by_another_with_exactly_one_image_set() {
        ShareGroupSettings shortLock = new ShareGroupSettings(SHORT_LOCK, 5, Duration.ofMillis(500));
        try (EmbeddedPlatform platform = EmbeddedPlatform.start(
                        EmbeddedKafkaSettings.in(data.resolve("kafka")).withShareGroups(shortLock),
                        EmbeddedS3Settings.in(data.resolve("s3")));
                ServiceProcess gateway = start("gateway", platform).awaitReady();
                ServiceProcess encoder = start("prompt-encoder", platform);
                ServiceProcess victim = start("image-sampler", platform);
                ServiceProcess heir = start("image-sampler", platform);
                KafkaEdge kafka = new KafkaEdge(platform.kafka().bootstrapServers());
                ObjectStore store = store(platform)) {
            encoder.awaitReady();
            victim.awaitReady();
            PromptSubmitted first =
                    TestModel.job().setSampling(TestModel.many()).build();
            PromptSubmitted second =
                    TestModel.job().setSampling(TestModel.many()).build();
            kafka.submit(first);
            kafka.submit(second);
            kafka.awaitStep(first.getJobId(), 1);

            victim.kill();
            heir.awaitReady();

            for (PromptSubmitted job : java.util.List.of(first, second)) {
                ImageSampled end = kafka.awaitEnd(job.getJobId());
                assertTrue(end.hasImages(), end.toString());
                assertEquals(
                        1,
                        store.list("images/" + job.getJobId() + "/").stream()
                                .filter(object -> object.key().endsWith("/0.png"))
                                .count());
                kafka.ends(job.getJobId()).forEach(each -> assertEquals(end.getImages(), each.getImages()));
                assertEquals(
                        "SUCCEEDED",
                        new RestEdge(gateway)
                                .awaitEnd(job.getJobId())
                                .path("state")
                                .asText());
            }
        }
    }

    private static ServiceProcess start(String service, EmbeddedPlatform platform) {
        return ServiceProcess.start(
                service,
                Map.of(
                        "surstream.model", TestModel.REFERENCE,
                        "surstream.kafka.bootstrap-servers", platform.kafka().bootstrapServers(),
                        "surstream.kafka.instance", java.util.UUID.randomUUID().toString(),
                        "surstream.storage.endpoint", platform.s3().endpoint().toString(),
                        "surstream.storage.access-key", platform.s3().accessKey(),
                        "surstream.storage.secret-key", platform.s3().secretKey()));
    }

    private static ObjectStore store(EmbeddedPlatform platform) {
        return new MinioObjectStore(StoreSettings.of(
                platform.s3().endpoint(),
                platform.s3().accessKey(),
                platform.s3().secretKey(),
                "surstream"));
    }
}
