package io.surstream.playground.score;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.surstream.playground.captions.KeywordCaptions;
import io.surstream.playground.score.PlaygroundScore.Report;
import io.surstream.playground.score.PlaygroundScore.Wording;
import io.surstream.playground.world.PlaygroundImage;
import io.surstream.playground.world.Scene;
import io.surstream.playground.world.SceneRenderer;
import io.surstream.playground.world.SceneSpace;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import java.util.stream.Collectors;
import javax.imageio.ImageIO;
import org.junit.jupiter.api.Test;

class PlaygroundScoreTest {
    private static final Map<String, Scene> BY_CAPTION =
            SceneSpace.all().stream().collect(Collectors.toMap(KeywordCaptions::of, Function.identity()));

    @Test
    void a_perfect_painter_gets_full_marks_and_a_sheet() throws IOException {
        List<Integer> progress = new ArrayList<>();
        Report report = keyword(60, 1).run(PlaygroundScoreTest::perfect, progress::add);
        assertEquals(new Proportion(60, 60), report.table().get(Attribute.TOGETHER));
        assertEquals(60, report.table().images());
        assertEquals(List.of(16, 32, 48, 60), progress);
        assertTrue(ImageIO.read(new ByteArrayInputStream(report.sheet())).getWidth() > 8 * 128);
    }

    @Test
    void a_painter_that_ignores_the_prompt_gets_few_marks() throws IOException {
        PlaygroundImage same = SceneRenderer.image(SceneSpace.all().get(0), 1);
        Report report = keyword(60, 1)
                .run(requests -> requests.stream().map(request -> same).toList(), done -> {});
        assertTrue(report.table().get(Attribute.TOGETHER).rate() < 0.1, report.table()::toText);
    }

    @Test
    void prompts_are_of_held_out_scenes_and_depend_on_the_seed_alone() throws IOException {
        List<Painter.Request> first = requests(keyword(500, 1));
        assertTrue(first.stream().allMatch(request -> SceneSpace.isHeldOut(BY_CAPTION.get(request.prompt()))));
        assertEquals(500, first.stream().distinct().count());
        assertEquals(first, requests(keyword(500, 1)));
        assertTrue(requests(keyword(500, 2)).stream().noneMatch(first::contains));
    }

    @Test
    void plain_wording_asks_in_sentences() throws IOException {
        List<Painter.Request> requests = requests(new PlaygroundScore(30, 1, 16, Wording.PLAIN));
        assertTrue(requests.stream().noneMatch(request -> BY_CAPTION.containsKey(request.prompt())));
        assertArrayEquals(
                requests(keyword(30, 1)).stream()
                        .mapToLong(Painter.Request::seed)
                        .toArray(),
                requests.stream().mapToLong(Painter.Request::seed).toArray());
    }

    @Test
    void impossible_settings_and_a_painter_that_loses_images_are_refused() {
        assertTrue(assertThrows(IllegalArgumentException.class, () -> keyword(0, 1))
                .getMessage()
                .contains("prompts must be at least 1 but are 0"));
        assertThrows(IllegalArgumentException.class, () -> new PlaygroundScore(1, 1, 0, Wording.KEYWORD));
        assertThrows(IllegalStateException.class, () -> keyword(3, 1).run(requests -> List.of(), done -> {}));
    }

    private static PlaygroundScore keyword(int prompts, long seed) {
        return new PlaygroundScore(prompts, seed, 16, Wording.KEYWORD);
    }

    private static List<Painter.Request> requests(PlaygroundScore score) throws IOException {
        List<Painter.Request> heard = new ArrayList<>();
        PlaygroundImage any = SceneRenderer.image(SceneSpace.all().get(0), 1);
        score.run(
                requests -> {
                    heard.addAll(requests);
                    return requests.stream().map(request -> any).toList();
                },
                done -> {});
        return heard;
    }

    private static List<PlaygroundImage> perfect(List<Painter.Request> requests) {
        return requests.stream()
                .map(request -> SceneRenderer.image(BY_CAPTION.get(request.prompt()), request.seed()))
                .toList();
    }
}
