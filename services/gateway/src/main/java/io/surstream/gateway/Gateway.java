package io.surstream.gateway;

import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.binder.kafka.KafkaStreamsMetrics;
import io.quarkus.runtime.ShutdownEvent;
import io.quarkus.runtime.StartupEvent;
import io.surstream.gateway.config.GatewayConfig;
import io.surstream.gateway.config.GatewayConfigCheck;
import io.surstream.gateway.events.KafkaJobPublisher;
import io.surstream.gateway.events.TopicFacts;
import io.surstream.gateway.images.Images;
import io.surstream.gateway.intake.JobDesk;
import io.surstream.gateway.intake.JobRequestReader;
import io.surstream.gateway.intake.RequestLimits;
import io.surstream.gateway.jobs.JobFeed;
import io.surstream.gateway.jobs.JobTopology;
import io.surstream.gateway.jobs.JobUpdates;
import io.surstream.gateway.jobs.JobsInFlight;
import io.surstream.gateway.jobs.KnownJobs;
import io.surstream.gateway.jobs.PendingJobs;
import io.surstream.gateway.jobs.StreamsJobView;
import io.surstream.gateway.rest.Heartbeats;
import io.surstream.storage.MinioObjectStore;
import io.surstream.storage.StorageConfig;
import io.surstream.streaming.EventPublisher;
import io.surstream.streaming.EventStreaming;
import io.surstream.streaming.KafkaConfig;
import io.surstream.streaming.PatientStart;
import io.surstream.streaming.Topic;
import jakarta.annotation.Priority;
import jakarta.enterprise.event.Observes;
import jakarta.enterprise.inject.Produces;
import jakarta.inject.Singleton;
import java.time.Clock;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import org.apache.kafka.streams.KafkaStreams;
import org.jboss.logging.Logger;

/** Puts the gateway together, starts it after the platform and stops it before. */
@Singleton
public class Gateway {

    private static final Logger LOG = Logger.getLogger(Gateway.class);

    static final String SERVICE = "gateway";

    /** After an embedded platform (1), before the announcement that all is ready. */
    private static final int START = 2_000;

    private static final int STOP = 2_000;

    /** A view that does not show a job after this long will not show it: its partition is gone or it was expired. */
    private static final Duration PENDING = Duration.ofMinutes(1);

    private final RequestLimits limits;
    private final JobFeed feed = new JobFeed();
    private final PendingJobs pending = new PendingJobs(PENDING, Clock.systemUTC());
    private final EventStreaming streaming;
    private final EventPublisher publisher;
    private final StreamsJobView view;
    private final MeterRegistry meters;
    private final MinioObjectStore store;
    private final Heartbeats heartbeats;
    private final JobDesk desk;
    private PatientStart<StreamsJobView> starting;
    private volatile KafkaStreamsMetrics viewMetrics;

    Gateway(GatewayConfig config, KafkaConfig kafka, StorageConfig storage, MeterRegistry meters) {
        limits = GatewayConfigCheck.require(config);
        streaming = new EventStreaming(kafka.settings(), kafka.catalogue(), SERVICE, meters);
        publisher = streaming.publisher();
        view = view(config, kafka);
        this.meters = meters;
        store = new MinioObjectStore(storage.settings());
        heartbeats = new Heartbeats(config.heartbeat());
        KnownJobs jobs = new KnownJobs(view, pending);
        desk = new JobDesk(
                jobs,
                new KafkaJobPublisher(publisher, config.publishTimeout()),
                config.maxJobsInFlight(),
                Clock.systemUTC());
        Gauge.builder("surstream.gateway.jobs.in.flight", jobs, KnownJobs::inFlight)
                .description("jobs of this instance that have not ended")
                .register(meters);
        Gauge.builder("surstream.gateway.event.streams", feed, JobFeed::watching)
                .description("event streams (SSE) open now")
                .register(meters);
    }

    private StreamsJobView view(GatewayConfig config, KafkaConfig kafka) {
        JobUpdates updates = job -> {
            pending.updated(job);
            feed.updated(job);
        };
        TopicFacts facts = new TopicFacts(streaming.topics());
        JobsInFlight inFlight = new JobsInFlight(config.stalledAfter());
        JobTopology topology =
                new JobTopology(facts.topicNames(), streaming.topics().name(Topic.JOBS));
        Map<String, Object> clients = new HashMap<>(kafka.properties());
        clients.put("bootstrap.servers", kafka.bootstrapServers());
        return new StreamsJobView(
                () -> topology.build(facts, updates, inFlight, streaming::headers, config.retention()),
                inFlight,
                clients,
                new StreamsJobView.Settings(
                        config.view().applicationId(),
                        config.view().commitInterval(),
                        config.view().threads()));
    }

    void start(@Observes @Priority(START) StartupEvent event) {
        store.warmUp().exceptionally(e -> {
            LOG.warnf("pictures cannot be served yet: %s", e.getMessage());
            return null;
        });
        starting = PatientStart.of(SERVICE, () -> {
            streaming.ensureTopics();
            view.start();
            viewMetrics = new KafkaStreamsMetrics(view.streams());
            viewMetrics.bindTo(meters);
            return view;
        });
    }

    void stop(@Observes @Priority(STOP) ShutdownEvent event) {
        heartbeats.close();
        starting.close();
        if (viewMetrics != null) {
            viewMetrics.close();
        }
        view.close();
        publisher.close();
        store.close();
    }

    /** State of the job view. */
    public KafkaStreams.State viewState() {
        return view.state();
    }

    /** Whether the job view has given up for good, at its start or later; then only a new process helps. */
    public boolean viewIsLost() {
        return starting != null && (starting.failure() != null || starting.started() != null && view.isLost());
    }

    @Produces
    @Singleton
    JobRequestReader reader() {
        return new JobRequestReader(limits);
    }

    @Produces
    @Singleton
    Images images() {
        return new Images(store);
    }

    @Produces
    @Singleton
    JobDesk desk() {
        return desk;
    }

    @Produces
    @Singleton
    JobFeed feed() {
        return feed;
    }

    @Produces
    @Singleton
    Heartbeats heartbeats() {
        return heartbeats;
    }
}
