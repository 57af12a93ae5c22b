package io.surstream.curator.flow;

import io.surstream.curator.inspect.InspectedImage;
import io.surstream.curator.journal.Entry;
import io.surstream.curator.parse.SourceItem;
import io.surstream.curator.report.FilterResult;
import io.surstream.v1.ExampleCurated;
import java.util.Optional;

/** How far one item has come. Each stage takes one of these states further; the others pass it by. */
public sealed interface Work {

    /**
     * Done with.
     *
     * @param entry for the journal; empty where the journal has it, or must not have it
     */
    record Ended(FilterResult<?> outcome, Optional<Entry> entry) implements Work {}

    /**
     * Worth its image.
     *
     * @param digest of the item with its image's version and the recipe
     * @param id digest of its name
     */
    record Selected(SourceItem item, long digest, long id) implements Work {}

    /**
     * With an image to train on.
     *
     * @param content digest of image and given sentence
     */
    record WithImage(Selected selected, InspectedImage image, long content) implements Work {
        public Entry published() {
            return new Entry(selected.digest(), selected.id(), content, Optional.empty());
        }
    }

    /** Ready to be published; its image is stored. */
    record Example(WithImage withImage, ExampleCurated event) implements Work {}

    /** The end of a selected item; what may pass is not for the journal. */
    static Work ended(Selected selected, FilterResult.Rejected<?> end) {
        Entry entry = new Entry(selected.digest(), selected.id(), 0, Optional.of(end.rejection()));
        return new Ended(end, Optional.of(entry).filter(e -> end.rejection().lasting()));
    }
}
