package io.surstream.standalone;

import io.quarkus.runtime.ShutdownEvent;
import io.quarkus.runtime.StartupEvent;
import io.smallrye.health.SmallRyeHealth;
import io.smallrye.health.SmallRyeHealthReporter;
import jakarta.annotation.Priority;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Observes;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import org.eclipse.microprofile.config.inject.ConfigProperty;
import org.jboss.logging.Logger;

/** Says once, on standard output, that a prompt can be served: when every service's readiness check is up. */
@ApplicationScoped
class Announcer {
    private static final Logger LOG = Logger.getLogger(Announcer.class);
    private static final long LOOK_EVERY_MILLIS = 100;
    private static final int LOOKS_BEFORE_A_WORD = 300;

    private final SmallRyeHealthReporter health;
    private final RunFile runFile;
    private final ScheduledExecutorService watch = Executors.newSingleThreadScheduledExecutor(task -> {
        Thread thread = new Thread(task, "announcer");
        thread.setDaemon(true);
        return thread;
    });

    @ConfigProperty(name = "quarkus.http.host")
    String host;

    @ConfigProperty(name = "quarkus.http.port")
    int port;

    @ConfigProperty(name = "surstream.kafka.bootstrap-servers")
    String bootstrapServers;

    @ConfigProperty(name = "surstream.storage.endpoint")
    String storageEndpoint;

    @ConfigProperty(name = "surstream.storage.access-key")
    String accessKey;

    @ConfigProperty(name = "surstream.storage.secret-key")
    String secretKey;

    private int looks;

    Announcer(SmallRyeHealthReporter health, StandaloneConfig config) {
        this.health = health;
        this.runFile = new RunFile(config.data());
    }

    void start(@Observes @Priority(Integer.MAX_VALUE) StartupEvent event) {
        runFile.delete();
        watch.scheduleWithFixedDelay(this::look, 0, LOOK_EVERY_MILLIS, TimeUnit.MILLISECONDS);
    }

    void stop(@Observes @Priority(1) ShutdownEvent event) {
        watch.shutdownNow();
        runFile.delete();
    }

    private void look() {
        try {
            SmallRyeHealth readiness = health.getReadiness();
            if (!readiness.isDown()) {
                watch.shutdown();
                announce();
            } else if (++looks == LOOKS_BEFORE_A_WORD) {
                System.err.println("surstream up: still starting; not ready yet: " + readiness.getPayload());
            }
        } catch (RuntimeException e) {
            LOG.warn("readiness could not be read", e);
        }
    }

    private void announce() {
        String http = "http://" + (host.equals("0.0.0.0") ? "127.0.0.1" : host) + ":" + port;
        Map<String, String> storage = new LinkedHashMap<>();
        storage.put("endpoint", storageEndpoint);
        storage.put("access-key", accessKey);
        storage.put("secret-key", secretKey);
        runFile.write(http, bootstrapServers, storage);
        System.out.println("SurStream is ready: " + http);
    }
}
