package io.surstream.teacher.kafka;

import io.surstream.models.ModelException;
import io.surstream.modelstore.tensors.TensorOffload;
import io.surstream.serviceruntime.lifecycle.ServiceWorkers;
import io.surstream.storage.ObjectStore;
import io.surstream.streaming.EventStreaming;
import io.surstream.streaming.batch.BatchSettings;
import io.surstream.streaming.deadletter.DeadLetterListener;
import io.surstream.streaming.loop.EventWorker;
import io.surstream.streaming.loop.WorkerDefinition;
import io.surstream.streaming.topic.Topic;
import io.surstream.teacher.config.TeacherConfig;
import io.surstream.teacher.embed.EmbedStage;
import io.surstream.teacher.embed.TeacherMeters;
import io.surstream.teacher.validation.EmbedValidation;
import io.surstream.v1.ExampleCurated;
import io.surstream.v1.PromptEmbedded;
import io.surstream.v1.TeacherChoice;
import java.util.Map;
import java.util.Set;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** What this service runs on the cluster: the batch worker, or nothing where there is no teacher. */
public final class TeacherWorkers implements ServiceWorkers {
    /** Topics that llm-teacher reads, writes or watches. */
    public static final Set<Topic> TOPICS = Set.of(Topic.EXAMPLES_CURATED, Topic.EXAMPLES_EMBEDDED, Topic.DEAD_LETTERS);

    private static final Logger LOG = LoggerFactory.getLogger(TeacherWorkers.class);

    private final EventWorker worker;
    private final EmbeddedPromptIndex index;
    private final String reason;

    private TeacherWorkers(EventWorker worker, EmbeddedPromptIndex index, String reason) {
        this.worker = worker;
        this.index = index;
        this.reason = reason;
    }

    /**
     * Creates missing topics and starts. Where no teacher can be found nothing is read: the examples stay where they are
     * for a service that has one.
     *
     * @param objects takes embeddings that are too large for an event; stays the caller's to close
     */
    public static TeacherWorkers start(
            EventStreaming streaming,
            EmbedStage stage,
            ObjectStore objects,
            TeacherMeters meters,
            TeacherConfig config) {
        streaming.ensureTopics(TOPICS);
        TeacherChoice choice;
        try {
            choice = stage.choice();
        } catch (ModelException e) {
            LOG.warn("no example is embedded: {}", e.getMessage());
            return new TeacherWorkers(null, null, e.getMessage());
        }
        EmbeddedPromptIndex index = new EmbeddedPromptIndex(
                choice,
                () -> streaming.scan(
                        "llm-teacher-index", Topic.EXAMPLES_EMBEDDED, PromptEmbedded.getDefaultInstance()));
        TensorOffload offload = new TensorOffload(objects, () -> "teacher-embeddings", config.inlineLimit());
        EventWorker worker = streaming.batchWorker(
                WorkerDefinition.of(
                        EmbedValidation.STAGE,
                        Topic.EXAMPLES_CURATED,
                        ExampleCurated.getDefaultInstance(),
                        DeadLetterListener.silent()),
                settings(config),
                new CuratedExampleHandler(stage, choice, index, offload, meters));
        return new TeacherWorkers(worker, index, null);
    }

    static BatchSettings settings(TeacherConfig config) {
        return BatchSettings.of(config.group())
                .withBatch(config.maxBatch(), config.linger())
                .withTimes(config.silence(), config.drain());
    }

    /** Why no prompt is embedded, if none is. */
    @Override
    public Map<String, String> details() {
        return reason == null ? Map.of() : Map.of("teacher", reason);
    }

    @Override
    public boolean isReady() {
        return worker == null || worker.isReady();
    }

    @Override
    public boolean isLive() {
        return worker == null || worker.isLive();
    }

    /** Finishes the current batch, or leaves it after the drain time to another worker. */
    @Override
    public void close() {
        if (worker != null) {
            worker.close();
            index.close();
        }
    }
}
