package io.surstream.curator.parse;

import com.fasterxml.jackson.core.JsonProcessingException;
import io.surstream.curator.report.FilterResult;
import io.surstream.curator.report.Rejection;
import io.surstream.curator.report.Stage;
import java.io.IOException;
import java.util.Iterator;
import java.util.NoSuchElementException;

/**
 * Items of one document, one at a time, however many there are. What cannot be read is a dropped item; where nothing after it can be
 * read either, it is the last. One thread.
 */
public abstract class ItemStream implements Iterator<FilterResult<SourceItem>>, AutoCloseable {
    private FilterResult<SourceItem> ahead;
    private boolean ended;

    /** The next item, or null at the end. An exception ends the stream with a dropped item. */
    protected abstract FilterResult<SourceItem> advance() throws IOException;

    @Override
    public final boolean hasNext() {
        if (ahead == null && !ended) {
            try {
                ahead = advance();
                ended = ahead == null;
            } catch (MetadataRefusedException e) {
                ahead = last(Rejection.lasting(Stage.PARSE, e.getMessage()));
            } catch (JsonProcessingException e) {
                ahead = last(Rejection.lasting(Stage.PARSE, "broken-json"));
            } catch (IOException e) {
                ahead = last(Rejection.passing(Stage.PARSE, "unreadable-metadata"));
            }
        }
        return ahead != null;
    }

    private FilterResult<SourceItem> last(Rejection rejection) {
        ended = true;
        return FilterResult.rejected(rejection);
    }

    @Override
    public final FilterResult<SourceItem> next() {
        if (!hasNext()) {
            throw new NoSuchElementException("the document has no more items");
        }
        FilterResult<SourceItem> item = ahead;
        ahead = null;
        return item;
    }

    @Override
    public abstract void close() throws IOException;
}
