package io.surstream.evaluator.checkpoint;

import com.google.protobuf.InvalidProtocolBufferException;
import io.surstream.storage.ObjectStore;
import io.surstream.storage.StoredObject;
import io.surstream.v1.CheckpointEvaluated;
import io.surstream.v1.ObjectReference;
import java.util.Optional;

/**
 * What an evaluation leaves behind, under {@code evaluations/<revision>/}: {@code report.json}, {@code sheet.png} and
 * the event {@code evaluated.pb}, written at most once and last, so that a revision always has one evaluation.
 * Thread-safe.
 */
public final class EvaluationStore implements AutoCloseable {
    private static final String JSON = "application/json";
    private static final String PNG = "image/png";
    private static final String PROTOBUF = "application/protobuf";

    private final ObjectStore objects;

    /** Takes the store over; {@link #close} closes it. */
    public EvaluationStore(ObjectStore objects) {
        this.objects = objects;
    }

    /** Makes the bucket when it is missing; throws when the store cannot be used. */
    public void open() {
        objects.ensureBucket();
    }

    /** The evaluation that was settled before. */
    public Optional<CheckpointEvaluated> find(String revision) {
        String key = folder(revision) + "evaluated.pb";
        return objects.find(key).map(found -> read(key));
    }

    public ObjectReference keepDocument(String revision, byte[] json) {
        return keep(folder(revision) + "report.json", json, JSON);
    }

    public ObjectReference keepSheet(String revision, byte[] png) {
        return keep(folder(revision) + "sheet.png", png, PNG);
    }

    /** @return the revision's evaluation from now on: the proposal, or the one of a faster process */
    public CheckpointEvaluated commitResult(CheckpointEvaluated proposal) {
        String key = folder(proposal.getCheckpoint().getRevision()) + "evaluated.pb";
        return objects.putIfAbsent(key, proposal.toByteArray(), PROTOBUF) ? proposal : read(key);
    }

    private ObjectReference keep(String key, byte[] content, String contentType) {
        StoredObject stored = objects.put(key, content, contentType);
        return ObjectReference.newBuilder()
                .setBucket(stored.bucket())
                .setKey(key)
                .setSha256(stored.sha256().orElse(""))
                .setSize(stored.size())
                .setContentType(stored.contentType())
                .build();
    }

    private CheckpointEvaluated read(String key) {
        try {
            return CheckpointEvaluated.parseFrom(objects.get(key));
        } catch (InvalidProtocolBufferException e) {
            throw new IllegalStateException(key + " is no CheckpointEvaluated; remove the object", e);
        }
    }

    private static String folder(String revision) {
        return "evaluations/" + revision + "/";
    }

    @Override
    public void close() {
        objects.close();
    }
}
