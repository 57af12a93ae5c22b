package io.surstream.evaluation.measure;

import io.surstream.evaluation.paint.PaintRequest;
import io.surstream.models.image.RgbImage;
import io.surstream.playground.score.Attribute;
import io.surstream.playground.score.PlaygroundScore;
import io.surstream.playground.score.PlaygroundScore.Wording;
import io.surstream.playground.score.SceneReader;
import io.surstream.playground.score.Score;
import io.surstream.playground.world.PlaygroundImage;
import io.surstream.playground.world.Scene;
import io.surstream.playground.world.SceneRenderer;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.stream.Stream;

/** The playground's own judge: held-out scenes, colours and geometry read off 64×64 pixels. */
public record PlaygroundScorer(Wording wording) implements SemanticScorer<Scene> {
    /** Name in settings and reports. */
    public static final String NAME = "playground";

    private static final long REFERENCE_SEED = 0x5ce7eL;

    /** Plain sentences in phrasings that no training saw. */
    public PlaygroundScorer() {
        this(Wording.PLAIN);
    }

    @Override
    public String name() {
        return NAME;
    }

    @Override
    public boolean judges(int width, int height) {
        return width == PlaygroundImage.SIZE && height == PlaygroundImage.SIZE;
    }

    @Override
    public List<EvaluationTask<Scene>> tasks(int count, long seed) {
        return tasks(count, seed, wording);
    }

    /** The keyword captions that the model was trained on, of the same scenes; none where the tasks are such captions already. */
    @Override
    public List<EvaluationTask<Scene>> controls(int count, long seed) {
        return count == 0 || wording == Wording.KEYWORD ? List.of() : tasks(count, seed, Wording.KEYWORD);
    }

    /** What prompts are asked for; style is not among it. */
    @Override
    public List<String> kept() {
        return Stream.of(Attribute.COLOUR, Attribute.COUNT, Attribute.ARRANGEMENT, Attribute.TOGETHER)
                .map(PlaygroundScorer::category)
                .toList();
    }

    private static List<EvaluationTask<Scene>> tasks(int count, long seed, Wording wording) {
        return new PlaygroundScore(count, seed, 1, wording)
                .tasks().stream()
                        .map(task -> new EvaluationTask<>(
                                new PaintRequest(
                                        task.request().prompt(), task.request().seed()),
                                task.scene()))
                        .toList();
    }

    @Override
    public List<String> categories() {
        return Stream.of(Attribute.values()).map(PlaygroundScorer::category).toList();
    }

    @Override
    public String headline() {
        return category(Attribute.TOGETHER);
    }

    @Override
    public Map<String, Boolean> judge(Scene expected, RgbImage image) {
        Map<String, Boolean> right = new LinkedHashMap<>();
        Score.of(expected, SceneReader.read(new PlaygroundImage(image.rgb())))
                .right()
                .forEach((attribute, answer) -> right.put(category(attribute), answer));
        return right;
    }

    /** The scenes that are asked for, drawn by the world's own renderer. */
    @Override
    public List<RgbImage> references(List<EvaluationTask<Scene>> tasks) {
        return tasks.stream()
                .map(task ->
                        SceneRenderer.render(task.expected(), task.request().seed() ^ REFERENCE_SEED))
                .map(rgb -> new RgbImage(PlaygroundImage.SIZE, PlaygroundImage.SIZE, rgb))
                .toList();
    }

    private static String category(Attribute attribute) {
        return attribute.name().toLowerCase(Locale.ROOT);
    }
}
