package io.surstream.playground.world;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;
import java.util.stream.Stream;

/**
 * All 4,608 scenes, a tenth of which (chosen by a stable hash of their words) no training may show. Every single
 * attribute value still appears in the rest: only the combinations are new.
 */
public final class SceneSpace {
    private static final List<Scene> ALL = enumerate();
    private static final List<Scene> HELD_OUT =
            ALL.stream().filter(SceneSpace::isHeldOut).toList();
    private static final List<Scene> TRAINING =
            ALL.stream().filter(scene -> !isHeldOut(scene)).toList();

    private static final double USUAL = 0.6;

    private SceneSpace() {}

    /** Every possible scene in a fixed order. */
    public static List<Scene> all() {
        return ALL;
    }

    /** The scenes that training must not see, in the order of {@link #all()}. */
    public static List<Scene> heldOut() {
        return HELD_OUT;
    }

    /** The scenes that training may see, in the order of {@link #all()}. */
    public static List<Scene> training() {
        return TRAINING;
    }

    /** A scene that training may see, whose arrangement, background and style are each {@link Scene#usual} in most cases. */
    public static Scene mostlyUsual(SplitMix64 random) {
        while (true) {
            Scene any = random.pick(TRAINING);
            Scene usual = any.usual();
            Scene scene = new Scene(
                    any.count(),
                    any.shape(),
                    any.colour(),
                    random.chance(USUAL) ? usual.arrangement() : any.arrangement(),
                    random.chance(USUAL) ? usual.background() : any.background(),
                    random.chance(USUAL) ? usual.style() : any.style());
            if (!isHeldOut(scene)) {
                return scene;
            }
        }
    }

    /** Whether this combination is kept for testing: the same answer on every machine and in every version. */
    public static boolean isHeldOut(Scene scene) {
        String words = scene.count() + "|" + scene.shape().words() + "|"
                + scene.colour().words() + "|" + scene.arrangement().words() + "|"
                + scene.background().words() + "|" + scene.style().words();
        return Long.remainderUnsigned(SplitMix64.scramble(fnv1a(words)), 10) == 0;
    }

    /** FNV-1a, 64 bit. */
    private static long fnv1a(String text) {
        long hash = 0xcbf29ce484222325L;
        for (byte b : text.getBytes(StandardCharsets.UTF_8)) {
            hash = (hash ^ (b & 0xff)) * 0x100000001b3L;
        }
        return hash;
    }

    private static List<Scene> enumerate() {
        List<Scene> scenes = new ArrayList<>();
        for (Shape shape : Shape.values()) {
            for (Colour colour : Colour.values()) {
                for (Background background : Background.values()) {
                    for (Style style : Style.values()) {
                        placements()
                                .forEach(p -> scenes.add(
                                        new Scene(p.count(), shape, colour, p.arrangement(), background, style)));
                    }
                }
            }
        }
        return List.copyOf(scenes);
    }

    private static Stream<Placement> placements() {
        return IntStream.rangeClosed(1, Scene.MAX_COUNT).boxed().flatMap(count -> Stream.of(Arrangement.values())
                .filter(arrangement -> arrangement.allows(count))
                .map(arrangement -> new Placement(count, arrangement)));
    }

    private record Placement(int count, Arrangement arrangement) {}
}
