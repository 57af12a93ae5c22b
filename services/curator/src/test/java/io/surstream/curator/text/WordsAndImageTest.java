package io.surstream.curator.text;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.surstream.curator.inspect.ImageFiles;
import io.surstream.curator.inspect.ImageInspector;
import io.surstream.curator.inspect.ImageLimits;
import io.surstream.curator.inspect.InspectedImage;
import io.surstream.curator.parse.ImageLocation;
import io.surstream.curator.parse.SourceItem;
import io.surstream.curator.report.FilterResult;
import io.surstream.curator.report.Stage;
import io.surstream.playground.captions.PlainCaptions;
import io.surstream.playground.captions.Split;
import io.surstream.playground.world.Scene;
import io.surstream.playground.world.SceneRenderer;
import io.surstream.playground.world.SceneSpace;
import java.util.List;
import java.util.Optional;
import java.util.OptionalDouble;
import org.junit.jupiter.api.Test;

/** Captions and their check, by the playground's captioner and scorer. */
class WordsAndImageTest {
    private static final Scene SCENE = SceneSpace.training().get(100);
    private static final Scene OTHER = SceneSpace.training().get(3_000);
    private static final InspectedImage IMAGE =
            inspected(SceneRenderer.image(SCENE, 7).toPng());
    private static final InspectedImage PHOTO = inspected(ImageFiles.jpeg(200, 100));

    private final Optional<Scorer> scorer = Optional.of(new PlaygroundSimilarity());
    private final CaptionStage captions = new CaptionStage(Optional.of(new PlaygroundCaptioner()));
    private final CaptionStage none = new CaptionStage(Optional.empty());

    @Test
    void a_given_sentence_is_used() {
        assertEquals(FilterResult.kept(new Captioned("my words", "given")), captions.caption(item("my words"), IMAGE));
    }

    @Test
    void without_given_sentence_the_captioner_says_what_the_image_shows() {
        Captioned written = ((FilterResult.Kept<Captioned>) captions.caption(item(""), IMAGE)).value();

        assertEquals("playground", written.captioner());
        assertEquals(1, new PlaygroundSimilarity().similarity(IMAGE, written.sentence()));
        assertEquals(
                FilterResult.kept(written), captions.caption(item(""), IMAGE), "the same image, the same sentence");
    }

    @Test
    void without_sentence_and_captioner_or_where_it_knows_none_the_item_ends() {
        assertEquals(FilterResult.rejected(Stage.CAPTION, "without-sentence"), none.caption(item(""), IMAGE));
        assertEquals(
                FilterResult.rejected(Stage.CAPTION, "captioner-has-no-sentence"), captions.caption(item(""), PHOTO));
        Captioner blank = new Captioner() {
            @Override
            public String name() {
                return "blank";
            }

            @Override
            public Optional<String> caption(InspectedImage image, String prompt) {
                return Optional.of(" ");
            }
        };
        assertEquals(
                FilterResult.rejected(Stage.CAPTION, "captioner-has-no-sentence"),
                new CaptionStage(Optional.of(blank)).caption(item(""), IMAGE));
    }

    @Test
    void a_sentence_that_fits_stays_and_says_how_well() {
        Captioned fitting = given(PlainCaptions.of(SCENE, 1, Split.TRAIN));

        assertEquals(
                FilterResult.kept(new Checked(fitting, Optional.of(1f))),
                stage(false).check(item("x"), IMAGE, fitting));
    }

    @Test
    void a_sentence_that_does_not_fit_is_dropped_or_written_anew() {
        Captioned wrong = given(PlainCaptions.of(OTHER, 1, Split.TRAIN));

        assertEquals(
                FilterResult.rejected(Stage.SIMILARITY, "sentence-does-not-fit"),
                stage(false).check(item("x"), IMAGE, wrong));
        Checked anew = ((FilterResult.Kept<Checked>) stage(true).check(item("x"), IMAGE, wrong)).value();
        assertEquals("playground", anew.caption().captioner());
        assertTrue(anew.similarity().get() > 0.9f);
    }

    @Test
    void without_scorer_every_sentence_passes_unchecked() {
        SimilarityStage unchecked = new SimilarityStage(Optional.empty(), OptionalDouble.of(0.9), captions, true);
        Captioned any = given("nonsense");

        assertEquals(FilterResult.kept(new Checked(any, Optional.empty())), unchecked.check(item("x"), IMAGE, any));
    }

    @Test
    void a_scorer_that_knows_no_number_lets_nothing_pass() {
        Scorer lost = new Scorer() {
            @Override
            public String name() {
                return "lost";
            }

            @Override
            public float threshold() {
                return 0;
            }

            @Override
            public float similarity(InspectedImage image, String sentence) {
                return Float.NaN;
            }
        };
        SimilarityStage stage = new SimilarityStage(Optional.of(lost), OptionalDouble.empty(), none, true);

        assertEquals(
                FilterResult.rejected(Stage.SIMILARITY, "sentence-does-not-fit"),
                stage.check(item("x"), IMAGE, given("x")));
    }

    private SimilarityStage stage(boolean recaption) {
        return new SimilarityStage(scorer, OptionalDouble.empty(), captions, recaption);
    }

    private static Captioned given(String sentence) {
        return new Captioned(sentence, Captioned.GIVEN);
    }

    private static SourceItem item(String sentence) {
        return new SourceItem("1", "p", "", sentence, new ImageLocation.Named("1"), List.of());
    }

    private static InspectedImage inspected(byte[] file) {
        ImageInspector inspector = new ImageInspector(new ImageLimits(16, 1000, 1_000_000));
        return ((FilterResult.Kept<InspectedImage>) inspector.inspect(file)).value();
    }
}
