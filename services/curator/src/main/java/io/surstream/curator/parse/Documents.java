package io.surstream.curator.parse;

import io.surstream.curator.report.FilterResult;
import io.surstream.curator.report.Rejection;
import io.surstream.curator.report.Stage;
import java.io.IOException;
import java.util.Iterator;
import java.util.List;

/**
 * Several documents one after the other, each opened when it is reached; one that is broken costs only its own rest. One without
 * items is a dropped item, unless all are: then there are no items at all.
 */
public final class Documents extends ItemStream {

    /** Opens one document. */
    public interface Opening {
        ItemStream open() throws IOException;
    }

    private final Iterator<Opening> documents;
    private ItemStream current;
    private boolean fruitful;
    /** Documents without items that are not reported yet, because no item was found so far. */
    private int barren;

    public Documents(List<Opening> documents) {
        this.documents = List.copyOf(documents).iterator();
    }

    @Override
    protected FilterResult<SourceItem> advance() throws IOException {
        boolean found = current != null && current.hasNext();
        while (!found && documents.hasNext()) {
            close();
            try {
                current = documents.next().open();
            } catch (IOException e) {
                return FilterResult.rejected(Rejection.passing(Stage.PARSE, "unreadable-metadata"));
            }
            found = current.hasNext();
            barren += found ? 0 : 1;
        }
        fruitful |= found;
        if (fruitful && barren > 0) {
            barren--;
            return FilterResult.rejected(Stage.PARSE, "document-without-items");
        }
        return found ? current.next() : null;
    }

    @Override
    public void close() throws IOException {
        if (current != null) {
            current.close();
            current = null;
        }
    }
}
