package io.surstream.experiment;

import io.surstream.evaluation.measure.LatentFeatures;
import io.surstream.evaluation.measure.MeasuredArm;
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
import io.surstream.torch.DType;
import io.surstream.torch.TorchDevice;
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
 * Runs rows: data, teacher's states, training, pictures, numbers. What is done stays in the folder, one sub-folder a
 * row, and is not done again; an interrupted training continues. Owned by one thread.
 */
public final class Experiment {
    private static final int KEPT = 32;
    private static final String PROBES = "probes.json";

    /** The PNG of pictures without and with the adapter. */
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
    public ExperimentReport run(List<Cell> cells) throws IOException {
        ExperimentStamp.check(folder, plan, model.revision(), teacher.revision());
        ProbeStudy probes = probes();
        Map<Cell, CellResult> results = new LinkedHashMap<>();
        List<Cell> toCome = new ArrayList<>(cells);
        for (Cell cell : cells) {
            Path file = file(cell);
            if (!Files.exists(file)) {
                toCome.removeIf(each -> Files.exists(file(each)));
                progress.note(outlook.before(toCome));
                JsonFile.write(file, result(cell));
            }
            results.put(cell, JsonFile.read(file, CellResult.class));
        }
        if (results.containsKey(Cell.ADAPTER)) {
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

    /** The first pictures without and with the adapter, side by side. */
    private byte[] sheet(Map<Cell, CellResult> results) {
        PlaygroundScorer scorer = new PlaygroundScorer(Cell.PLAIN.wording());
        return ContactSheet.of(
                scorer.tasks(plan.pictures(), plan.seed()),
                results.get(Cell.PLAIN).arm(),
                results.get(Cell.ADAPTER).arm(),
                scorer.headline());
    }

    private Path file(Cell cell) {
        return folder.resolve(cell.name()).resolve("result.json");
    }

    private CellResult result(Cell cell) throws IOException {
        Path own = Files.createDirectories(folder.resolve(cell.name()));
        Map<String, Double> losses = Map.of();
        double seconds = 0;
        if (cell.settings().isPresent()) {
            LossMeans means = CellTraining.run(cell, task(settings(cell)), own, progress);
            losses = means.means();
            seconds = means.seconds();
            outlook.trained(cell, seconds);
        }
        long start = System.nanoTime();
        MeasuredArm arm = measure(cell);
        outlook.drawn((System.nanoTime() - start) / 1e9);
        return new CellResult(arm, losses, seconds);
    }

    private TrainingSettings settings(Cell cell) {
        Map<String, Object> asked = new LinkedHashMap<>(cell.settings().orElseThrow());
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

    private MeasuredArm measure(Cell cell) {
        PlaygroundScorer scorer = new PlaygroundScorer(cell.wording());
        try (PaintingModel painting = PaintingModel.load(model, DType.FP32, TorchDevice.CPU)) {
            Measuring<Scene> measuring =
                    new Measuring<>(scorer, new LatentFeatures(painting.autoencoder()), plan.batch(), KEPT);
            var tasks = scorer.tasks(plan.pictures(), plan.seed());
            var sampling = painting.sampling(
                    SamplingSettings.newBuilder().setSeed(plan.seed()).build());
            if (cell.adapterOf().isEmpty()) {
                return measuring.measure(
                        tasks, painting.painter(sampling, Optional.empty()), done -> drawn(cell, done));
            }
            try (SurAdapter adapter = SurAdapter.load(
                    CellTraining.adapter(folder.resolve(cell.adapterOf().get())),
                    OptionalDouble.empty(),
                    Optional.empty(),
                    TorchDevice.CPU)) {
                var applied = new AppliedAdapter(adapter, adapter.config().adapterWeight(), false);
                return measuring.measure(
                        tasks, painting.painter(sampling, Optional.of(applied)), done -> drawn(cell, done));
            }
        }
    }

    private void drawn(Cell cell, int done) {
        progress.advanced("pictures " + cell.name(), done, plan.pictures(), "");
    }

    /** Features of the scenes that are asked for, drawn by the world's own renderer. */
    private List<double[]> references() {
        PlaygroundScorer scorer = new PlaygroundScorer();
        try (PaintingModel painting = PaintingModel.load(model, DType.FP32, TorchDevice.CPU)) {
            return new Measuring<>(scorer, new LatentFeatures(painting.autoencoder()), plan.batch(), 0)
                    .references(scorer.tasks(plan.pictures(), plan.seed()));
        }
    }
}
