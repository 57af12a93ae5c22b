package io.surstream.evaluation.verdict;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/** From a comparison to a verdict. Pure. */
public final class VerdictPolicy {
    private VerdictPolicy() {}

    /**
     * Worse if any category, of controls too, or measure of quality surely falls beyond its tolerance; better if the headline
     * category surely rises and every measure of quality surely stays within its tolerance; no better otherwise. Sure is what the
     * whole 95 % interval says.
     */
    public static Verdict judge(Comparison comparison) {
        List<String> falls = falls(comparison);
        if (!falls.isEmpty()) {
            return new Verdict(Verdict.Kind.WORSE, "falls: " + String.join("; ", falls));
        }
        String headline = told(comparison.headlineGain());
        if (!comparison.headlineGain().rises()) {
            return new Verdict(Verdict.Kind.NO_BETTER, "does not rise significantly: " + headline);
        }
        List<String> unclear = comparison.qualities().stream()
                .filter(change -> !change.acceptable())
                .map(VerdictPolicy::told)
                .toList();
        return unclear.isEmpty()
                ? new Verdict(Verdict.Kind.BETTER, "rises significantly, quality stays: " + headline)
                : new Verdict(
                        Verdict.Kind.NO_BETTER,
                        "rises (" + headline + "), but it is not sure that quality stays: "
                                + String.join("; ", unclear));
    }

    private static List<String> falls(Comparison comparison) {
        double tolerance = comparison.tolerances().maxCategoryDrop();
        List<String> falls = new ArrayList<>();
        comparison.categories().stream().filter(gain -> gain.falls(tolerance)).forEach(gain -> falls.add(told(gain)));
        comparison.controls().stream()
                .filter(gain -> gain.falls(tolerance))
                .forEach(gain -> falls.add("in control prompts " + told(gain)));
        comparison.qualities().stream().filter(QualityChange::falls).forEach(change -> falls.add(told(change)));
        return falls;
    }

    private static String told(CategoryGain gain) {
        return String.format(
                Locale.ROOT,
                "%s %.1f%% to %.1f%% (gain %+.1f points, 95%% interval %+.1f to %+.1f, McNemar p %.2g)",
                gain.category(),
                100 * gain.answers().baseline().rate(),
                100 * gain.answers().adapted().rate(),
                100 * gain.answers().gain(),
                100 * gain.answers().gainInterval().lower(),
                100 * gain.answers().gainInterval().upper(),
                gain.answers().mcNemarP());
    }

    private static String told(QualityChange change) {
        return String.format(
                Locale.ROOT,
                "%s %.4g to %.4g (change %+.3g, 95%% interval %+.3g to %+.3g, tolerance %.0f%%)",
                change.measure(),
                change.baseline(),
                change.adapted(),
                change.change(),
                change.interval().lower(),
                change.interval().upper(),
                100 * change.tolerance());
    }
}
