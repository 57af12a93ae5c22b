package io.surstream.playground.captions;

import io.surstream.playground.world.Dice;
import io.surstream.playground.world.Scene;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Captions as sentences: {@code "i would like a pair of blood red valentines in a row, on the beach, with no border"}. */
public final class PlainCaptions {
    private static final Pattern SLOT = Pattern.compile("\\{([a-z]+)}");
    private static final double UNSAID = 0.3;
    private static final double COLOUR_UNSAID_IN_BRIEF = 0.2;
    private static final double REST_UNSAID_IN_BRIEF = 0.7;

    private PlainCaptions() {}

    /** A sentence that tells everything about the scene; the seed picks pattern and phrases. */
    public static String of(Scene scene, long seed, Split split) {
        return sentence(scene, new Dice(seed), split, 0, 0);
    }

    /** The same, but colour, arrangement, background and style are each left unsaid in three sentences of ten. */
    public static String partial(Scene scene, long seed, Split split) {
        return sentence(scene, new Dice(seed), split, UNSAID, UNSAID);
    }

    /** As people in a hurry say it: four in five name the colour, three in ten the arrangement, and so on for background and style. */
    public static String brief(Scene scene, long seed, Split split) {
        return sentence(scene, new Dice(seed), split, COLOUR_UNSAID_IN_BRIEF, REST_UNSAID_IN_BRIEF);
    }

    private static String sentence(Scene scene, Dice dice, Split split, double colourUnsaid, double restUnsaid) {
        String pattern = dice.pick(Phrasebook.patterns(split));
        Matcher slots = SLOT.matcher(pattern);
        StringBuilder sentence = new StringBuilder();
        while (slots.find()) {
            String slot = slots.group(1);
            boolean unsaid =
                    switch (slot) {
                        case "count", "shape" -> false;
                        case "hue", "colour" -> dice.chance(colourUnsaid);
                        default -> dice.chance(restUnsaid);
                    };
            String phrase = unsaid ? "" : dice.pick(Phrasebook.phrases(slot, scene, split));
            slots.appendReplacement(sentence, Matcher.quoteReplacement(phrase));
        }
        slots.appendTail(sentence);
        return tidy(sentence.toString());
    }

    /** Removes what an empty slot leaves behind: double spaces, orphaned commas, a dangling "and" or "of". */
    private static String tidy(String sentence) {
        return sentence.replaceAll("\\s+", " ")
                .replaceAll(" ,", ",")
                .replaceAll(",( and)?(?=,)", "")
                .replaceAll("[ ,]+(and)?[ ,]*$", "")
                .replaceAll("^[ ,]*(and )?[ ,]*", "")
                .replaceAll(", and(?= )", " and");
    }
}
