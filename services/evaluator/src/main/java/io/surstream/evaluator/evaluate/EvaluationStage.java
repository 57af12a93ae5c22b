package io.surstream.evaluator.evaluate;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Timer;
import io.surstream.contract.failure.FailureType;
import io.surstream.contract.training.Promotions;
import io.surstream.evaluation.measure.ArmResult;
import io.surstream.evaluation.measure.EvaluationTask;
import io.surstream.evaluation.measure.LatentFeatures;
import io.surstream.evaluation.measure.Measuring;
import io.surstream.evaluation.measure.SemanticScorer;
import io.surstream.evaluation.paint.AppliedAdapter;
import io.surstream.evaluation.paint.PaintingModel;
import io.surstream.evaluation.report.ContactSheet;
import io.surstream.evaluation.report.ReportDocument;
import io.surstream.evaluation.statistics.PairedBootstrap;
import io.surstream.evaluation.verdict.Comparison;
import io.surstream.evaluation.verdict.Tolerances;
import io.surstream.evaluation.verdict.Verdict;
import io.surstream.evaluation.verdict.VerdictPolicy;
import io.surstream.metrics.Meters;
import io.surstream.metrics.Metric;
import io.surstream.models.ModelException;
import io.surstream.models.adapter.SurAdapter;
import io.surstream.models.pipeline.Sampling;
import io.surstream.models.pipeline.SamplingRefusedException;
import io.surstream.torch.ScriptException;
import io.surstream.torch.TorchDevice;
import io.surstream.torch.tensor.TorchException;
import io.surstream.v1.SamplingSettings;
import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.IntConsumer;
import java.util.function.Supplier;

/**
 * Draws the fixed prompts without an adapter, with a candidate and with what is live, and compares. One evaluation at a
 * time; the model is loaded for it and freed after it. What was measured of the other ways of drawing is remembered.
 * Thread-safe.
 *
 * @param <E> what the scorer compares an image with
 */
public final class EvaluationStage<E> {
    private static final int REMEMBERED_ARMS = 6;

    /**
     * How images are drawn and compared.
     *
     * @param request everything but the seed
     * @param batch images drawn together
     * @param kept pairs on the contact sheet
     * @param both the adapter also changes the negative prompt
     */
    public record Settings(
            SamplingSettings request,
            int batch,
            int kept,
            boolean both,
            PairedBootstrap bootstrap,
            Tolerances tolerances,
            TorchDevice device) {}

    private final Supplier<PaintingModel> models;
    private final SemanticScorer<E> scorer;
    private final PromptSet<E> prompts;
    private final PromptSet<E> controls;
    private final Settings settings;
    private final Timer time;
    private final Counter hits;
    private final Counter misses;
    private final ReentrantLock turn = new ReentrantLock();
    // No Caffeine cache: the arms used last come again, and Caffeine, with so few, would compute more of them again.
    private final Map<String, ArmResult> arms = new LinkedHashMap<>(16, 0.75f, true) {
        private static final long serialVersionUID = 1L;

        @Override
        protected boolean removeEldestEntry(Map.Entry<String, ArmResult> eldest) {
            return size() > REMEMBERED_ARMS;
        }
    };
    private List<double[]> references;

    /** What is drawn in each way, and what reports call it. */
    private record PromptSet<E>(String name, List<EvaluationTask<E>> tasks) {}

    /**
     * @param models loads the model; closed after each evaluation
     * @param tasks in which meaning must rise
     * @param controls which an adapter is to leave alone; may be empty
     */
    public EvaluationStage(
            Supplier<PaintingModel> models,
            SemanticScorer<E> scorer,
            List<EvaluationTask<E>> tasks,
            List<EvaluationTask<E>> controls,
            Settings settings,
            MeterRegistry meters) {
        this.models = models;
        this.scorer = scorer;
        this.prompts = new PromptSet<>("prompts", List.copyOf(tasks));
        this.controls = new PromptSet<>("control_prompts", List.copyOf(controls));
        this.settings = settings;
        this.time = Meters.timer(meters, Metric.EVALUATION);
        this.hits = Meters.counter(meters, Metric.CACHE_REQUESTS, "arm-images", "hit");
        this.misses = Meters.counter(meters, Metric.CACHE_REQUESTS, "arm-images", "miss");
    }

    /** Name of what judges. */
    public String scorer() {
        return scorer.name();
    }

    /**
     * @param served what is live
     * @param done is called after each batch; what it throws ends the evaluation
     * @throws EvaluationRefusedException when a retry cannot help; names what must be changed
     * @throws RuntimeException what may pass, as a want of memory does
     */
    public Evaluated evaluate(Candidate candidate, Optional<Candidate> served, IntConsumer done) {
        turn.lock();
        try {
            return time.record(() -> compared(candidate, served, done));
        } finally {
            turn.unlock();
        }
    }

    private Evaluated compared(Candidate candidate, Optional<Candidate> served, IntConsumer done) {
        try (PaintingModel model = usable(FailureType.MODEL_UNUSABLE, "the base model", models)) {
            Drawing drawing = new Drawing(model, done);
            ArmResult adapted = drawing.with(candidate, FailureType.INVALID_CHECKPOINT, prompts);
            ArmResult baseline = drawing.plain(prompts);
            ArmResult controlAdapted = drawing.with(candidate, FailureType.INVALID_CHECKPOINT, controls);
            ArmResult controlBaseline = drawing.plain(controls);
            Comparison comparison = compare(baseline, adapted).withControls(scorer, controlBaseline, controlAdapted);
            Verdict verdict = VerdictPolicy.judge(comparison);
            ObjectNode document = ReportDocument.of(comparison, verdict);
            Verdict against = verdict;
            if (served.isPresent()) {
                Comparison other = compare(drawing.with(served.get(), FailureType.LIVE_UNUSABLE, prompts), adapted);
                against = VerdictPolicy.judge(other);
                document.set(
                        "against_live",
                        ReportDocument.of(other, against)
                                .put("revision", served.get().revision()));
            }
            ReportDocument.addPrompts(document, prompts.name(), prompts.tasks(), baseline, adapted);
            ReportDocument.addPrompts(document, controls.name(), controls.tasks(), controlBaseline, controlAdapted);
            return new Evaluated(
                    comparison,
                    verdict,
                    served.map(Candidate::revision).orElse(Promotions.NONE),
                    against,
                    prompts.tasks().size(),
                    document.toPrettyString().getBytes(StandardCharsets.UTF_8),
                    ContactSheet.of(prompts.tasks(), baseline, adapted, scorer.headline()));
        }
    }

    /** What cannot be read stays so; what native code fails at, most likely for want of memory, may work another time. */
    private static <T> T usable(FailureType otherwise, String what, Supplier<T> load) {
        try {
            return load.get();
        } catch (ScriptException e) {
            throw e;
        } catch (ModelException | TorchException | SamplingRefusedException e) {
            throw new EvaluationRefusedException(otherwise, what + " cannot be drawn with: " + e.getMessage());
        }
    }

    private Comparison compare(ArmResult baseline, ArmResult adapted) {
        return Comparison.of(scorer, baseline, adapted, references, settings.bootstrap(), settings.tolerances());
    }

    /** One evaluation's painters. */
    private final class Drawing {
        private final PaintingModel model;
        private final Measuring<E> measuring;
        private final Sampling sampling;
        private final IntConsumer done;

        Drawing(PaintingModel model, IntConsumer done) {
            this.model = model;
            this.measuring =
                    new Measuring<>(scorer, new LatentFeatures(model.autoencoder()), settings.batch(), settings.kept());
            this.sampling =
                    usable(FailureType.MODEL_UNUSABLE, "the base model", () -> model.sampling(settings.request()));
            this.done = done;
            requireScorer();
            if (references == null) {
                references = measuring.references(prompts.tasks());
            }
        }

        private void requireScorer() {
            if (!scorer.judges(sampling.width(), sampling.height())) {
                throw new EvaluationRefusedException(
                        FailureType.NO_SCORER,
                        "the scorer " + scorer.name() + " does not judge images of " + sampling.width() + "x"
                                + sampling.height() + ", which "
                                + model.folder().name()
                                + " draws; set surstream.evaluator.scorer to one that does, or look at images and"
                                + " promote by hand");
            }
        }

        ArmResult plain(PromptSet<E> set) {
            return known(Promotions.NONE, Optional.empty(), set);
        }

        ArmResult with(Candidate candidate, FailureType otherwise, PromptSet<E> set) {
            try (SurAdapter network = load(candidate, otherwise)) {
                double used = network.config().adapterWeight();
                return known(
                        candidate.revision() + "@" + used,
                        Optional.of(new AppliedAdapter(network, used, settings.both())),
                        set);
            }
        }

        private SurAdapter load(Candidate candidate, FailureType otherwise) {
            OptionalDouble weight =
                    candidate.weight() == 0 ? OptionalDouble.empty() : OptionalDouble.of(candidate.weight());
            String what = "adapter " + candidate.revision();
            SurAdapter network = usable(
                    otherwise,
                    what,
                    () -> SurAdapter.load(candidate.file(), weight, Optional.empty(), settings.device()));
            if (network.width() != model.embedder().width()) {
                network.close();
                throw new EvaluationRefusedException(
                        otherwise,
                        what + " has width " + network.width() + " but the text encoder's states have "
                                + model.embedder().width());
            }
            return network;
        }

        private ArmResult known(String name, Optional<AppliedAdapter> adapter, PromptSet<E> set) {
            String key = set.name() + " " + name;
            ArmResult arm = arms.get(key);
            (arm == null ? misses : hits).increment();
            if (arm == null) {
                arm = measuring.measure(set.tasks(), model.painter(sampling, adapter), done);
                arms.put(key, arm);
            }
            return arm;
        }
    }
}
