package io.surstream.trainer.checkpoint;

import com.google.protobuf.InvalidProtocolBufferException;
import io.surstream.storage.ListedObject;
import io.surstream.storage.ObjectStore;
import io.surstream.storage.StoredObject;
import io.surstream.trainer.lease.RunLease;
import io.surstream.trainer.store.RunKeys;
import io.surstream.v1.CheckpointPublished;
import io.surstream.v1.ObjectReference;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Stream;

/**
 * A run's checkpoints in object storage. Each lease writes into its own folder, the manifest last; then one object a
 * step, made by a conditional put, says which folder is that step's checkpoint. So, whichever trainer still writes, a
 * step has one checkpoint and it is whole. One thread.
 */
public final class RunCheckpoints {
    static final String MANIFEST = "manifest.json";
    static final String ADAPTER = "adapter.safetensors";

    private static final int REVISION_DIGITS = 16;
    private static final String BINARY = "application/octet-stream";

    private final ObjectStore objects;
    private final RunLease lease;

    public RunCheckpoints(ObjectStore objects, RunLease lease) {
        this.objects = objects;
        this.lease = lease;
    }

    /** The step's checkpoint is another one, made by a former owner of the run: go back to it. */
    public static final class ConflictException extends RuntimeException {
        private static final long serialVersionUID = 1L;

        ConflictException(String key) {
            super("s3 object " + key + " names another checkpoint; the run continues from that one");
        }
    }

    /** Step of a run's newest checkpoint; 0 when it has none. */
    public static int latestStep(ObjectStore objects, String runId) {
        List<String> steps = steps(objects, runId);
        return steps.isEmpty() ? 0 : RunKeys.stepOf(steps.get(steps.size() - 1));
    }

    private static List<String> steps(ObjectStore objects, String runId) {
        return RunKeys.numbered(objects.list(RunKeys.published(runId)));
    }

    /** The newest whole one; empty when the run has none. */
    public Optional<CheckpointPublished> latest() {
        List<String> steps = steps(objects, lease.runId());
        return steps.isEmpty() ? Optional.empty() : Optional.of(read(steps.get(steps.size() - 1)));
    }

    /**
     * Uploads a folder and makes it the step's checkpoint.
     *
     * @param folder with {@code manifest.json} and {@code adapter.safetensors}
     * @param about the event without revision and references
     * @return the step's checkpoint from now on, to be announced in these words
     * @throws io.surstream.trainer.lease.RunLeaseLostException when another trainer has the run; nothing is made known
     * @throws ConflictException when the step has another checkpoint already
     */
    public CheckpointPublished publish(Path folder, CheckpointPublished about) {
        lease.verify(objects);
        String prefix = RunKeys.checkpoint(lease.runId(), about.getGlobalStep(), lease.epoch());
        for (Path file : files(folder)) {
            if (!file.getFileName().toString().equals(MANIFEST)) {
                objects.put(prefix + file.getFileName(), file, BINARY);
            }
        }
        objects.put(prefix + MANIFEST, folder.resolve(MANIFEST), "application/json");
        ObjectReference adapter = reference(prefix + ADAPTER);
        CheckpointPublished proposal = about.toBuilder()
                .setRevision(adapter.getSha256().substring(0, REVISION_DIGITS))
                .setAdapter(adapter)
                .setManifest(reference(prefix + MANIFEST))
                .build();
        lease.verify(objects);
        return settle(proposal);
    }

    private CheckpointPublished settle(CheckpointPublished proposal) {
        String key = RunKeys.published(lease.runId(), proposal.getGlobalStep());
        if (objects.putIfAbsent(key, proposal.toByteArray(), "application/protobuf")) {
            return proposal;
        }
        CheckpointPublished settled = read(key);
        if (!settled.getRevision().equals(proposal.getRevision())) {
            throw new ConflictException(key);
        }
        return settled;
    }

    /** Brings a checkpoint's files into a folder, which is emptied first; the reader checks them against the manifest. */
    public void fetch(CheckpointPublished checkpoint, Path folder) {
        String prefix = folderOf(checkpoint);
        LocalFolder.empty(folder);
        for (ListedObject file : objects.list(prefix)) {
            objects.download(file.key(), folder.resolve(file.key().substring(prefix.length())));
        }
    }

    /**
     * Removes files of old checkpoints, and what former owners left behind unannounced. The announcements stay, so that
     * no trainer repeats the step's checkpoint.
     *
     * @param keep how many of the newest stay, 1 or more
     * @param inUse revisions that stay, however old
     */
    public void prune(int keep, Set<String> inUse) {
        List<String> steps = steps(objects, lease.runId());
        Set<String> present = new TreeSet<>();
        String root = RunKeys.checkpoints(lease.runId());
        objects.list(root)
                .forEach(file -> present.add(file.key().substring(0, file.key().lastIndexOf('/') + 1)));
        for (int i = 0; i < steps.size(); i++) {
            CheckpointPublished checkpoint = read(steps.get(i));
            String own = folderOf(checkpoint);
            String ofStep = RunKeys.checkpoints(lease.runId(), checkpoint.getGlobalStep());
            boolean stays = i >= steps.size() - keep || inUse.contains(checkpoint.getRevision());
            present.stream()
                    .filter(folder -> folder.startsWith(ofStep) && !(stays && folder.equals(own)))
                    .forEach(this::remove);
        }
    }

    /** The manifest first: what has lost files must not look whole. */
    private void remove(String prefix) {
        objects.delete(prefix + MANIFEST);
        objects.list(prefix).forEach(file -> objects.delete(file.key()));
    }

    private CheckpointPublished read(String key) {
        try {
            return CheckpointPublished.parseFrom(objects.get(key));
        } catch (InvalidProtocolBufferException e) {
            throw new IllegalStateException(key + " is not what a trainer wrote; remove the object", e);
        }
    }

    private static String folderOf(CheckpointPublished checkpoint) {
        String key = checkpoint.getManifest().getKey();
        return key.substring(0, key.length() - MANIFEST.length());
    }

    private ObjectReference reference(String key) {
        StoredObject stored = objects.head(key);
        return ObjectReference.newBuilder()
                .setBucket(stored.bucket())
                .setKey(key)
                .setSha256(stored.sha256().orElseThrow(() -> new IllegalStateException(key + " has no digest")))
                .setSize(stored.size())
                .setContentType(stored.contentType())
                .build();
    }

    private static List<Path> files(Path folder) {
        try (Stream<Path> files = Files.list(folder)) {
            return files.sorted().toList();
        } catch (IOException e) {
            throw new UncheckedIOException("cannot read " + folder, e);
        }
    }
}
