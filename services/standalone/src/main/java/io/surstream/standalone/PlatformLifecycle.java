package io.surstream.standalone;

import io.micrometer.core.instrument.MeterRegistry;
import io.quarkus.runtime.Quarkus;
import io.quarkus.runtime.ShutdownEvent;
import io.quarkus.runtime.StartupEvent;
import io.surstream.embedded.BrokerFaultException;
import io.surstream.embedded.EmbeddedKafkaSettings;
import io.surstream.embedded.EmbeddedPlatform;
import io.surstream.embedded.EmbeddedS3Settings;
import io.surstream.metrics.DiskMeters;
import jakarta.annotation.Priority;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Observes;
import org.jboss.logging.Logger;

/** Broker and store: the first to start, before any worker looks for them, and the last to stop. */
@ApplicationScoped
class PlatformLifecycle {
    private static final Logger LOG = Logger.getLogger(PlatformLifecycle.class);
    private static final int FIRST = 1;
    private static final int LAST = Integer.MAX_VALUE;

    private final StandaloneConfig config;
    private final MeterRegistry meters;
    private EmbeddedPlatform platform;

    PlatformLifecycle(StandaloneConfig config, MeterRegistry meters) {
        this.config = config;
        this.meters = meters;
    }

    void start(@Observes @Priority(FIRST) StartupEvent event) {
        DiskMeters.watch(meters, "data", config.data());
        platform = EmbeddedPlatform.start(
                EmbeddedKafkaSettings.in(config.data().resolve("kafka")).withPorts(config.kafkaPort(), 0),
                new EmbeddedS3Settings(
                        config.data().resolve("s3"), config.s3Port(), config.s3AccessKey(), config.s3SecretKey()));
        platform.kafka().fault().thenAccept(PlatformLifecycle::leave);
    }

    /** Without a broker nothing can be served, and a start that repairs its data helps more than a process that hangs. */
    private static void leave(BrokerFaultException fault) {
        LOG.error("the embedded Kafka broker failed; all stops", fault);
        Quarkus.asyncExit(1);
    }

    void stop(@Observes @Priority(LAST) ShutdownEvent event) {
        if (platform != null) {
            platform.close();
        }
    }
}
