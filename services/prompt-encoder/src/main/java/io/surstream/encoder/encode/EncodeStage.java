package io.surstream.encoder.encode;

import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Timer;
import io.opentelemetry.api.common.Attributes;
import io.surstream.encoder.adapter.Adapters;
import io.surstream.encoder.adapter.PromptEmbeds;
import io.surstream.encoder.encode.TextEncoding.Tokens;
import io.surstream.encoder.validation.PromptJob;
import io.surstream.metrics.Meters;
import io.surstream.metrics.Metric;
import io.surstream.metrics.StageSpan;
import io.surstream.torch.tensor.FloatTensor;
import io.surstream.v1.EncodeResult;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * Prompts to embeddings: the text encoder takes each text by itself, so that what else is in the batch never matters to the
 * last bit; then one call of each adapter that was asked for. A text that occurs twice in a batch is encoded once, and negative prompts, which are nearly always the same few,
 * are remembered over batches. Thread-safe.
 */
public final class EncodeStage {
    private final TextEncoding text;
    private final NegativePromptCache negatives;
    private final Timer time;
    private final Counter encoded;
    private final Counter refused;

    /** @param negativePromptCache how many negative prompts are remembered */
    public EncodeStage(TextEncoding text, int negativePromptCache, MeterRegistry meters) {
        this.text = text;
        this.time = Meters.timer(meters, Metric.ENCODER_ENCODE);
        this.encoded = Meters.counter(meters, Metric.ENCODER_PROMPTS, "encoded");
        this.refused = Meters.counter(meters, Metric.ENCODER_PROMPTS, "refused");
        this.negatives = new NegativePromptCache(negativePromptCache, meters);
    }

    /**
     * @param adapters those of the moment; every name in the jobs is known to them
     * @return one result a job, in order; jobs whose tokens do not fit are refused, the others are not affected
     */
    public List<EncodeResult> encode(List<PromptJob> jobs, Adapters adapters) {
        return time.record(() -> timed(jobs, adapters));
    }

    private List<EncodeResult> timed(List<PromptJob> jobs, Adapters adapters) {
        List<TokenizedJob> tokenized =
                jobs.stream().map(job -> TokenizedJob.of(job, text)).toList();
        List<TokenizedJob> fitting =
                tokenized.stream().filter(TokenizedJob::accepted).toList();
        encoded.increment(fitting.size());
        refused.increment(tokenized.size() - fitting.size());
        Iterator<AdaptedJob> adapted =
                AdapterPass.over(fitting, embed(fitting), adapters).iterator();
        List<EncodeResult> results = new ArrayList<>(jobs.size());
        for (TokenizedJob job : tokenized) {
            results.add(job.accepted() ? adapted.next().result(text.modelRevision()) : job.refused());
        }
        return results;
    }

    private List<FloatTensor> encode(List<Tokens> texts) {
        return StageSpan.CLIP.of(Attributes.of(StageSpan.BATCH_SIZE, (long) texts.size()), () -> text.encode(texts));
    }

    private List<PromptEmbeds> embed(List<TokenizedJob> jobs) {
        Map<String, Tokens> wanted = new LinkedHashMap<>();
        Map<String, FloatTensor> states = new LinkedHashMap<>();
        for (TokenizedJob job : jobs) {
            wanted.put(job.job().prompt(), job.prompt());
            FloatTensor known = negatives.get(job.job().negativePrompt());
            if (known != null) {
                states.put(job.job().negativePrompt(), known);
            } else {
                wanted.put(job.job().negativePrompt(), job.negativePrompt());
            }
        }
        wanted.keySet().removeAll(states.keySet());
        List<String> texts = new ArrayList<>(wanted.keySet());
        List<FloatTensor> encoded = texts.isEmpty() ? List.of() : encode(List.copyOf(wanted.values()));
        for (int i = 0; i < texts.size(); i++) {
            states.put(texts.get(i), encoded.get(i));
        }
        jobs.forEach(job ->
                negatives.put(job.job().negativePrompt(), states.get(job.job().negativePrompt())));
        return jobs.stream()
                .map(job -> new PromptEmbeds(
                        states.get(job.job().prompt()), states.get(job.job().negativePrompt())))
                .toList();
    }
}
