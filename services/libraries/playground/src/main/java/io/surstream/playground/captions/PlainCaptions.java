package io.surstream.playground.captions;

import io.surstream.playground.world.Dice;
import io.surstream.playground.world.Scene;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Captions as sentences: {@code "i would like a pair of blood red valentines in a row, on the beach, with no border"}. */
public final class PlainCaptions {
    private static final Pattern SLOT = Pattern.compile("\\{([a-z]+)}");
    private static final double DROP = 0.3;

    private PlainCaptions() {}

    /** A sentence that tells everything about the scene; the seed picks pattern and phrases. */
    public static String of(Scene scene, long seed, Split split) {
        return sentence(scene, new Dice(seed), split, 0);
    }

    /** The same, but colour, arrangement, background and style are each left unsaid in three sentences of ten. */
    public static String partial(Scene scene, long seed, Split split) {
        return sentence(scene, new Dice(seed), split, DROP);
    }

    private static String sentence(Scene scene, Dice dice, Split split, double drop) {
        String pattern = dice.pick(Phrasebook.patterns(split));
        Matcher slots = SLOT.matcher(pattern);
        StringBuilder sentence = new StringBuilder();
        while (slots.find()) {
            String slot = slots.group(1);
            boolean unsaid = !slot.equals("count") && !slot.equals("shape") && dice.chance(drop);
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
