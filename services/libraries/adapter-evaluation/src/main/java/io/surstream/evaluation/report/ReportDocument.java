package io.surstream.evaluation.report;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.surstream.evaluation.measure.ArmResult;
import io.surstream.evaluation.measure.EvaluationTask;
import io.surstream.evaluation.statistics.Interval;
import io.surstream.evaluation.verdict.CategoryGain;
import io.surstream.evaluation.verdict.Comparison;
import io.surstream.evaluation.verdict.QualityChange;
import io.surstream.evaluation.verdict.Verdict;
import io.surstream.playground.score.Proportion;
import java.util.List;

/** A comparison as JSON: verdict, categories, controls, qualities and, where asked for, every prompt with its answers. */
public final class ReportDocument {
    private static final ObjectMapper JSON = new ObjectMapper();

    private ReportDocument() {}

    public static ObjectNode of(Comparison comparison, Verdict verdict) {
        ObjectNode document = JSON.createObjectNode();
        document.put("verdict", verdict.kind().name()).put("reason", verdict.reason());
        document.put("headline", comparison.headline());
        ObjectNode tolerances = document.putObject("tolerances");
        tolerances.put("max_category_drop", comparison.tolerances().maxCategoryDrop());
        tolerances.put("max_frechet_rise", comparison.tolerances().maxFrechetRise());
        tolerances.put("max_sharpness_drop", comparison.tolerances().maxSharpnessDrop());
        comparison.categories().forEach(gain -> document.withObject("/categories")
                .set(gain.category(), category(gain)));
        comparison.controls().forEach(gain -> document.withObject("/controls").set(gain.category(), category(gain)));
        comparison.qualities().forEach(change -> document.withObject("/qualities")
                .set(change.measure(), quality(change)));
        return document;
    }

    /** The answers to every prompt, under a name. */
    public static <E> void addPrompts(
            ObjectNode document, String name, List<EvaluationTask<E>> tasks, ArmResult baseline, ArmResult adapted) {
        for (int i = 0; i < tasks.size(); i++) {
            ObjectNode prompt = document.withArray("/" + name).addObject();
            prompt.put("prompt", tasks.get(i).request().prompt());
            prompt.put("seed", tasks.get(i).request().seed());
            prompt.set("baseline", JSON.<JsonNode>valueToTree(baseline.right().get(i)));
            prompt.set("adapted", JSON.<JsonNode>valueToTree(adapted.right().get(i)));
        }
    }

    private static ObjectNode category(CategoryGain gain) {
        ObjectNode node = JSON.createObjectNode();
        node.set("baseline", share(gain.answers().baseline()));
        node.set("adapted", share(gain.answers().adapted()));
        node.put("gain", gain.answers().gain());
        interval(node, "gain", gain.answers().gainInterval());
        node.put("both_right", gain.answers().both())
                .put("only_baseline_right", gain.answers().onlyBaseline());
        node.put("only_adapted_right", gain.answers().onlyAdapted())
                .put("neither_right", gain.answers().neither());
        return node.put("mcnemar_p", gain.answers().mcNemarP());
    }

    private static ObjectNode quality(QualityChange change) {
        ObjectNode node = JSON.createObjectNode();
        node.put("higher_is_better", change.higherIsBetter());
        node.put("baseline", change.baseline()).put("adapted", change.adapted());
        node.put("change", change.change());
        interval(node, "change", change.interval());
        return node.put("acceptable", change.acceptable());
    }

    private static ObjectNode share(Proportion share) {
        ObjectNode node = JSON.createObjectNode();
        node.put("right", share.successes()).put("of", share.trials());
        return node.put("rate", share.rate()).put("lower", share.lower()).put("upper", share.upper());
    }

    private static void interval(ObjectNode node, String name, Interval interval) {
        node.put(name + "_lower", interval.lower()).put(name + "_upper", interval.upper());
    }
}
