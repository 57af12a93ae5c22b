package io.surstream.trainer.model;

import io.surstream.contract.Sha256;
import io.surstream.contract.failure.FailureType;
import io.surstream.models.ModelFolder;
import io.surstream.models.hub.ModelResolver;
import io.surstream.modelstore.models.BucketModels;
import io.surstream.retry.Backoff;
import io.surstream.storage.ObjectNotFoundException;
import io.surstream.storage.ObjectStore;
import io.surstream.storage.StoreSettings;
import io.surstream.storage.StoreUnavailableException;
import io.surstream.torch.TorchDevice;
import io.surstream.trainer.assemble.ExampleGathering.Waiting;
import io.surstream.trainer.images.TrainingImageReader;
import io.surstream.trainer.images.UnusableImageException;
import io.surstream.trainer.store.RetryingObjectStore;
import io.surstream.trainer.train.RunFailedException;
import io.surstream.trainer.train.RunOpener;
import io.surstream.trainer.train.RunPlan;
import io.surstream.trainer.train.SteppedRun;
import io.surstream.training.TeacherLayer;
import io.surstream.training.examples.ExampleSet;
import io.surstream.training.features.FeatureCache;
import io.surstream.training.features.FrozenFeatures;
import io.surstream.training.run.AdapterRun;
import io.surstream.training.run.TrainingTask;
import io.surstream.v1.ExampleCurated;
import io.surstream.v1.TeacherChoice;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Opens runs of the training library: model, frozen features of all examples, then fresh, given or resumed weights. */
public final class AdapterRunOpener implements RunOpener {
    private static final Backoff STORE_BACKOFF = new Backoff(Duration.ofSeconds(1), Duration.ofSeconds(10));

    private final Settings settings;
    private final BucketModels fetcher;
    private final ObjectStore objects;
    private final FeatureCount counted;

    /** Receives, once per run, how many frozen features were in the cache and how many were not. */
    @FunctionalInterface
    public interface FeatureCount {
        void sought(int found, int computed);
    }

    /**
     * @param model reference of the base model where a run names none
     * @param features folder of the feature cache
     * @param shareFeatures whether features go to object storage too
     */
    public record Settings(
            String model,
            String device,
            Path features,
            boolean shareFeatures,
            long maxImageBytes,
            long maxImagePixels) {}

    /**
     * @param account for models and adapters in object storage
     * @param objects the caller's
     */
    public AdapterRunOpener(Settings settings, StoreSettings account, ObjectStore objects, FeatureCount counted) {
        this.settings = settings;
        this.fetcher = BucketModels.standard(account);
        this.objects = objects;
        this.counted = counted;
    }

    @Override
    public SteppedRun open(RunPlan plan, Waiting waiting) {
        ModelFolder model = ModelResolver.standard(Map.of())
                .resolve(local(plan.model().isEmpty() ? settings.model() : plan.model(), waiting));
        TorchDevice device = TorchDevice.parse(settings.device());
        ObjectStore patient = new RetryingObjectStore(objects, waiting::pause);
        FeatureCache cache = settings.shareFeatures()
                ? new FeatureCache(settings.features(), new SharedFeatures(patient))
                : new FeatureCache(settings.features());
        LeftOut leftOut = new LeftOut();
        ExampleSet examples = examples(plan, model, device, cache, patient, waiting, leftOut);
        TrainingTask task = new TrainingTask(model, examples, teacher(plan), plan.settings(), device);
        return new SteppedAdapterRun(begin(plan, task, waiting), model.revision(), leftOut.remark(examples.size()));
    }

    private AdapterRun begin(RunPlan plan, TrainingTask task, Waiting waiting) {
        if (plan.checkpoint().isPresent()) {
            return AdapterRun.resume(task, plan.checkpoint().get());
        }
        return plan.initialAdapter().isEmpty()
                ? AdapterRun.fresh(task)
                : AdapterRun.from(task, Path.of(local(plan.initialAdapter(), waiting)));
    }

    private String local(String reference, Waiting waiting) {
        waiting.tell("looking for " + reference);
        for (int failures = 1; ; failures++) {
            try {
                return fetcher.local(reference);
            } catch (StoreUnavailableException e) {
                waiting.pause(STORE_BACKOFF.after(failures));
            } catch (IllegalArgumentException | ObjectNotFoundException e) {
                throw RunFailedException.of(
                        FailureType.MODEL_UNUSABLE, reference + " cannot be fetched: " + e.getMessage());
            }
        }
    }

    private static Optional<TeacherLayer> teacher(RunPlan plan) {
        TeacherChoice teacher = plan.teacher();
        return plan.needsTeacher()
                ? Optional.of(new TeacherLayer(
                        teacher.getTeacher(),
                        teacher.getLayer(),
                        teacher.getPooling(),
                        plan.vectors().width()))
                : Optional.empty();
    }

    private ExampleSet examples(
            RunPlan plan,
            ModelFolder model,
            TorchDevice device,
            FeatureCache cache,
            ObjectStore patient,
            Waiting waiting,
            LeftOut leftOut) {
        TrainingImageReader images =
                new TrainingImageReader(patient, settings.maxImageBytes(), settings.maxImagePixels());
        boolean denoises = plan.settings().objective().denoisingWeight() > 0;
        List<ExampleCurated> sample = plan.settings().sample(plan.examples());
        List<StoredExamples.Row> rows = new ArrayList<>();
        StringBuilder ids = new StringBuilder(plan.teacher().toString());
        try (FrozenFeatures features = new FrozenFeatures(model, plan.settings(), device, cache)) {
            for (ExampleCurated example : sample) {
                waiting.tell("frozen features of " + rows.size() + " of " + sample.size() + " examples");
                try {
                    rows.add(new StoredExamples.Row(
                            features.compute(
                                    example.getSimplePrompt(),
                                    example.getComplexPrompt(),
                                    denoises ? Optional.of(images.read(example.getImage())) : Optional.empty()),
                            example.getSimplePrompt()));
                    ids.append('\n').append(example.getExampleId());
                } catch (UnusableImageException e) {
                    leftOut.count(example.getExampleId(), e);
                }
            }
            counted.sought(features.found(), features.computed());
        }
        if (rows.isEmpty()) {
            throw RunFailedException.of(
                    FailureType.NO_USABLE_EXAMPLES, "none of the run's images can be used: " + leftOut.remark(0));
        }
        String digest = Sha256.of(ids.toString().getBytes(StandardCharsets.UTF_8));
        return new StoredExamples(cache, plan.vectors(), rows, digest);
    }

    /** Examples that are not trained on, by reason. */
    private static final class LeftOut {
        private static final Logger LOG = LoggerFactory.getLogger(AdapterRunOpener.class);
        private final Map<UnusableImageException.Reason, Integer> counts = new TreeMap<>();

        void count(String exampleId, UnusableImageException problem) {
            LOG.warn("example {} is left out: {}", exampleId, problem.getMessage());
            counts.merge(problem.reason(), 1, Integer::sum);
        }

        String remark(int used) {
            return used + (used == 1 ? " example" : " examples") + (counts.isEmpty() ? "" : "; left out: " + counts);
        }
    }
}
