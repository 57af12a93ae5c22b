package io.surstream.streaming;

import com.google.protobuf.Message;
import io.micrometer.core.instrument.MeterRegistry;
import io.surstream.streaming.batch.BatchHandler;
import io.surstream.streaming.batch.BatchSession;
import io.surstream.streaming.batch.BatchSettings;
import io.surstream.streaming.batch.BatchWorker;
import io.surstream.streaming.batch.MicroBatch;
import io.surstream.streaming.client.ClientMeters;
import io.surstream.streaming.client.Clients;
import io.surstream.streaming.client.EventPublisher;
import io.surstream.streaming.client.KafkaClients;
import io.surstream.streaming.client.KafkaSettings;
import io.surstream.streaming.client.PartitionReader;
import io.surstream.streaming.client.RecordWriter;
import io.surstream.streaming.codec.EventCodec;
import io.surstream.streaming.event.Incoming;
import io.surstream.streaming.event.PermanentEventException;
import io.surstream.streaming.follow.FencedTopicLog;
import io.surstream.streaming.follow.TopicFollower;
import io.surstream.streaming.follow.TopicScan;
import io.surstream.streaming.lag.GroupBacklog;
import io.surstream.streaming.lag.GroupProgress;
import io.surstream.streaming.lag.WatchedGroup;
import io.surstream.streaming.loop.LoopState;
import io.surstream.streaming.loop.WorkerDefinition;
import io.surstream.streaming.loop.WorkerMetrics;
import io.surstream.streaming.share.ShareConsumerThread;
import io.surstream.streaming.share.ShareGroupPreparation;
import io.surstream.streaming.share.ShareHandler;
import io.surstream.streaming.share.ShareProcess;
import io.surstream.streaming.share.ShareSession;
import io.surstream.streaming.share.ShareSettings;
import io.surstream.streaming.share.ShareWorker;
import io.surstream.streaming.topic.Topic;
import io.surstream.streaming.topic.Topics;
import io.surstream.streaming.tracing.EventTracer;
import io.surstream.streaming.tracing.LogAttributes;
import io.surstream.streaming.tracing.LogContext;
import io.surstream.streaming.tracing.RecordSpan;
import io.surstream.streaming.tracing.TraceContext;
import io.surstream.streaming.tracing.Tracing;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Consumer;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.common.header.Headers;
import org.apache.kafka.common.header.internals.RecordHeaders;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The entry point to Kafka: one object per service, which makes its topics, publishers and workers. Thread-safe. What
 * it makes belongs to the caller, who closes workers before publishers.
 */
public final class EventStreaming {

    private static final Logger LOG = LoggerFactory.getLogger(EventStreaming.class);

    private final KafkaSettings kafka;
    private final Topics topics;
    private final String service;
    private final MeterRegistry meters;
    private final Clients clients;
    private final String source;
    private final RecordWriter writer;
    private final EventTracer tracer;
    private final Map<String, Integer> made = new ConcurrentHashMap<>();

    /**
     * @param service CloudEvents source and part of client ids, as prompt-encoder
     * @param meters where meters go; spans go to the process's OpenTelemetry, if it has one
     */
    public EventStreaming(KafkaSettings kafka, Topics topics, String service, MeterRegistry meters) {
        this(kafka, topics, service, meters, new KafkaClients(kafka));
    }

    public EventStreaming(KafkaSettings kafka, Topics topics, String service, MeterRegistry meters, Clients clients) {
        this.kafka = kafka;
        this.topics = topics;
        this.service = service;
        this.meters = meters;
        this.clients = clients;
        this.source = "/surstream/" + service;
        this.writer = new RecordWriter(topics, source);
        this.tracer = new EventTracer(Tracing.ofProcess(), topics);
    }

    public Topics topics() {
        return topics;
    }

    /** As the other {@code ensureTopics}, for a user who may create topics. */
    public List<String> ensureTopics() {
        return ensureTopics(Set.of());
    }

    /**
     * Creates missing topics; may be called by several services concurrently.
     *
     * @param needed topics that must exist, also where this user may not create any
     * @return where topics that exist differ from the settings; also logged
     * @throws org.apache.kafka.common.errors.TopicAuthorizationException naming the needed topics that this user can
     *     neither see nor create
     */
    public List<String> ensureTopics(Set<Topic> needed) {
        try (Admin admin = admin()) {
            List<String> differences = new TopicCreation(admin, topics, needed).ensure();
            differences.forEach(LOG::warn);
            return differences;
        }
    }

    /** Headers of an event that another client writes, as Kafka Streams does; it belongs to the trace of its cause. */
    public Headers headers(Message event, Headers cause) {
        Headers headers = new RecordHeaders();
        EventCodec.describe(event, source, TraceContext.current().or(() -> TraceContext.in(cause)), headers);
        return headers;
    }

    /**
     * A record that another client has read; its handler closes this when done.
     *
     * @param topic full name
     * @param key null when the record has none
     * @param group whose work it is
     */
    public RecordSpan recordSpan(String topic, int partition, long offset, String key, Headers headers, String group) {
        return tracer.recordSpan(topic, partition, offset, key, headers, Optional.of(group));
    }

    /**
     * Lets this thread work on long work without a current record, in its own span until the scope is closed.
     *
     * @param name of the span, the same for all work of this kind
     * @param request names the work, as in {@link LogContext#of}
     * @param traceparent of what asked for it; empty to begin a trace
     */
    public LogContext work(String name, Message request, String traceparent) {
        return tracer.work(name, LogAttributes.of(request), TraceContext.parse(traceparent));
    }

    /** Opens a connection to ask how far Kafka Streams groups are. */
    public GroupProgress groupProgress() {
        return new GroupProgress(admin());
    }

    /** Publishes events outside of transactions. */
    public EventPublisher publisher() {
        var producer = clients.idempotentProducer(clientId("publisher"));
        return new EventPublisher(producer, writer, tracer, ClientMeters.of(producer, meters));
    }

    /** Starts a transactional consumer-group worker. */
    public <T extends Message> BatchWorker<T> batchWorker(
            WorkerDefinition<T> definition, BatchSettings settings, BatchHandler<T> handler) {
        String id = clientId(definition.name());
        WorkerMetrics metrics = new WorkerMetrics(meters, definition.name());
        BatchWorker<T> worker = new BatchWorker<>(
                definition,
                handler,
                settings,
                topics.name(definition.topic()),
                writer,
                tracer,
                metrics,
                careful -> batchSession(id, settings, careful));
        metrics.watch(worker);
        return worker.start();
    }

    /**
     * Starts a worker that dead-letters, once for all instances, what nobody can use of a topic that every instance
     * follows: a follower itself dead-letters nothing.
     *
     * @param definition whose listener receives each letter
     * @param group consumer group
     * @param check throws {@link PermanentEventException} for an event that cannot be processed
     */
    public <T extends Message> BatchWorker<T> deadLetterWorker(
            WorkerDefinition<T> definition, String group, Consumer<T> check) {
        return batchWorker(definition, BatchSettings.of(group).withBatch(1, Duration.ZERO), batch -> {
            batch.forEach(incoming -> check.accept(incoming.event()));
            return List.of();
        });
    }

    private BatchSession batchSession(String id, BatchSettings settings, boolean careful) {
        var producer = clients.transactionalProducer(settings.group() + '-' + id);
        var consumer = clients.groupConsumer(id, settings.group(), careful ? 1 : settings.maxBatch());
        return new BatchSession(
                consumer,
                producer,
                new MicroBatch(settings.maxBatch(), settings.linger()),
                careful,
                tracer,
                ClientMeters.of(consumer, producer, meters));
    }

    /** Starts a share-group worker; its group reads topics from their start. */
    public <T extends Message> ShareWorker<T> shareWorker(
            WorkerDefinition<T> definition, ShareSettings settings, EventPublisher publisher, ShareHandler<T> handler) {
        try (Admin admin = admin()) {
            ShareGroupPreparation preparation = new ShareGroupPreparation(admin);
            preparation.requireLimitBelowBrokers(settings.deliveryLimit());
            preparation.configure(settings.group());
        }
        WorkerMetrics metrics = new WorkerMetrics(meters, definition.name());
        List<ShareConsumerThread<T>> threads = new ArrayList<>();
        for (int consumerThread = 1; consumerThread <= settings.threads(); consumerThread++) {
            String id = clientId(definition.name() + '-' + consumerThread);
            LoopState state = new LoopState(id, settings.silence());
            threads.add(new ShareConsumerThread<>(
                    definition.name() + '-' + consumerThread,
                    settings,
                    new ShareProcess<>(definition, handler, settings, tracer, metrics, state),
                    definition.listener(),
                    publisher,
                    metrics,
                    () -> new ShareSession(
                            clients.shareConsumer(id, settings.group()), topics.name(definition.topic())),
                    state));
        }
        ShareWorker<T> worker = new ShareWorker<>(definition.name(), threads);
        metrics.watch(worker);
        return worker.start();
    }

    /** As the other {@code follow}, from now on. */
    public <T extends Message> TopicFollower<T> follow(
            String name, Topic topic, T prototype, Consumer<Incoming<T>> listener) {
        return follow(name, topic, prototype, Duration.ZERO, listener);
    }

    /**
     * Starts to receive every event of a topic, in this process.
     *
     * @param prototype any instance of the topic's event, usually the default one
     * @param lookBack how old the first ones may be
     * @param listener called by one thread; must not block
     */
    public <T extends Message> TopicFollower<T> follow(
            String name, Topic topic, T prototype, Duration lookBack, Consumer<Incoming<T>> listener) {
        String id = clientId(name);
        EventCodec<T> codec = EventCodec.of(topic, prototype);
        return new TopicFollower<>(name, topics.name(topic), codec, tracer, lookBack, listener, () -> reader(id))
                .start();
    }

    /**
     * Opens a topic to be read from its start to its present end.
     *
     * @param prototype any instance of the topic's event, usually the default one
     */
    public <T extends Message> TopicScan<T> scan(String name, Topic topic, T prototype) {
        return new TopicScan<>(topics.name(topic), EventCodec.of(topic, prototype), reader(clientId(name)));
    }

    /**
     * For a compacted topic that several processes write in turn. {@link FencedTopicLogs} has one for each such topic.
     *
     * @param prototype any instance of the topic's event, usually the default one
     */
    <T extends Message> FencedTopicLog<T> fencedLog(Topic topic, T prototype, FencedTopicLog.Naming<T> naming) {
        String name = topics.name(topic);
        return new FencedTopicLog<>(
                name,
                () -> clients.transactionalProducer(FencedTopicLog.transactionalId(name)),
                () -> scan(topic.shortName() + "-ledger", topic, prototype),
                naming,
                writer,
                tracer);
    }

    /** As {@code follow}, from the topic's first record on. */
    public <T extends Message> TopicFollower<T> followFromStart(
            String name, Topic topic, T prototype, Consumer<Incoming<T>> listener) {
        return follow(name, topic, prototype, TopicFollower.EVER, listener);
    }

    /**
     * Tells from now on, as metrics, how many records wait before these groups.
     *
     * @param refresh time between two looks
     */
    public GroupBacklog backlog(List<WatchedGroup> groups, Duration refresh) {
        // A question that waits a minute for its answer would leave old values standing as long.
        Map<String, String> impatient = Map.of(
                "client.id", clientId("backlog"), "default.api.timeout.ms", "10000", "request.timeout.ms", "5000");
        return new GroupBacklog(() -> Admin.create(kafka.clientProperties(impatient)), topics, groups, meters)
                .start(refresh);
    }

    private PartitionReader reader(String clientId) {
        return new PartitionReader(records -> clients.freeConsumer(clientId, records));
    }

    private Admin admin() {
        return Admin.create(kafka.clientProperties(Map.of("client.id", clientId("admin"))));
    }

    /** The same for the same role after a restart, which lets a worker end its own open transaction immediately. */
    private String clientId(String role) {
        int count = made.merge(role, 1, Integer::sum);
        return service + '-' + role + '-' + kafka.instance() + (count == 1 ? "" : "-" + count);
    }
}
