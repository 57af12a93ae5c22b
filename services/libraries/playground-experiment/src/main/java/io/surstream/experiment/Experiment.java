package io.surstream.experiment;

import io.surstream.evaluation.measure.ArmResult;
import io.surstream.evaluation.measure.LatentFeatures;
import io.surstream.evaluation.measure.Measuring;
import io.surstream.evaluation.measure.PlaygroundScorer;
import io.surstream.evaluation.paint.AppliedAdapter;
import io.surstream.evaluation.paint.PaintingModel;
import io.surstream.evaluation.report.ContactSheet;
import io.surstream.models.ModelFolder;
import io.surstream.models.adapter.SurAdapter;
import io.surstream.models.llama.LlamaTeacher;
import io.surstream.models.llama.TeacherFolder;
import io.surstream.playground.world.Scene;
import io.surstream.torch.TorchDevice;
import io.surstream.torch.tensor.DType;
import io.surstream.training.TeacherLayer;
import io.surstream.training.run.TrainingTask;
import io.surstream.training.settings.TrainingSettings;
import io.surstream.v1.SamplingSettings;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;

/**
 * Runs rows: data, teacher's states, training, images, numbers. What is done stays in the folder, one sub-folder a
 * row, and is not done again; an interrupted training continues. Owned by one thread.
 */
public final class Experiment {
    private static final int KEPT = 32;
    private static final String PROBES = "probes.json";

    /** The PNG of images without and with the adapter. */
    public static final String SHEET = "sheet.png";

    private final ExperimentPlan plan;
    private final ModelFolder model;
    private final TeacherFolder teacher;
    private final Path folder;
    private final ExperimentProgress progress;
    private final Outlook outlook = new Outlook(this::settings);
    private SceneExamples examples;

    /** @param folder holds results of one plan, one model and one teacher only */
    public Experiment(
            ExperimentPlan plan, ModelFolder model, TeacherFolder teacher, Path folder, ExperimentProgress progress) {
        this.plan = plan;
        this.model = model;
        this.teacher = teacher;
        this.folder = folder;
        this.progress = progress;
    }

    /**
     * Runs the rows that have no result yet.
     *
     * @return the probes and every row's result, in the order of the cells
     */
    public ExperimentReport run(List<ExperimentRow> rows) throws IOException {
        ExperimentStamp.check(folder, plan, model.revision(), teacher.revision());
        ProbeStudy probes = probes();
        Map<ExperimentRow, RowResult> results = new LinkedHashMap<>();
        List<ExperimentRow> toCome = new ArrayList<>(rows);
        for (ExperimentRow row : rows) {
            Path file = file(row);
            if (!Files.exists(file)) {
                toCome.removeIf(each -> Files.exists(file(each)));
                progress.note(outlook.before(toCome));
                JsonFile.write(file, result(row));
            }
            results.put(row, JsonFile.read(file, RowResult.class));
        }
        if (results.containsKey(ExperimentRow.ADAPTER)) {
            Files.write(folder.resolve(SHEET), sheet(results));
        }
        return ExperimentReport.of(plan, probes, results, references());
    }

    private ProbeStudy probes() {
        Path file = folder.resolve(PROBES);
        if (!Files.exists(file)) {
            try (LlamaTeacher reader = LlamaTeacher.load(teacher, DType.FP32, TorchDevice.CPU)) {
                JsonFile.write(file, ProbeStudy.of(model, reader, plan.seed(), progress));
            }
        }
        return JsonFile.read(file, ProbeStudy.class);
    }

    /** The first images without and with the adapter, side by side. */
    private byte[] sheet(Map<ExperimentRow, RowResult> results) {
        PlaygroundScorer scorer = new PlaygroundScorer(ExperimentRow.PLAIN.wording());
        return ContactSheet.of(
                scorer.tasks(plan.images(), plan.seed()),
                results.get(ExperimentRow.PLAIN).arm(),
                results.get(ExperimentRow.ADAPTER).arm(),
                scorer.headline());
    }

    private Path file(ExperimentRow row) {
        return folder.resolve(row.name()).resolve("result.json");
    }

    private RowResult result(ExperimentRow row) throws IOException {
        Path own = Files.createDirectories(folder.resolve(row.name()));
        Map<String, Double> losses = Map.of();
        double seconds = 0;
        if (row.settings().isPresent()) {
            LossMeans means = RowTraining.run(row, task(settings(row)), own, progress);
            losses = means.means();
            seconds = means.seconds();
            outlook.trained(row, seconds);
        }
        long start = System.nanoTime();
        ArmResult arm = measure(row);
        outlook.drawn((System.nanoTime() - start) / 1e9);
        return new RowResult(arm, losses, seconds);
    }

    private TrainingSettings settings(ExperimentRow row) {
        Map<String, Object> asked = new LinkedHashMap<>(row.settings().orElseThrow());
        if (plan.maxTrainSteps() > 0) {
            asked.put("max_train_steps", plan.maxTrainSteps());
        }
        return TrainingSettings.of(asked);
    }

    private TrainingTask task(TrainingSettings settings) {
        return new TrainingTask(
                model,
                examples(),
                Optional.of(new TeacherLayer(
                        teacher.revision(),
                        teacher.usualLayer(),
                        "last",
                        teacher.config().hiddenSize())),
                settings,
                TorchDevice.CPU);
    }

    /** Made when the first row that trains asks for them. */
    private SceneExamples examples() {
        if (examples == null) {
            try (LlamaTeacher reader = LlamaTeacher.load(teacher, DType.FP32, TorchDevice.CPU)) {
                examples = SceneExamples.of(plan, model, reader, progress);
            }
        }
        return examples;
    }

    private ArmResult measure(ExperimentRow row) {
        PlaygroundScorer scorer = new PlaygroundScorer(row.wording());
        try (PaintingModel painting = PaintingModel.load(model, DType.FP32, TorchDevice.CPU)) {
            Measuring<Scene> measuring =
                    new Measuring<>(scorer, new LatentFeatures(painting.autoencoder()), plan.batch(), KEPT);
            var tasks = scorer.tasks(plan.images(), plan.seed());
            var sampling = painting.sampling(
                    SamplingSettings.newBuilder().setSeed(plan.seed()).build());
            if (row.adapterOf().isEmpty()) {
                return measuring.measure(tasks, painting.painter(sampling, Optional.empty()), done -> drawn(row, done));
            }
            try (SurAdapter adapter = SurAdapter.load(
                    RowTraining.adapter(folder.resolve(row.adapterOf().get())),
                    OptionalDouble.empty(),
                    Optional.empty(),
                    TorchDevice.CPU)) {
                var applied = new AppliedAdapter(adapter, adapter.config().adapterWeight(), false);
                return measuring.measure(
                        tasks, painting.painter(sampling, Optional.of(applied)), done -> drawn(row, done));
            }
        }
    }

    private void drawn(ExperimentRow row, int done) {
        progress.advanced("images " + row.name(), done, plan.images(), "");
    }

    /** Features of the scenes that are asked for, drawn by the world's own renderer. */
    private List<double[]> references() {
        PlaygroundScorer scorer = new PlaygroundScorer();
        try (PaintingModel painting = PaintingModel.load(model, DType.FP32, TorchDevice.CPU)) {
            return new Measuring<>(scorer, new LatentFeatures(painting.autoencoder()), plan.batch(), 0)
                    .references(scorer.tasks(plan.images(), plan.seed()));
        }
    }
}
