package io.surstream.gateway;

import io.micrometer.core.instrument.MeterRegistry;
import io.quarkus.runtime.ShutdownDelayInitiatedEvent;
import io.quarkus.runtime.ShutdownEvent;
import io.quarkus.runtime.StartupEvent;
import io.surstream.contract.ServiceName;
import io.surstream.contract.prompt.PromptLimits;
import io.surstream.gateway.admission.JobRequestReader;
import io.surstream.gateway.admission.JobService;
import io.surstream.gateway.config.GatewayConfig;
import io.surstream.gateway.events.KafkaJobPublisher;
import io.surstream.gateway.images.Images;
import io.surstream.gateway.jobs.JobFeed;
import io.surstream.gateway.jobs.JobUpdates;
import io.surstream.gateway.jobs.KnownJobs;
import io.surstream.gateway.jobs.PendingJobs;
import io.surstream.gateway.rest.Heartbeats;
import io.surstream.gateway.rest.ShutdownNotifier;
import io.surstream.gateway.view.StreamsJobView;
import io.surstream.metrics.Meters;
import io.surstream.metrics.Metric;
import io.surstream.serviceruntime.lifecycle.RetryingStartup;
import io.surstream.storage.MinioObjectStore;
import io.surstream.storage.StorageConfig;
import io.surstream.streaming.EventStreaming;
import io.surstream.streaming.KafkaConfig;
import io.surstream.streaming.client.EventPublisher;
import io.surstream.streaming.lag.GroupBacklog;
import io.surstream.streaming.lag.WatchedGroup;
import io.surstream.streaming.topic.Topic;
import io.surstream.v1.Job;
import jakarta.annotation.Priority;
import jakarta.enterprise.event.Observes;
import jakarta.enterprise.inject.Produces;
import jakarta.inject.Singleton;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.apache.kafka.streams.KafkaStreams;
import org.jboss.logging.Logger;

/** Puts the gateway together, starts it after the platform and stops it before. */
@Singleton
public class Gateway {

    /** Topics that gateway reads, writes or watches. */
    public static final Set<Topic> TOPICS = Set.of(
            Topic.PROMPTS_SUBMITTED,
            Topic.PROMPTS_ENCODED,
            Topic.PROMPTS_CANCELLED,
            Topic.IMAGES_PROGRESSED,
            Topic.IMAGES_SAMPLED,
            Topic.JOB_EVENTS,
            Topic.JOBS,
            Topic.EXAMPLES_CURATED);

    private static final Logger LOG = Logger.getLogger(Gateway.class);

    static final String SERVICE = ServiceName.GATEWAY.label();

    /** After an embedded platform (1), before the announcement that all is ready. */
    private static final int START = 2_000;

    private static final int STOP = 2_000;

    /** A view that does not show a job after this long will not show it: its partition is gone or it was expired. */
    private static final Duration PENDING = Duration.ofMinutes(1);

    private final PromptLimits limits;
    private final JobFeed feed = new JobFeed();
    private final PendingJobs pending = new PendingJobs(PENDING, Clock.systemUTC());
    private final EventStreaming streaming;
    private final EventPublisher publisher;
    private final JobViewLifecycle view;
    private final MinioObjectStore store;
    private final Heartbeats heartbeats;
    private final ShutdownNotifier shutdown = new ShutdownNotifier();
    private final JobService service;
    private RetryingStartup<StreamsJobView> starting;
    private final List<WatchedGroup> watched;
    private final Duration refresh;
    private volatile GroupBacklog backlog;

    Gateway(GatewayConfig config, KafkaConfig kafka, StorageConfig storage, MeterRegistry meters) {
        limits = config.limits();
        streaming = new EventStreaming(kafka.settings(), kafka.catalogue(), SERVICE, meters);
        publisher = streaming.publisher();
        this.watched = watched(config.backlog());
        this.refresh = config.backlog().refresh();
        view = new JobViewLifecycle(config, kafka, streaming, meters, updates());
        store = new MinioObjectStore(storage.settings(), meters);
        heartbeats = new Heartbeats(config.heartbeat());
        KnownJobs jobs = new KnownJobs(view.view(), pending);
        service = new JobService(
                jobs,
                new KafkaJobPublisher(publisher, config.publishTimeout()),
                config.maxJobsInFlight(),
                Clock.systemUTC());
        Meters.gauge(meters, Metric.JOBS_IN_FLIGHT, jobs, KnownJobs::inFlight);
        Meters.gauge(meters, Metric.EVENT_STREAMS, feed, JobFeed::watching);
    }

    private JobUpdates updates() {
        return new JobUpdates() {
            @Override
            public void updated(Job job) {
                pending.updated(job);
                feed.updated(job);
            }

            @Override
            public void copied(Job job) {
                pending.copied(job);
            }
        };
    }

    private static List<WatchedGroup> watched(GatewayConfig.Backlog config) {
        return List.of(
                WatchedGroup.consumers(config.encoderGroup(), Topic.PROMPTS_SUBMITTED),
                WatchedGroup.consumers(config.teacherGroup(), Topic.EXAMPLES_CURATED),
                WatchedGroup.sharers(config.samplerGroup(), Topic.PROMPTS_ENCODED));
    }

    void start(@Observes @Priority(START) StartupEvent event) {
        store.warmUp().exceptionally(e -> {
            LOG.warnf("images cannot be served yet: %s", e.getMessage());
            return null;
        });
        starting = RetryingStartup.of(SERVICE, () -> {
            streaming.ensureTopics(TOPICS);
            StreamsJobView started = view.start();
            backlog = streaming.backlog(watched, refresh);
            return started;
        });
    }

    /** Before the service waits for active requests: a stream would keep them waiting. */
    void leave(@Observes ShutdownDelayInitiatedEvent event) {
        shutdown.signal();
    }

    void stop(@Observes @Priority(STOP) ShutdownEvent event) {
        heartbeats.close();
        starting.close();
        if (backlog != null) {
            backlog.close();
        }
        view.close();
        publisher.close();
        store.close();
    }

    /** State of each step of the job view, by its name. */
    public Map<String, KafkaStreams.State> viewStates() {
        return view.view().states();
    }

    /** Why the job view makes no progress; empty while it does. */
    public Optional<String> viewProblem() {
        return view.problem();
    }

    /** Whether the job view has given up for good, at its start or later; then only a new process helps. */
    public boolean viewIsLost() {
        return starting != null
                && (starting.failure() != null
                        || starting.started() != null && view.view().isLost());
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
    JobService service() {
        return service;
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

    @Produces
    @Singleton
    ShutdownNotifier shutdown() {
        return shutdown;
    }
}
