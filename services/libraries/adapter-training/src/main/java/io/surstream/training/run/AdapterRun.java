package io.surstream.training.run;

import io.surstream.models.ConfigFile;
import io.surstream.models.adapter.AdapterLayout;
import io.surstream.models.adapter.AdapterState;
import io.surstream.models.adapter.AdapterTraining;
import io.surstream.models.adapter.SurAdapterWeights;
import io.surstream.models.initialization.FreshAdapter;
import io.surstream.models.unet.UNet2DConfig;
import io.surstream.schedulers.NoiseSchedule;
import io.surstream.schedulers.SchedulerConfig;
import io.surstream.torch.checkpoint.Checkpoint;
import io.surstream.torch.tensor.FloatTensor;
import io.surstream.torch.weights.Weights;
import io.surstream.training.TeacherLayer;
import io.surstream.training.TrainingException;
import io.surstream.training.checkpoint.LossScale;
import io.surstream.training.checkpoint.Manifest;
import io.surstream.training.checkpoint.RunIdentity;
import io.surstream.training.checkpoint.RunProgress;
import io.surstream.training.checkpoint.TrainingCheckpoint;
import io.surstream.training.examples.BatchMaker;
import io.surstream.training.examples.BatchPlan;
import io.surstream.training.examples.MergedBatch;
import io.surstream.training.examples.TrainingExample;
import io.surstream.training.settings.TrainingSettings;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/**
 * A training run. It keeps no hidden state: what a step does follows from the task, the global step and what {@link #save}
 * writes, so that a run that was interrupted and resumed equals one that was not, bit for bit on the same kind of device with
 * the same number of threads. One owner; not thread-safe.
 */
public final class AdapterRun implements AutoCloseable {
    private static final long MOST_LATENT_POSITIONS = 64 * 64;

    private final TrainingTask task;
    private final BatchPlan plan;
    private final int together;
    private final BatchMaker batches;
    private final AdapterTraining training;
    /** The published checkpoints' tensors that take no part: carried along. */
    private final Map<String, FloatTensor> unused;

    private RunProgress progress;

    private AdapterRun(TrainingTask task, AdapterState state, Map<String, FloatTensor> unused, RunProgress progress) {
        this.task = task;
        this.unused = unused;
        this.progress = progress;
        TrainingSettings settings = task.settings();
        plan = new BatchPlan(
                task.examples().size(),
                settings.trainBatchSize(),
                settings.gradientAccumulationSteps(),
                settings.seed());
        together = together(task);
        SchedulerConfig scheduler = task.model().scheduler();
        String prediction = scheduler.choice("prediction_type", "epsilon", List.of("epsilon", "v_prediction"));
        // the noise of training is DDPM's, whichever scheduler draws images
        NoiseSchedule noise = NoiseSchedule.of(scheduler.with("_class_name", "DDPMScheduler"));
        batches = new BatchMaker(settings, noise, prediction.equals("v_prediction"));
        Path unet = task.model().component("unet");
        try (Weights weights = Checkpoint.open(unet, "diffusion_pytorch_model")) {
            training = new AdapterTraining(
                    unet(task), weights, settings.dtype(task.device()), state, settings.step(), task.device());
        }
    }

    /** Begins with new weights, which follow from the seed. */
    public static AdapterRun fresh(TrainingTask task) {
        return begin(task, new FreshAdapter(width(task)).weights(task.settings().seed()));
    }

    /**
     * Begins with the weights of an adapter: safetensors, or a {@code .pt} state dict as published.
     *
     * @throws TrainingException if the adapter does not fit the model
     */
    public static AdapterRun from(TrainingTask task, Path adapter) {
        Map<String, FloatTensor> all = new TreeMap<>();
        try (Weights weights = Checkpoint.open(adapter, "adapter")) {
            SurAdapterWeights.trained(weights, adapter);
            weights.names().forEach(name -> all.put(name, weights.get(name).toFloat()));
        }
        long width = all.get("fc.weight").shape()[0];
        if (width != width(task)) {
            throw new TrainingException("adapter " + adapter + " has width " + width + " but the text encoder of "
                    + task.model().name() + " has " + width(task) + "; take an adapter of the same model family");
        }
        return begin(task, all);
    }

    private static AdapterRun begin(TrainingTask task, Map<String, FloatTensor> adapter) {
        TrainingSettings settings = task.settings();
        Map<String, FloatTensor> parameters = new TreeMap<>(SurAdapterWeights.trained(adapter));
        Map<String, FloatTensor> unused = new TreeMap<>(adapter);
        unused.keySet().removeAll(parameters.keySet());
        Map<String, FloatTensor> resize = Map.of();
        if (teacher(task)) {
            TeacherLayer teacher = task.teacher().orElseThrow();
            resize = new FreshAdapter(width(task)).resize(teacher.width(), settings.seed());
            if (settings.trainResize()) {
                parameters.putAll(resize);
                resize = Map.of();
            }
        }
        AdapterState state =
                AdapterState.initial(parameters, resize, settings.emaDecay().isPresent());
        RunProgress start = RunProgress.start(LossScale.first(settings.dtype(task.device())));
        return new AdapterRun(task, state, unused, start);
    }

    /**
     * Takes a run up again where {@link #save} left it.
     *
     * @throws io.surstream.training.checkpoint.CheckpointException if the folder is missing, corrupt, or of another run
     */
    public static AdapterRun resume(TrainingTask task, Path folder) {
        teacher(task);
        TrainingCheckpoint checkpoint = TrainingCheckpoint.open(folder, identity(task), task.settings());
        return new AdapterRun(task, checkpoint.state(), checkpoint.unused(), checkpoint.progress());
    }

    private static boolean teacher(TrainingTask task) {
        boolean needed = task.settings().objective().llmWeight() > 0;
        if (needed && task.teacher().isEmpty()) {
            throw new TrainingException(
                    "llm_weight is " + task.settings().objective().llmWeight()
                            + " but the run has no teacher; name one, or set llm_weight to 0");
        }
        return needed;
    }

    private static UNet2DConfig unet(TrainingTask task) {
        return UNet2DConfig.from(ConfigFile.read(task.model().component("unet").resolve("config.json")));
    }

    private static int width(TrainingTask task) {
        return unet(task).contextWidth().get(0);
    }

    private static RunIdentity identity(TrainingTask task) {
        return new RunIdentity(
                task.model().family(),
                task.model().revision(),
                width(task),
                task.teacher(),
                task.examples().size(),
                task.examples().digest());
    }

    /** Steps so far, skipped ones included. */
    public int globalStep() {
        return progress.globalStep();
    }

    /** Steps left out because a loss or, at the smallest loss scale, the gradients were not finite. */
    public int skippedSteps() {
        return progress.skippedSteps();
    }

    public int totalSteps() {
        TrainingSettings settings = task.settings();
        long byEpochs = (long) settings.numTrainEpochs().orElse(0) * plan.stepsPerEpoch();
        return byEpochs > 0 ? (int) Math.min(byEpochs, Integer.MAX_VALUE) : settings.maxTrainSteps();
    }

    public boolean finished() {
        return globalStep() >= totalSteps();
    }

    /** One optimizer step with all its micro-batches. */
    public StepReport step() {
        int step = progress.globalStep();
        double learningRate = task.settings().learningRate().at(step, totalSteps());
        double lossScale = progress.lossScale().map(LossScale::factor).orElse(1.0);
        LossSums sums = new LossSums();
        for (MergedBatch merged : MergedBatch.of(plan.microBatches(step), together)) {
            List<TrainingExample> rows = Arrays.stream(merged.indices())
                    .mapToObj(task.examples()::get)
                    .toList();
            AdapterTraining.Batch batch = batches.make(rows, step, sums.examples(), merged.microBatches());
            sums.add(training.accumulate(batch, lossScale), rows.size(), merged.microBatches());
            if (!sums.finite()) {
                training.discard();
                progress = progress.skipped();
                return sums.report(progress, Double.NaN, learningRate, true);
            }
        }
        int update = progress.updates() + 1;
        float norm = training.update(update, learningRate, averageDecay(update));
        progress = Float.isFinite(norm) ? progress.updated() : progress.overflowed();
        return sums.report(progress, norm, learningRate, !Float.isFinite(norm));
    }

    /**
     * How many micro-batches run together: as many as do not need more memory than one image of 512×512 would. One
     * where the adapter attends along the batch, which would then see more of it.
     */
    private static int together(TrainingTask task) {
        TrainingSettings settings = task.settings();
        if (settings.layout() == AdapterLayout.REFERENCE) {
            return 1;
        }
        long positions = task.examples().get(0).views().stream()
                .map(moments -> moments.mean().shape())
                .mapToLong(shape -> shape[1] * shape[2])
                .findFirst()
                .orElse(1);
        return together(positions * settings.trainBatchSize());
    }

    /** @param positions that a micro-batch's latents have, h·w times its images */
    public static int together(long positions) {
        return (int) Math.max(1, MOST_LATENT_POSITIONS / positions);
    }

    /** As diffusers' EMAModel without warm-up: the first update is taken as it is, a young average forgets quickly. */
    private double averageDecay(int update) {
        double young = update == 1 ? 0 : update / (9.0 + update);
        return Math.min(young, task.settings().emaDecay().orElse(0));
    }

    /**
     * Writes everything that {@link #resume} needs, and {@code adapter.safetensors} for use: the moving average where one is
     * kept. The folder appears whole or not at all.
     *
     * @param folder replaced if it exists
     * @return what was written; an adapter's revision is the beginning of its SHA-256
     */
    public Manifest save(Path folder) {
        return new TrainingCheckpoint(identity(task), task.settings(), progress, training.state(), unused)
                .write(folder);
    }

    @Override
    public void close() {
        training.close();
    }
}
