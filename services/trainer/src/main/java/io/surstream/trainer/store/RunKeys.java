package io.surstream.trainer.store;

import io.surstream.storage.ListedObject;
import java.util.List;
import java.util.Locale;
import java.util.regex.Pattern;

/** Where a run's objects lie. Run ids are checked before they come here. */
public final class RunKeys {
    static final String OPEN = "training/open/";
    private static final Pattern NUMBERED = Pattern.compile(".*/\\d{8}\\.(json|pb)");

    private RunKeys() {}

    static String open(String runId) {
        return OPEN + runId;
    }

    static String request(String runId) {
        return run(runId) + "request.pb";
    }

    static String stop(String runId) {
        return run(runId) + "stop.pb";
    }

    static String end(String runId) {
        return run(runId) + "result.pb";
    }

    static String teacher(String runId) {
        return run(runId) + "teacher.pb";
    }

    static String examples(String runId) {
        return run(runId) + "examples.pb";
    }

    /** Folder of the leases. */
    public static String leases(String runId) {
        return run(runId) + "leases/";
    }

    /** One lease; sorts by epoch. */
    public static String lease(String runId, int epoch) {
        return leases(runId) + digits(epoch) + ".json";
    }

    /** Folder of what is known as a checkpoint of the run: one object a step. */
    public static String published(String runId) {
        return run(runId) + "published/";
    }

    /** The announcement of a step's one checkpoint. */
    public static String published(String runId, int step) {
        return published(runId) + digits(step) + ".pb";
    }

    /**
     * Those of a listing that {@link #lease} or {@link #published(String, int)} made, in order. What a store that was killed while it wrote
     * leaves behind has other names.
     */
    public static List<String> numbered(List<ListedObject> found) {
        return found.stream()
                .map(ListedObject::key)
                .filter(key -> NUMBERED.matcher(key).matches())
                .toList();
    }

    /** The step in a key that {@link #published(String, int)} made. */
    public static int stepOf(String key) {
        return number(key, ".pb");
    }

    /** The epoch in a key that {@link #lease} made. */
    public static int epochOf(String key) {
        return number(key, ".json");
    }

    private static int number(String key, String ending) {
        return Integer.parseInt(key.substring(key.lastIndexOf('/') + 1, key.length() - ending.length()));
    }

    /** Folder of a checkpoint's files: nobody but the lease of that epoch writes there. */
    public static String checkpoint(String runId, int step, int epoch) {
        return checkpoints(runId, step) + digits(epoch) + "/";
    }

    /** Folder of all checkpoints' files. */
    public static String checkpoints(String runId) {
        return run(runId) + "checkpoints/";
    }

    /** What the folders of a step's checkpoints start with, one a lease. */
    public static String checkpoints(String runId, int step) {
        return checkpoints(runId) + digits(step) + "-";
    }

    /** Folder of TensorBoard event files. */
    public static String board(String runId) {
        return run(runId) + "tensorboard/";
    }

    private static String run(String runId) {
        return "training/runs/" + runId + "/";
    }

    private static String digits(int number) {
        return String.format(Locale.ROOT, "%08d", number);
    }
}
