package io.surstream.encoder.encode;

import io.opentelemetry.api.common.Attributes;
import io.surstream.encoder.adapter.Adapter;
import io.surstream.encoder.adapter.Adapters;
import io.surstream.encoder.adapter.PromptEmbeds;
import io.surstream.metrics.StageSpan;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Sends each pair of embeddings through the adapter that its job asked for, one call an adapter. */
final class AdapterPass {
    private AdapterPass() {}

    /** @return the jobs with their final embeddings, in the order of {@code jobs} */
    static List<AdaptedJob> over(List<TokenizedJob> jobs, List<PromptEmbeds> embeds, Adapters adapters) {
        AdaptedJob[] adapted = new AdaptedJob[jobs.size()];
        Map<Adapter, List<Integer>> rows = new LinkedHashMap<>();
        for (int i = 0; i < adapted.length; i++) {
            Optional<Adapter> adapter = find(adapters, jobs.get(i));
            if (adapter.isPresent()) {
                rows.computeIfAbsent(adapter.get(), a -> new ArrayList<>()).add(i);
            } else {
                adapted[i] = new AdaptedJob(jobs.get(i), embeds.get(i), Adapters.NONE, 0);
            }
        }
        rows.forEach((adapter, at) -> {
            List<Float> weights =
                    at.stream().map(i -> weight(jobs.get(i), adapter)).toList();
            Attributes pass =
                    Attributes.of(StageSpan.BATCH_SIZE, (long) at.size(), StageSpan.REVISION, adapter.revision());
            List<PromptEmbeds> out = StageSpan.ADAPTER.of(
                    pass, () -> adapter.adapt(at.stream().map(embeds::get).toList(), weights));
            for (int k = 0; k < at.size(); k++) {
                int i = at.get(k);
                adapted[i] = new AdaptedJob(jobs.get(i), out.get(k), adapter.revision(), weights.get(k));
            }
        });
        return List.of(adapted);
    }

    private static Optional<Adapter> find(Adapters adapters, TokenizedJob job) {
        return adapters.find(job.job().adapter(), job.job().jobId());
    }

    private static float weight(TokenizedJob job, Adapter adapter) {
        Float asked = job.job().adapterWeight();
        return asked == null ? adapter.defaultWeight() : asked;
    }
}
