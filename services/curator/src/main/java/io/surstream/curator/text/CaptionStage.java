package io.surstream.curator.text;

import io.surstream.curator.inspect.InspectedImage;
import io.surstream.curator.parse.SourceItem;
import io.surstream.curator.report.FilterResult;
import io.surstream.curator.report.Stage;
import java.util.Optional;

/** The sentence that the source gives, or else the captioner's. Thread-safe. */
public final class CaptionStage {
    private final Optional<Captioner> captioner;

    /** @param captioner empty: only given sentences */
    public CaptionStage(Optional<Captioner> captioner) {
        this.captioner = captioner;
    }

    public FilterResult<Captioned> caption(SourceItem item, InspectedImage image) {
        return item.simplePrompt().isBlank()
                ? write(item, image)
                : FilterResult.kept(new Captioned(item.simplePrompt(), Captioned.GIVEN));
    }

    /** A sentence of the captioner's, whatever the source gives. */
    public FilterResult<Captioned> write(SourceItem item, InspectedImage image) {
        if (captioner.isEmpty()) {
            return FilterResult.rejected(Stage.CAPTION, "without-sentence");
        }
        Captioner writer = captioner.get();
        return writer.caption(image, item.prompt())
                .filter(sentence -> !sentence.isBlank())
                .map(sentence -> FilterResult.kept(new Captioned(sentence, writer.name())))
                .orElseGet(() -> FilterResult.rejected(Stage.CAPTION, "captioner-has-no-sentence"));
    }

    /** Whether {@link #write} can give anything. */
    public boolean writes() {
        return captioner.isPresent();
    }
}
