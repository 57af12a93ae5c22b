package io.surstream.gateway;

import io.quarkus.test.common.QuarkusTestResourceLifecycleManager;
import io.surstream.embedded.EmbeddedKafkaSettings;
import io.surstream.embedded.EmbeddedPlatform;
import io.surstream.embedded.EmbeddedS3Settings;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.Map;
import java.util.stream.Stream;

/** A real broker and a real store on free ports, in a folder that goes with them. */
public final class PlatformResource implements QuarkusTestResourceLifecycleManager {

    private Path folder;
    private EmbeddedPlatform platform;

    @Override
    public Map<String, String> start() {
        try {
            folder = Files.createTempDirectory("gateway-it-");
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        platform = EmbeddedPlatform.start(
                EmbeddedKafkaSettings.in(folder.resolve("kafka")), EmbeddedS3Settings.in(folder.resolve("s3")));
        return Map.of(
                "surstream.kafka.bootstrap-servers", platform.kafka().bootstrapServers(),
                "surstream.storage.endpoint", platform.s3().endpoint().toString(),
                "surstream.storage.access-key", platform.s3().accessKey(),
                "surstream.storage.secret-key", platform.s3().secretKey(),
                "surstream.gateway.view.state-folder", folder.resolve("view").toString(),
                "surstream.gateway.heartbeat", "200ms");
    }

    @Override
    public void stop() {
        if (platform != null) {
            platform.close();
        }
        try (Stream<Path> files = Files.walk(folder)) {
            files.sorted(Comparator.reverseOrder())
                    .forEach(file -> file.toFile().delete());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
