package io.surstream.cli.playground;

import io.surstream.playground.captions.KeywordCaptions;
import io.surstream.playground.world.Scene;
import io.surstream.playground.world.SceneRenderer;
import io.surstream.playground.world.SceneSpace;
import io.surstream.playground.world.Sheet;
import io.surstream.playground.world.SplitMix64;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** Shows the world as it is drawn for training. */
@Command(
        name = "sheet",
        mixinStandardHelpOptions = true,
        description = "Save a contact sheet of rendered scenes with their keyword prompts: the model's training data.")
final class PlaygroundSheet implements Callable<Integer> {
    private static final int COLUMNS = 8;
    private static final int SCALE = 2;

    @Option(names = "--out", required = true, paramLabel = "FILE", description = "The PNG file.")
    Path out;

    @Option(names = "--images", paramLabel = "N", description = "Number of scenes (default: ${DEFAULT-VALUE}).")
    int images = 48;

    @Option(names = "--seed", paramLabel = "N", description = "Seed for the scenes (default: ${DEFAULT-VALUE}).")
    long seed = 1;

    @Override
    public Integer call() throws IOException {
        SplitMix64 random = new SplitMix64(seed);
        Sheet sheet = new Sheet(COLUMNS, SCALE);
        for (int n = 0; n < images; n++) {
            Scene scene = random.pick(SceneSpace.training());
            sheet.add(SceneRenderer.image(scene, seed + n), KeywordCaptions.of(scene));
        }
        Files.write(out, sheet.toPng());
        return 0;
    }
}
