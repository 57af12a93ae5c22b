package io.surstream.playground.captions;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.surstream.playground.world.Scene;
import io.surstream.playground.world.SceneSpace;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

class PlainCaptionsTest {
    private static final List<String> SLOTS =
            List.of("count", "shape", "hue", "colour", "arrangement", "background", "style");

    @Test
    void no_test_phrase_and_no_test_pattern_occurs_in_training() {
        Set<String> train = phrases(Split.TRAIN);
        phrases(Split.TEST).forEach(phrase -> assertFalse(train.contains(phrase), phrase));
        Phrasebook.patterns(Split.TEST)
                .forEach(pattern -> assertFalse(Phrasebook.patterns(Split.TRAIN).contains(pattern), pattern));
    }

    @Test
    void no_phrase_of_the_wider_language_holds_a_test_phrase() {
        Set<String> added = phrases(Split.WIDER);
        added.removeAll(phrases(Split.TRAIN));
        for (String phrase : added) {
            phrases(Split.TEST)
                    .forEach(
                            test -> assertFalse((" " + phrase + " ").contains(" " + test + " "), phrase + ": " + test));
        }
        Phrasebook.patterns(Split.TEST)
                .forEach(pattern -> assertFalse(Phrasebook.patterns(Split.WIDER).contains(pattern), pattern));
    }

    @Test
    void no_fresh_phrase_and_no_fresh_pattern_occurs_in_another_split() {
        for (Split split : List.of(Split.TRAIN, Split.WIDER, Split.TEST)) {
            for (String fresh : phrases(Split.FRESH)) {
                phrases(split)
                        .forEach(phrase ->
                                assertFalse((" " + phrase + " ").contains(" " + fresh + " "), phrase + ": " + fresh));
            }
            Phrasebook.patterns(Split.FRESH)
                    .forEach(pattern -> assertFalse(Phrasebook.patterns(split).contains(pattern), pattern));
        }
    }

    @Test
    void every_word_of_a_caption_is_known_from_training() {
        Set<String> known = words(Split.TRAIN);
        Set<String> asked = words(Split.TEST);
        asked.addAll(words(Split.WIDER));
        asked.addAll(words(Split.FRESH));
        asked.removeAll(known);
        assertEquals(Set.of(), asked);
    }

    @Test
    void phrases_tell_colours_arrangements_backgrounds_styles_and_shapes_apart() {
        for (Split split : Split.values()) {
            for (Function<Scene, List<String>> slot : slots(split)) {
                List<List<String>> lists =
                        SceneSpace.all().stream().map(slot).distinct().toList();
                long distinct = lists.stream().flatMap(List::stream).distinct().count();
                assertEquals(lists.stream().mapToInt(List::size).sum(), distinct);
            }
        }
    }

    @Test
    void a_caption_is_a_pure_function_of_scene_seed_and_split() {
        Scene scene = SceneSpace.all().get(1234);
        assertEquals(PlainCaptions.of(scene, 5, Split.TEST), PlainCaptions.of(scene, 5, Split.TEST));
        long different = Stream.iterate(0L, seed -> seed + 1)
                .limit(200)
                .map(seed -> PlainCaptions.of(scene, seed, Split.TRAIN))
                .distinct()
                .count();
        assertTrue(different > 190, () -> different + " of 200");
    }

    @Test
    void partial_and_brief_captions_are_tidy_and_always_tell_count_and_shape() {
        List<Scene> scenes = SceneSpace.all();
        for (int i = 0; i < scenes.size(); i++) {
            Scene scene = scenes.get(i);
            for (Split split : Split.values()) {
                tidyAndNamed(PlainCaptions.partial(scene, i, split), scene, split);
                tidyAndNamed(PlainCaptions.brief(scene, i, split), scene, split);
            }
        }
    }

    private static void tidyAndNamed(String caption, Scene scene, Split split) {
        assertTrue(caption.matches("[a-z]+(,? [a-z]+)*"), caption);
        assertFalse(caption.matches(".* and|and .*|.* and,.*"), caption);
        assertTrue(Phrasebook.phrases("shape", scene, split).stream().anyMatch(caption::contains), caption);
        assertTrue(Phrasebook.phrases("count", scene, split).stream().anyMatch(caption::contains), caption);
    }

    private static List<Function<Scene, List<String>>> slots(Split split) {
        return SLOTS.stream()
                .map(slot -> (Function<Scene, List<String>>) scene -> Phrasebook.phrases(slot, scene, split))
                .toList();
    }

    private static Set<String> phrases(Split split) {
        return slots(split).stream()
                .flatMap(slot -> SceneSpace.all().stream().map(slot).distinct())
                .flatMap(List::stream)
                .collect(Collectors.toSet());
    }

    private static Set<String> words(Split split) {
        return Stream.concat(phrases(split).stream(), Phrasebook.patterns(split).stream())
                .flatMap(text ->
                        Stream.of(text.replaceAll("\\{[a-z]+}|,", " ").trim().split(" +")))
                .collect(Collectors.toCollection(HashSet::new));
    }
}
