package io.surstream.playground.captions;

import io.surstream.playground.world.SceneSpace;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Stream;

/** The words that captions of both styles and both splits can hold. */
public final class CaptionWords {
    private CaptionWords() {}

    /** Each lower-case word (letters only) and how often keyword tags and phrasebook use it; sorted by word. */
    public static Map<String, Integer> counts() {
        Map<String, Integer> counts = new TreeMap<>();
        Stream<String> tags = SceneSpace.all().stream()
                .flatMap(scene -> Stream.of(
                        scene.shape().words(),
                        scene.colour().words(),
                        scene.arrangement().words(),
                        scene.background().words(),
                        scene.style().words()))
                .distinct();
        Stream<String> phrases = Phrasebook.everything().stream().map(text -> text.replaceAll("\\{[a-z]+}", " "));
        Stream.concat(tags, phrases)
                .flatMap(text -> Stream.of(text.split("[^a-z]+")))
                .filter(word -> !word.isEmpty())
                .forEach(word -> counts.merge(word, 1, Integer::sum));
        return counts;
    }
}
