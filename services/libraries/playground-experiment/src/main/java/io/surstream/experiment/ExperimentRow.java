package io.surstream.experiment;

import io.surstream.playground.score.PlaygroundScore.Wording;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * One row of the table: how prompts are said, and how the adapter that reads them was trained.
 *
 * @param name of its folder
 * @param title for people
 * @param settings by the published script's names; empty where no adapter is trained
 * @param adapterOf the row whose adapter is used; empty where none takes part
 */
public record ExperimentRow(
        String name,
        String title,
        Wording wording,
        Optional<Map<String, Object>> settings,
        Optional<String> adapterOf) {
    /** No adapter: keyword prompts, which the base model was trained on. */
    public static final ExperimentRow KEYWORD = new ExperimentRow(
            "keyword", "keyword prompts, no adapter", Wording.KEYWORD, Optional.empty(), Optional.empty());

    /** No adapter: plain sentences, which it was not. */
    public static final ExperimentRow PLAIN =
            new ExperimentRow("plain", "plain prompts, no adapter", Wording.PLAIN, Optional.empty(), Optional.empty());

    /** Plain sentences through the adapter that is bundled. */
    public static final ExperimentRow ADAPTER = trained("adapter", "plain prompts, adapter", ours());

    /** Keyword prompts through the same adapter: whether it leaves alone what needs no help. */
    public static final ExperimentRow KEYWORD_ADAPTER = new ExperimentRow(
            "keyword-adapter",
            "keyword prompts, adapter",
            Wording.KEYWORD,
            Optional.empty(),
            Optional.of(ADAPTER.name()));

    /** No adapter: sentences of the second test, which no choice was made by. */
    public static final ExperimentRow FRESH = new ExperimentRow(
            "fresh", "fresh plain prompts, no adapter", Wording.FRESH, Optional.empty(), Optional.empty());

    /** The second test's sentences through the same adapter. */
    public static final ExperimentRow FRESH_ADAPTER = new ExperimentRow(
            "fresh-adapter",
            "fresh plain prompts, adapter",
            Wording.FRESH,
            Optional.empty(),
            Optional.of(ADAPTER.name()));

    /** The rows that tell whether the adapter does what it is for. */
    public static List<ExperimentRow> main() {
        return List.of(KEYWORD, PLAIN, ADAPTER, KEYWORD_ADAPTER, FRESH, FRESH_ADAPTER);
    }

    /** What each part of the recipe brings, in shorter trainings to be held against the first of them, and the published recipe itself. */
    public static List<ExperimentRow> ablations() {
        List<ExperimentRow> rows = new ArrayList<>();
        rows.add(shorter("shorter", "the adapter, 2,000 steps", Map.of()));
        rows.add(shorter("no-distillation", "… without distillation", Map.of("llm_weight", 0)));
        rows.add(shorter("no-alignment", "… without alignment", Map.of("prompt_weight", 0)));
        rows.add(shorter("no-denoising", "… without denoising loss", Map.of("denoising_weight", 0)));
        rows.add(
                shorter("detached", "… denoising gradient cut off, as published", Map.of("denoising_gradient", false)));
        for (double weight : new double[] {0.01, 0.1, 0.3}) {
            rows.add(shorter("weight-" + weight, "… λ = " + weight, Map.of("adapter_weight", weight)));
        }
        rows.add(trained("published", "the published recipe", published()));
        return rows;
    }

    private static ExperimentRow shorter(String name, String title, Map<String, Object> changes) {
        Map<String, Object> settings = new LinkedHashMap<>(ours());
        settings.put("max_train_steps", 2000);
        settings.putAll(changes);
        return trained(name, title, settings);
    }

    private static ExperimentRow trained(String name, String title, Map<String, Object> settings) {
        return new ExperimentRow(name, title, Wording.PLAIN, Optional.of(settings), Optional.of(name));
    }

    /** Settings of the bundled adapter; why they are not the published ones, docs/experiment.md tells. */
    private static Map<String, Object> ours() {
        Map<String, Object> settings = new LinkedHashMap<>();
        settings.put("max_train_steps", 3000);
        settings.put("train_batch_size", 16);
        settings.put("gradient_accumulation_steps", 1);
        settings.put("learning_rate", 1e-3);
        settings.put("lr_scheduler", "cosine");
        settings.put("lr_warmup_steps", 100);
        settings.put("adapter_weight", 1.0);
        settings.put("llm_weight", 1e-3);
        settings.put("prompt_weight", 1e-3);
        settings.put("resolution", 64);
        settings.put("random_flip", false);
        settings.put("seed", 7);
        return settings;
    }

    /** The published script's defaults, on this world's images. */
    private static Map<String, Object> published() {
        Map<String, Object> settings = new LinkedHashMap<>();
        settings.put("resolution", 64);
        settings.put("random_flip", false);
        settings.put("seed", 7);
        return settings;
    }
}
