package io.surstream.trainer.run;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.surstream.storage.InMemoryObjectStore;
import io.surstream.storage.StoreSettings;
import io.surstream.trainer.assemble.ExampleGathering.Waiting;
import io.surstream.trainer.assemble.TeacherVectors;
import io.surstream.trainer.model.AdapterRunOpener;
import io.surstream.trainer.train.RunPlan;
import io.surstream.training.settings.TrainingSettings;
import io.surstream.v1.ExampleCurated;
import io.surstream.v1.Failure;
import io.surstream.v1.ObjectReference;
import io.surstream.v1.TeacherChoice;
import java.awt.image.BufferedImage;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import javax.imageio.ImageIO;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What those who asked are told of a run that the training library or its data make impossible. */
class UnusableRunTest {
    private static final String BUNDLED = "playground";
    private static final String IMAGE = "examples/1.png";
    private static final Waiting NEVER = new Waiting() {
        @Override
        public void tell(String activity) {}

        @Override
        public void pause(Duration moment) {
            throw new AssertionError("there is nothing to wait for");
        }
    };

    @TempDir
    Path folder;

    private final InMemoryObjectStore objects = new InMemoryObjectStore("test");

    private Failure failure(String model, Map<String, Object> settings) {
        AdapterRunOpener opener = new AdapterRunOpener(
                new AdapterRunOpener.Settings(model, "cpu", folder.resolve("features"), false, 1 << 20, 1 << 20),
                StoreSettings.of(URI.create("http://127.0.0.1:1"), "key", "secret", "models"),
                objects,
                (found, computed) -> {});
        ExampleCurated example = ExampleCurated.newBuilder()
                .setExampleId("1")
                .setSimplePrompt("a heart")
                .setComplexPrompt("1 heart, red")
                .setImage(ObjectReference.newBuilder().setKey(IMAGE))
                .build();
        try (TeacherVectors vectors = TeacherVectors.create(folder.resolve("vectors.bin"))) {
            RunPlan plan = new RunPlan(
                    "run-1",
                    "",
                    "",
                    TrainingSettings.of(settings),
                    List.of(example),
                    TeacherChoice.getDefaultInstance(),
                    vectors,
                    Optional.empty());
            RuntimeException refusal = assertThrows(RuntimeException.class, () -> opener.open(plan, NEVER));
            return RunFailures.of(refusal).orElseThrow(() -> refusal);
        }
    }

    private void putImage() throws IOException {
        ByteArrayOutputStream png = new ByteArrayOutputStream();
        ImageIO.write(new BufferedImage(64, 64, BufferedImage.TYPE_INT_RGB), "png", png);
        objects.put(IMAGE, png.toByteArray(), "image/png");
    }

    private static void assertFailure(String type, String part, Failure failure) {
        assertEquals(type, failure.getType(), failure.getMessage());
        assertTrue(failure.getMessage().contains(part), failure.getMessage());
    }

    @Test
    void a_model_that_is_not_there_or_has_no_place_to_be_is_unusable() {
        String nowhere = folder.resolve("nowhere").toString();
        assertFailure("MODEL_UNUSABLE", nowhere, failure(nowhere, Map.of()));
        assertFailure("MODEL_UNUSABLE", "s3://bucket/prefix", failure("s3://models", Map.of()));
    }

    @Test
    void a_run_whose_images_are_all_gone_has_no_usable_examples() {
        assertFailure("NO_USABLE_EXAMPLES", "MISSING=1", failure(BUNDLED, Map.of("llm_weight", 0)));
    }

    @Test
    void settings_that_do_not_fit_the_model_make_training_impossible() throws IOException {
        putImage();

        assertFailure(
                "TRAINING_IMPOSSIBLE",
                "resolution must be a multiple of",
                failure(BUNDLED, Map.of("llm_weight", 0, "resolution", 63)));
    }
}
