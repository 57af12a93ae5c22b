package io.surstream.streaming.client;

import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.binder.kafka.KafkaClientMetrics;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import org.apache.kafka.clients.consumer.Consumer;
import org.apache.kafka.clients.producer.Producer;

/** Binds the clients' own metrics to Micrometer as long as the clients live. Share consumers cannot be bound. */
public final class ClientMeters implements AutoCloseable {

    /** One thread for all clients looks for meters that came or went. */
    private static final ScheduledExecutorService REFRESH = Executors.newSingleThreadScheduledExecutor(task -> {
        Thread thread = new Thread(task, "kafka-client-meters");
        thread.setDaemon(true);
        return thread;
    });

    private final KafkaClientMetrics[] bound;

    private ClientMeters(MeterRegistry registry, KafkaClientMetrics... clients) {
        this.bound = clients;
        for (KafkaClientMetrics client : clients) {
            client.bindTo(registry);
        }
    }

    public static ClientMeters of(Producer<?, ?> producer, MeterRegistry registry) {
        return new ClientMeters(registry, new KafkaClientMetrics(producer, java.util.List.of(), REFRESH));
    }

    public static ClientMeters of(Consumer<?, ?> consumer, Producer<?, ?> producer, MeterRegistry registry) {
        return new ClientMeters(
                registry,
                new KafkaClientMetrics(consumer, java.util.List.of(), REFRESH),
                new KafkaClientMetrics(producer, java.util.List.of(), REFRESH));
    }

    @Override
    public void close() {
        for (KafkaClientMetrics client : bound) {
            client.close();
        }
    }
}
