package io.surstream.training.settings;

import io.surstream.models.adapter.AdamW;
import io.surstream.models.adapter.AdapterLayout;
import io.surstream.models.adapter.AdapterObjective;
import io.surstream.models.adapter.AdapterTrainingSettings;
import io.surstream.models.adapter.SurAdapterConfig;
import io.surstream.torch.DTypePolicy;
import io.surstream.torch.TorchDevice;
import io.surstream.torch.tensor.DType;
import io.surstream.training.settings.LearningRate.Schedule;
import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.OptionalInt;
import java.util.Random;
import java.util.stream.IntStream;

/**
 * How an adapter is trained. {@link #of} takes values by the names of the published training script, with its defaults.
 *
 * @param maxTrainSteps optimizer steps of the run, unless its length is given in epochs
 * @param numTrainEpochs the run's length where no steps were given
 * @param maxTrainSamples how many examples to train on; see {@link #sample}
 * @param adapterWeight λ
 * @param layout along which axis the adapter's encoder attends
 * @param dropout in the adapter's encoder
 * @param trainResize whether the layer that resizes the teacher's vector is trained too
 * @param snrGamma γ of min-SNR weighting (Hang et al. 2023); empty for none
 * @param noiseOffset deviation of the noise's shift per channel; 0 for none
 * @param emaDecay largest decay of the parameters' moving average; empty where none is kept
 * @param checkpointingSteps optimizer steps from one checkpoint to the next
 * @param checkpointsTotalLimit how many of the newest to keep; empty for all
 * @param mixedPrecision what the frozen networks compute in: no (fp32), bf16 or fp16
 */
public record TrainingSettings(
        int maxTrainSteps,
        OptionalInt numTrainEpochs,
        OptionalInt maxTrainSamples,
        int trainBatchSize,
        int gradientAccumulationSteps,
        LearningRate learningRate,
        AdamW optimizer,
        AdapterObjective objective,
        double adapterWeight,
        AdapterLayout layout,
        double dropout,
        boolean trainResize,
        OptionalDouble snrGamma,
        double noiseOffset,
        ImageSettings images,
        OptionalDouble emaDecay,
        int checkpointingSteps,
        OptionalInt checkpointsTotalLimit,
        String mixedPrecision,
        long seed) {

    private static final int MOST = 100_000_000;

    /** The published script's. */
    public static TrainingSettings defaults() {
        return of(Map.of());
    }

    /**
     * Values by the published script's names ({@code learning_rate}, {@code max_train_steps}, …); numbers and flags may also be
     * texts. What is absent, null or empty takes the default. JSON of the event {@code TrainingSettings} with its own field
     * names fits.
     *
     * @throws TrainingSettingsException with every problem, unknown names included
     */
    public static TrainingSettings of(Map<String, ?> values) {
        SettingsReader in = new SettingsReader(values);
        boolean ema = in.flag("use_ema", false);
        double decay = in.number("ema_decay", 0.9999, 0, 1);
        OptionalInt steps = in.optionalCount("max_train_steps", 1, MOST);
        OptionalInt epochs = in.optionalCount("num_train_epochs", 1, MOST);
        int batch = in.count("train_batch_size", 1, 1, 65536);
        int accumulation = in.count("gradient_accumulation_steps", 4, 1, 65536);
        TrainingSettings settings = new TrainingSettings(
                steps.orElse(5000),
                steps.isPresent() ? OptionalInt.empty() : epochs,
                in.optionalCount("max_train_samples", 1, MOST),
                batch,
                accumulation,
                learningRate(in, (double) batch * accumulation),
                optimizer(in),
                objective(in),
                in.number("adapter_weight", 0.1, -10, 10),
                AdapterLayout.parse(in.choice("layout", "token", "token", "reference")),
                in.number("dropout", 0.1, 0, 0.99),
                in.flag("train_resize", false),
                in.optionalNumber("snr_gamma", 1e-6, 1e6),
                in.number("noise_offset", 0, 0, 10),
                new ImageSettings(
                        in.count("resolution", 512, 8, 8192),
                        in.flag("center_crop", true),
                        in.flag("random_flip", true)),
                ema ? OptionalDouble.of(decay) : OptionalDouble.empty(),
                in.count("checkpointing_steps", 100, 1, MOST),
                in.optionalCount("checkpoints_total_limit", 1, MOST),
                in.choice("mixed_precision", "no", "no", "fp16", "bf16"),
                in.seed("seed", 0));
        in.finish();
        return settings;
    }

    /** @param examples of a step, which {@code scale_lr} multiplies the rate by */
    private static LearningRate learningRate(SettingsReader in, double examples) {
        Schedule schedule = Schedule.parse(in.choice("lr_scheduler", "constant", Schedule.names()));
        double least = schedule == Schedule.POLYNOMIAL ? LearningRate.POLYNOMIAL_END : 0;
        double rate = in.number("learning_rate", 1e-5, least, 10);
        return new LearningRate(
                in.flag("scale_lr", false) ? rate * examples : rate, schedule, in.count("lr_warmup_steps", 0, 0, MOST));
    }

    private static AdamW optimizer(SettingsReader in) {
        return new AdamW(
                in.number("adam_beta1", 0.9, 0, 0.999999),
                in.number("adam_beta2", 0.999, 0, 0.999999),
                in.number("adam_epsilon", 1e-8, 1e-30, 1),
                in.number("adam_weight_decay", 1e-2, 0, 10),
                in.number("max_grad_norm", 1, 0, 1e30));
    }

    private static AdapterObjective objective(SettingsReader in) {
        AdapterObjective objective = new AdapterObjective(
                in.number("denoising_weight", 1, 0, 1e6),
                in.flag("denoising_gradient", true),
                in.number("llm_weight", 1e-5, 0, 1e6),
                in.number("prompt_weight", 1e-5, 0, 1e6),
                in.choice("loss_reduction", "reference", "reference", "mean").equals("mean")
                        ? AdapterObjective.Reduction.MEAN
                        : AdapterObjective.Reduction.REFERENCE,
                in.choice("kl_direction", "reference", "reference", "teacher-to-student")
                                .equals("reference")
                        ? AdapterObjective.Direction.REFERENCE
                        : AdapterObjective.Direction.TEACHER_TO_STUDENT);
        boolean denoises = objective.denoisingWeight() > 0 && objective.denoisingGradient();
        if (!denoises && objective.llmWeight() == 0 && objective.promptWeight() == 0) {
            in.refuse("prompt_weight", "above 0 where no other loss reaches the adapter");
        }
        return objective;
    }

    /** By the published script's names, so that {@link #of} gives equal settings. */
    public Map<String, Object> toMap() {
        Map<String, Object> out = new LinkedHashMap<>();
        out.put("learning_rate", learningRate.peak());
        out.put("adam_beta1", optimizer.beta1());
        out.put("adam_beta2", optimizer.beta2());
        out.put("adam_weight_decay", optimizer.weightDecay());
        out.put("adam_epsilon", optimizer.epsilon());
        out.put("train_batch_size", trainBatchSize);
        out.put("gradient_accumulation_steps", gradientAccumulationSteps);
        numTrainEpochs.ifPresentOrElse(
                epochs -> out.put("num_train_epochs", epochs), () -> out.put("max_train_steps", maxTrainSteps));
        maxTrainSamples.ifPresent(samples -> out.put("max_train_samples", samples));
        out.put("lr_scheduler", learningRate.schedule().toString());
        out.put("lr_warmup_steps", learningRate.warmupSteps());
        out.put("max_grad_norm", optimizer.maxGradNorm());
        out.put("llm_weight", objective.llmWeight());
        out.put("prompt_weight", objective.promptWeight());
        out.put("denoising_weight", objective.denoisingWeight());
        out.put("denoising_gradient", objective.denoisingGradient());
        out.put("loss_reduction", objective.reduction() == AdapterObjective.Reduction.MEAN ? "mean" : "reference");
        boolean published = objective.direction() == AdapterObjective.Direction.REFERENCE;
        out.put("kl_direction", published ? "reference" : "teacher-to-student");
        out.put("adapter_weight", adapterWeight);
        out.put("layout", layout.toString());
        out.put("dropout", dropout);
        out.put("train_resize", trainResize);
        out.put("resolution", images.resolution());
        out.put("center_crop", images.centerCrop());
        out.put("random_flip", images.randomFlip());
        snrGamma.ifPresent(gamma -> out.put("snr_gamma", gamma));
        out.put("noise_offset", noiseOffset);
        out.put("use_ema", emaDecay.isPresent());
        emaDecay.ifPresent(decay -> out.put("ema_decay", decay));
        out.put("checkpointing_steps", checkpointingSteps);
        checkpointsTotalLimit.ifPresent(limit -> out.put("checkpoints_total_limit", limit));
        out.put("mixed_precision", mixedPrecision);
        out.put("seed", seed);
        return out;
    }

    /**
     * What the frozen networks compute in.
     *
     * @throws io.surstream.torch.tensor.TorchException for fp16 on the CPU
     */
    public DType dtype(TorchDevice device) {
        return DTypePolicy.parse(mixedPrecision.equals("no") ? "fp32" : mixedPrecision, device);
    }

    /**
     * Why the published script's setting of this name is not offered; empty where it is, or where there is none of that name.
     */
    public static Optional<String> whyNot(String name) {
        return NotOffered.reason(name);
    }

    /**
     * The examples to train on: all, or {@code maxTrainSamples} of them, chosen by the seed. For the code that
     * assembles a run's examples, before anything is computed for them.
     *
     * @return in the same order
     */
    public <E> List<E> sample(List<E> examples) {
        if (maxTrainSamples.isEmpty() || maxTrainSamples.getAsInt() >= examples.size()) {
            return examples;
        }
        List<Integer> places =
                new ArrayList<>(IntStream.range(0, examples.size()).boxed().toList());
        Collections.shuffle(places, new Random(seed));
        return places.stream()
                .limit(maxTrainSamples.getAsInt())
                .sorted()
                .map(examples::get)
                .toList();
    }

    /** What the step itself needs. */
    public AdapterTrainingSettings step() {
        return new AdapterTrainingSettings(
                SurAdapterConfig.of(adapterWeight, layout), dropout, objective, optimizer, gradientAccumulationSteps);
    }
}
