package io.surstream.playground.score;

import java.util.Collections;
import java.util.EnumMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/** Scores of many images, one proportion an attribute. */
public record ScoreTable(int images, Map<Attribute, Proportion> proportions) {

    public ScoreTable {
        proportions = Collections.unmodifiableMap(new EnumMap<>(proportions));
    }

    public static ScoreTable of(List<Score> scores) {
        Map<Attribute, Proportion> proportions = new EnumMap<>(Attribute.class);
        for (Attribute attribute : Attribute.values()) {
            List<Boolean> answers = scores.stream()
                    .filter(score -> score.right().containsKey(attribute))
                    .map(score -> score.right().get(attribute))
                    .toList();
            proportions.put(attribute, new Proportion(Collections.frequency(answers, Boolean.TRUE), answers.size()));
        }
        return new ScoreTable(scores.size(), proportions);
    }

    public Proportion get(Attribute attribute) {
        return proportions.get(attribute);
    }

    /** A table for people: attribute, percentage right, 95 % interval, right/scored. */
    public String toText() {
        StringBuilder text = new StringBuilder(
                String.format(Locale.ROOT, "%-34s %7s   %-15s %s%n", "attribute", "right", "95 % interval", "images"));
        proportions.forEach((attribute, p) -> {
            if (p.trials() > 0) {
                text.append(String.format(
                        Locale.ROOT,
                        "%-34s %6.1f%%   %5.1f – %5.1f   %d/%d%n",
                        attribute.title(),
                        100 * p.rate(),
                        100 * p.lower(),
                        100 * p.upper(),
                        p.successes(),
                        p.trials()));
            }
        });
        return text.toString();
    }
}
