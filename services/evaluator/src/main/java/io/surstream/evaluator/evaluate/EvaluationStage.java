package io.surstream.evaluator.evaluate;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Timer;
import io.surstream.evaluation.measure.EvaluationTask;
import io.surstream.evaluation.measure.LatentFeatures;
import io.surstream.evaluation.measure.MeasuredArm;
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
import io.surstream.models.pipeline.SamplingRequest;
import io.surstream.torch.TorchDevice;
import io.surstream.v1.Promotions;
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
 * Draws the fixed prompts without an adapter, with a candidate and with what is live, and compares. One evaluation at a time; the model
 * is loaded for it and freed after it. What was measured of the other ways of drawing is remembered. Thread-safe.
 *
 * @param <E> what the scorer compares a picture with
 */
public final class EvaluationStage<E> {
    private static final int REMEMBERED_ARMS = 4;

    /**
     * How pictures are drawn and compared.
     *
     * @param request everything but the seed
     * @param batch pictures drawn together
     * @param kept pairs on the contact sheet
     * @param both the adapter also changes the negative prompt
     */
    public record Settings(
            SamplingRequest request,
            int batch,
            int kept,
            boolean both,
            PairedBootstrap bootstrap,
            Tolerances tolerances,
            TorchDevice device) {}

    private final Supplier<PaintingModel> models;
    private final SemanticScorer<E> scorer;
    private final List<EvaluationTask<E>> tasks;
    private final Settings settings;
    private final Timer time;
    private final Counter hits;
    private final Counter misses;
    private final ReentrantLock turn = new ReentrantLock();
    private final Map<String, MeasuredArm> arms = new LinkedHashMap<>(16, 0.75f, true) {
        private static final long serialVersionUID = 1L;

        @Override
        protected boolean removeEldestEntry(Map.Entry<String, MeasuredArm> eldest) {
            return size() > REMEMBERED_ARMS;
        }
    };
    private List<double[]> references;

    /** @param models loads the model; closed after each evaluation */
    public EvaluationStage(
            Supplier<PaintingModel> models,
            SemanticScorer<E> scorer,
            List<EvaluationTask<E>> tasks,
            Settings settings,
            MeterRegistry meters) {
        this.models = models;
        this.scorer = scorer;
        this.tasks = List.copyOf(tasks);
        this.settings = settings;
        this.time = Meters.timer(meters, Metric.EVALUATION);
        this.hits = Meters.counter(meters, Metric.CACHE_REQUESTS, "drawn-arms", "hit");
        this.misses = Meters.counter(meters, Metric.CACHE_REQUESTS, "drawn-arms", "miss");
    }

    /** Name of what judges. */
    public String scorer() {
        return scorer.name();
    }

    /**
     * @param served what is live
     * @param done hears after each batch; what it throws ends the evaluation
     * @throws io.surstream.models.ModelException if the candidate is no adapter, or none for this model
     */
    public Evaluated evaluate(Contender candidate, Optional<Contender> served, IntConsumer done) {
        turn.lock();
        try {
            return time.record(() -> compared(candidate, served, done));
        } finally {
            turn.unlock();
        }
    }

    private Evaluated compared(Contender candidate, Optional<Contender> served, IntConsumer done) {
        try (PaintingModel model = models.get()) {
            Drawing drawing = new Drawing(model, done);
            MeasuredArm adapted = drawing.with(candidate);
            MeasuredArm baseline = drawing.plain();
            Comparison comparison = compare(baseline, adapted);
            Verdict verdict = VerdictPolicy.judge(comparison);
            ObjectNode document = ReportDocument.of(comparison, verdict);
            Verdict against = verdict;
            if (served.isPresent()) {
                Comparison other = compare(drawing.with(served.get()), adapted);
                against = VerdictPolicy.judge(other);
                document.set(
                        "against_live",
                        ReportDocument.of(other, against)
                                .put("revision", served.get().revision()));
            }
            ReportDocument.addPrompts(document, tasks, baseline, adapted);
            return new Evaluated(
                    comparison,
                    verdict,
                    served.map(Contender::revision).orElse(Promotions.NONE),
                    against,
                    tasks.size(),
                    document.toPrettyString().getBytes(StandardCharsets.UTF_8),
                    ContactSheet.of(tasks, baseline, adapted, scorer.headline()));
        }
    }

    private Comparison compare(MeasuredArm baseline, MeasuredArm adapted) {
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
            this.sampling = model.sampling(settings.request());
            this.done = done;
            if (references == null) {
                references = measuring.references(tasks);
            }
        }

        MeasuredArm plain() {
            return known(Promotions.NONE, Optional.empty());
        }

        MeasuredArm with(Contender contender) {
            OptionalDouble weight =
                    contender.weight() == 0 ? OptionalDouble.empty() : OptionalDouble.of(contender.weight());
            try (SurAdapter network = SurAdapter.load(contender.file(), weight, Optional.empty(), settings.device())) {
                if (network.width() != model.embedder().width()) {
                    throw new ModelException("adapter " + contender.revision() + " has width " + network.width()
                            + " but the text encoder's states have "
                            + model.embedder().width());
                }
                double used = network.config().adapterWeight();
                return known(
                        contender.revision() + "@" + used,
                        Optional.of(new AppliedAdapter(network, used, settings.both())));
            }
        }

        private MeasuredArm known(String name, Optional<AppliedAdapter> adapter) {
            MeasuredArm arm = arms.get(name);
            (arm == null ? misses : hits).increment();
            if (arm == null) {
                arm = measuring.measure(tasks, model.painter(sampling, adapter), done);
                arms.put(name, arm);
            }
            return arm;
        }
    }
}
