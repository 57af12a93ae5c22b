package io.surstream.models.llama;

import io.surstream.models.ConfigFile;

/**
 * How rotary frequencies are stretched for longer contexts: not at all, evenly ({@code linear}), or the slow ones only
 * ({@code llama3}: Grattafiori et al., "The Llama 3 herd of models").
 *
 * @param factor how much the slow frequencies are divided by
 * @param lowFactor wavelengths beyond {@code originalPositions / lowFactor} are stretched whole
 * @param highFactor wavelengths below {@code originalPositions / highFactor} stay; 0 where all are stretched
 */
record RopeScaling(double factor, double lowFactor, double highFactor, double originalPositions) {
    static final RopeScaling NONE = new RopeScaling(1, 1, 0, 1);

    static RopeScaling from(ConfigFile rope) {
        // older configs call the key "type"
        String key = rope.has("rope_type") || !rope.has("type") ? "rope_type" : "type";
        return switch (rope.choice(key, "default", "linear", "llama3")) {
            case "linear" -> new RopeScaling(positive(rope, "factor"), 1, 0, 1);
            case "llama3" ->
                new RopeScaling(
                        positive(rope, "factor"),
                        positive(rope, "low_freq_factor"),
                        positive(rope, "high_freq_factor"),
                        positive(rope, "original_max_position_embeddings"));
            default -> NONE;
        };
    }

    private static double positive(ConfigFile rope, String field) {
        double value = rope.number(field, 0);
        if (!(value > 0)) {
            throw rope.refusal(field, "numbers above 0");
        }
        return value;
    }

    double apply(double frequency) {
        if (highFactor == 0) {
            return frequency / factor;
        }
        double turns = originalPositions * frequency / (2 * Math.PI); // over the original context
        if (turns < lowFactor) {
            return frequency / factor;
        }
        if (turns > highFactor) {
            return frequency;
        }
        double share = (turns - lowFactor) / (highFactor - lowFactor);
        return (1 - share) * frequency / factor + share * frequency;
    }
}
