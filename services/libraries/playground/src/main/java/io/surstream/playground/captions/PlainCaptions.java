package io.surstream.playground.captions;

import io.surstream.playground.world.Scene;
import io.surstream.playground.world.SplitMix64;
import java.util.List;
import java.util.Set;
import java.util.function.Predicate;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Captions as sentences: {@code "i would like a pair of blood red valentines in a row, on the beach, with no border"}. */
public final class PlainCaptions {
    private static final Pattern SLOT = Pattern.compile("\\{([a-z]+)}");
    private static final Set<String> NEVER_UNSAID = Set.of("count", "shape");
    private static final double UNSAID = 0.3;

    private record Untidiness(Pattern found, String instead) {
        static Untidiness of(String found, String instead) {
            return new Untidiness(Pattern.compile(found), instead);
        }
    }

    /** What an empty slot leaves behind, one after another: double spaces, orphaned commas, a dangling "and" or "of". */
    private static final List<Untidiness> LEFT_BEHIND = List.of(
            Untidiness.of("\\s+", " "),
            Untidiness.of(" ,", ","),
            Untidiness.of(" and(?=,)", ""),
            Untidiness.of(",(?=,)", ""),
            Untidiness.of("[ ,]+(and)?[ ,]*$", ""),
            Untidiness.of("^[ ,]*(and )?[ ,]*", ""),
            Untidiness.of(", and(?= )", " and"));

    private PlainCaptions() {}

    /** A sentence that tells everything about the scene; the seed picks pattern and phrases. */
    public static String of(Scene scene, long seed, Split split) {
        return sentence(scene, new SplitMix64(seed), split, slot -> true);
    }

    /** The same, but colour, arrangement, background and style are each left unsaid in three sentences of ten. */
    public static String partial(Scene scene, long seed, Split split) {
        SplitMix64 random = new SplitMix64(seed);
        return sentence(scene, random, split, slot -> NEVER_UNSAID.contains(slot) || !random.chance(UNSAID));
    }

    /** As people in a hurry say it: arrangement, background and style only where they are not {@link Scene#usual}. */
    public static String brief(Scene scene, long seed, Split split) {
        Scene usual = scene.usual();
        return sentence(scene, new SplitMix64(seed), split, slot -> switch (slot) {
            case "arrangement" -> scene.arrangement() != usual.arrangement();
            case "background" -> scene.background() != usual.background();
            case "style" -> scene.style() != usual.style();
            default -> true;
        });
    }

    private static String sentence(Scene scene, SplitMix64 random, Split split, Predicate<String> said) {
        String pattern = random.pick(Phrasebook.patterns(split));
        Matcher slots = SLOT.matcher(pattern);
        StringBuilder sentence = new StringBuilder();
        while (slots.find()) {
            String slot = slots.group(1);
            String phrase = said.test(slot) ? random.pick(Phrasebook.phrases(slot, scene, split)) : "";
            slots.appendReplacement(sentence, Matcher.quoteReplacement(phrase));
        }
        slots.appendTail(sentence);
        return tidy(sentence.toString());
    }

    private static String tidy(String sentence) {
        String tidied = sentence;
        for (Untidiness each : LEFT_BEHIND) {
            tidied = each.found().matcher(tidied).replaceAll(each.instead());
        }
        return tidied;
    }
}
