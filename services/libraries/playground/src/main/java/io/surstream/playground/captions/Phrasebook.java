package io.surstream.playground.captions;

import io.surstream.playground.world.Scene;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Properties;
import java.util.stream.Stream;

/** The phrases and sentence patterns of phrasebook.properties. */
final class Phrasebook {
    private static final Map<String, List<String>> ENTRIES = read();

    private Phrasebook() {}

    static List<String> patterns(Split split) {
        return entry("pattern", split);
    }

    /** The phrases that may stand for a slot of a pattern when this scene is described. */
    static List<String> phrases(String slot, Scene scene, Split split) {
        return switch (slot) {
            case "count" -> entry("count." + scene.count(), split);
            case "shape" -> entry("shape." + key(scene.shape()) + (scene.count() == 1 ? ".one" : ".many"), split);
            case "hue" -> entry("hue." + key(scene.colour()), split);
            case "colour" -> entry("colour." + key(scene.colour()), split);
            case "arrangement" -> entry("arrangement." + key(scene.arrangement()), split);
            case "background" -> entry("background." + key(scene.background()), split);
            case "style" -> entry("style." + key(scene.style()), split);
            default -> throw new IllegalStateException("phrasebook pattern has an unknown slot {" + slot + "}");
        };
    }

    /**
     * Every phrase and pattern of {@link Split#TRAIN} and {@link Split#TEST}; the other splits have no additional
     * words.
     */
    static List<String> everything() {
        return ENTRIES.entrySet().stream()
                .filter(entry -> !entry.getKey().endsWith(key(Split.WIDER))
                        && !entry.getKey().endsWith(key(Split.FRESH)))
                .map(Map.Entry::getValue)
                .flatMap(Collection::stream)
                .sorted()
                .toList();
    }

    private static String key(Enum<?> value) {
        return value.name().toLowerCase(Locale.ROOT);
    }

    private static List<String> entry(String name, Split split) {
        if (split == Split.WIDER) {
            return Stream.of(entry(name, Split.TRAIN), entry(name + "." + key(split)))
                    .flatMap(Collection::stream)
                    .toList();
        }
        return entry(name + "." + key(split));
    }

    private static List<String> entry(String key) {
        List<String> phrases = ENTRIES.get(key);
        if (phrases == null) {
            throw new IllegalStateException("phrasebook.properties lacks " + key);
        }
        return phrases;
    }

    private static Map<String, List<String>> read() {
        Properties properties = new Properties();
        try (InputStream in = Phrasebook.class.getResourceAsStream("phrasebook.properties")) {
            properties.load(new InputStreamReader(in, StandardCharsets.UTF_8));
        } catch (IOException e) {
            throw new UncheckedIOException("phrasebook.properties cannot be read", e);
        }
        Map<String, List<String>> entries = new HashMap<>();
        properties.forEach((key, value) ->
                entries.put((String) key, List.of(((String) value).trim().split("\\s*\\|\\s*"))));
        return entries;
    }
}
