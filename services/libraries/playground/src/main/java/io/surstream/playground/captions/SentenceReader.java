package io.surstream.playground.captions;

import io.surstream.playground.world.Scene;
import io.surstream.playground.world.SceneSpace;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.function.Function;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/** Understands plain captions by the phrases of the phrasebook alone. Pure and thread-safe. */
public final class SentenceReader {

    /** One attribute: its slots in the phrasebook and its value in a scene. */
    private record Slot(List<String> names, Function<Scene, Object> value) {}

    /** All phrases of one attribute, the longest first, and what each of them means. */
    private record Vocabulary(Pattern pattern, Map<String, Object> meaning, Function<Scene, Object> value) {}

    /**
     * What is read is taken out of the sentence, so that "in a circle" is not also a shape, and "three sided tents" are not also
     * three: hence this order.
     */
    private static final List<Vocabulary> VOCABULARIES = List.of(
                    new Slot(List.of("arrangement"), Scene::arrangement),
                    new Slot(List.of("background"), Scene::background),
                    new Slot(List.of("style"), Scene::style),
                    new Slot(List.of("hue", "colour"), Scene::colour),
                    new Slot(List.of("shape"), Scene::shape),
                    new Slot(List.of("count"), Scene::count))
            .stream()
            .map(SentenceReader::vocabulary)
            .toList();

    private SentenceReader() {}

    /** The share of a scene's six attributes that the sentence names rightly, 0..1. */
    public static double agreement(String sentence, Scene scene) {
        String rest = sentence.toLowerCase(Locale.ROOT);
        int right = 0;
        for (Vocabulary words : VOCABULARIES) {
            String phrase = longest(words.pattern().matcher(rest));
            if (words.value().apply(scene).equals(words.meaning().get(phrase))) {
                right++;
            }
            rest = phrase.isEmpty() ? rest : rest.replaceFirst("\\b" + Pattern.quote(phrase) + "\\b", "|");
        }
        return (double) right / VOCABULARIES.size();
    }

    private static String longest(Matcher matcher) {
        return matcher.results()
                .map(found -> found.group())
                .max(Comparator.comparingInt(String::length))
                .orElse("");
    }

    private static Vocabulary vocabulary(Slot slot) {
        Map<String, Object> meaning = new HashMap<>();
        for (Scene scene : SceneSpace.all()) {
            for (String name : slot.names()) {
                for (Split split : Split.values()) {
                    Phrasebook.phrases(name, scene, split)
                            .forEach(phrase -> meaning.put(phrase, slot.value().apply(scene)));
                }
            }
        }
        String any = meaning.keySet().stream()
                .sorted(Comparator.comparingInt(String::length).reversed())
                .map(Pattern::quote)
                .collect(Collectors.joining("|"));
        return new Vocabulary(Pattern.compile("\\b(?:" + any + ")\\b"), meaning, slot.value());
    }
}
