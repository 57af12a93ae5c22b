package io.surstream.playground.score;

import io.surstream.playground.captions.KeywordCaptions;
import io.surstream.playground.captions.PlainCaptions;
import io.surstream.playground.captions.Split;
import io.surstream.playground.world.PlaygroundImage;
import io.surstream.playground.world.Scene;
import io.surstream.playground.world.SceneSpace;
import io.surstream.playground.world.Sheet;
import io.surstream.playground.world.SplitMix64;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.function.IntConsumer;

/**
 * How well a model draws what it was never shown: prompts of held-out scenes, images from a {@link Painter}, read off
 * by {@link SceneReader}.
 *
 * @param prompts how many images, at least one; beyond the number of held-out scenes, scenes repeat with other seeds
 * @param seed picks the scenes, their order, their words and the seeds of the images
 * @param batch how many requests the painter gets together, at least one
 */
public record PlaygroundScore(int prompts, long seed, int batch, Wording wording) {
    private static final int SHEET_IMAGES = 48;
    private static final int SHEET_COLUMNS = 8;
    private static final int SHEET_SCALE = 2;

    /** How the prompts are said. */
    public enum Wording {
        /** The exact keyword caption, as the model was trained on. */
        KEYWORD,
        /** Plain sentences in phrasings that no training saw. */
        PLAIN,
        /** Plain sentences of the second test, {@link Split#FRESH}. */
        FRESH
    }

    /** The table, and the first 48 images as a PNG for people, labels of wrong ones in red. */
    public record Report(ScoreTable table, byte[] sheet) {}

    /** A scene, and the prompt and seed that ask for it. */
    public record Task(Scene scene, Painter.Request request) {}

    public PlaygroundScore {
        if (prompts < 1) {
            throw new IllegalArgumentException("prompts must be at least 1 but are " + prompts);
        }
        if (batch < 1) {
            throw new IllegalArgumentException("batch must be at least 1 but is " + batch);
        }
    }

    /**
     * Draws and reads all images.
     *
     * @param done is called after each batch how many images are finished
     * @throws IOException as the painter throws it
     */
    public Report run(Painter painter, IntConsumer done) throws IOException {
        List<Task> tasks = tasks();
        List<Score> scores = new ArrayList<>();
        Sheet sheet = new Sheet(SHEET_COLUMNS, SHEET_SCALE);
        for (int start = 0; start < tasks.size(); start += batch) {
            List<Task> part = tasks.subList(start, Math.min(tasks.size(), start + batch));
            List<PlaygroundImage> images =
                    painter.paint(part.stream().map(Task::request).toList());
            if (images.size() != part.size()) {
                throw new IllegalStateException(
                        "the painter was asked for " + part.size() + " images but gave " + images.size());
            }
            for (int i = 0; i < part.size(); i++) {
                scores.add(judge(part.get(i), images.get(i), scores.size() < SHEET_IMAGES ? sheet : null));
            }
            done.accept(scores.size());
        }
        return new Report(ScoreTable.of(scores), sheet.toPng());
    }

    /** The scenes and prompts, in the order of drawing: the same for the same seed. */
    public List<Task> tasks() {
        SplitMix64 random = new SplitMix64(seed);
        List<Scene> scenes = new ArrayList<>();
        while (scenes.size() < prompts) {
            List<Scene> round = new ArrayList<>(SceneSpace.heldOut());
            random.shuffle(round);
            scenes.addAll(round);
        }
        List<Task> tasks = new ArrayList<>();
        for (Scene scene : scenes.subList(0, prompts)) {
            long imageSeed = random.below(Integer.MAX_VALUE);
            tasks.add(new Task(scene, new Painter.Request(words(scene, imageSeed), imageSeed)));
        }
        return tasks;
    }

    private String words(Scene scene, long imageSeed) {
        return switch (wording) {
            case KEYWORD -> KeywordCaptions.of(scene);
            case PLAIN -> PlainCaptions.of(scene, imageSeed, Split.TEST);
            case FRESH -> PlainCaptions.of(scene, imageSeed, Split.FRESH);
        };
    }

    private static Score judge(Task task, PlaygroundImage image, Sheet sheet) {
        Score score = Score.of(task.scene(), SceneReader.read(image));
        if (sheet != null && score.right().get(Attribute.TOGETHER)) {
            sheet.add(image, task.request().prompt());
        } else if (sheet != null) {
            sheet.addWrong(image, task.request().prompt());
        }
        return score;
    }
}
