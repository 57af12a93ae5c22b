package io.surstream.curator.text;

import io.surstream.curator.inspect.InspectedImage;
import io.surstream.curator.parse.SourceItem;
import io.surstream.curator.report.FilterResult;
import io.surstream.curator.report.Stage;
import java.util.Optional;
import java.util.OptionalDouble;

/** Keeps sentences that fit their image; one that does not is dropped, or rewritten once. Thread-safe. */
public final class SimilarityStage {
    private final Optional<Scorer> scorer;
    private final float least;
    private final CaptionStage captions;
    private final boolean recaption;

    /**
     * @param scorer empty: every sentence passes unchecked
     * @param least empty: the scorer's own
     * @param captions rewrites
     * @param recaption whether a given sentence that does not fit is replaced by the captioner's
     */
    public SimilarityStage(Optional<Scorer> scorer, OptionalDouble least, CaptionStage captions, boolean recaption) {
        this.scorer = scorer;
        this.least = (float) least.orElse(scorer.map(Scorer::threshold).orElse(0f));
        this.captions = captions;
        this.recaption = recaption;
    }

    public FilterResult<Checked> check(SourceItem item, InspectedImage image, Captioned captioned) {
        if (scorer.isEmpty()) {
            return FilterResult.kept(new Checked(captioned, Optional.empty()));
        }
        FilterResult<Checked> first = score(image, captioned);
        boolean again = recaption && captions.writes() && captioned.captioner().equals(Captioned.GIVEN);
        return first instanceof FilterResult.Rejected<Checked> && again
                ? captions.write(item, image).then(anew -> score(image, anew))
                : first;
    }

    private FilterResult<Checked> score(InspectedImage image, Captioned captioned) {
        float similarity = scorer.get().similarity(image, captioned.sentence());
        // Written so that NaN does not pass.
        return similarity >= least
                ? FilterResult.kept(new Checked(captioned, Optional.of(similarity)))
                : FilterResult.rejected(Stage.SIMILARITY, "sentence-does-not-fit");
    }
}
