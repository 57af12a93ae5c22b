package io.surstream.curator.parse;

import com.fasterxml.jackson.core.JsonProcessingException;
import io.surstream.curator.report.Drop;
import io.surstream.curator.report.Outcome;
import io.surstream.curator.report.Stage;
import java.io.IOException;
import java.util.Iterator;
import java.util.NoSuchElementException;

/**
 * Items of one document, one at a time, however many there are. What cannot be read is a dropped item; where nothing after it can be
 * read either, it is the last. One thread.
 */
public abstract class ItemStream implements Iterator<Outcome<SourceItem>>, AutoCloseable {
    private Outcome<SourceItem> ahead;
    private boolean ended;

    /** The next item, or null at the end. An exception ends the stream with a dropped item. */
    protected abstract Outcome<SourceItem> advance() throws IOException;

    @Override
    public final boolean hasNext() {
        if (ahead == null && !ended) {
            try {
                ahead = advance();
                ended = ahead == null;
            } catch (MetadataRefusedException e) {
                ahead = last(Drop.lasting(Stage.PARSE, e.getMessage()));
            } catch (JsonProcessingException e) {
                ahead = last(Drop.lasting(Stage.PARSE, "broken-json"));
            } catch (IOException e) {
                ahead = last(Drop.passing(Stage.PARSE, "unreadable-metadata"));
            }
        }
        return ahead != null;
    }

    private Outcome<SourceItem> last(Drop drop) {
        ended = true;
        return Outcome.dropped(drop);
    }

    @Override
    public final Outcome<SourceItem> next() {
        if (!hasNext()) {
            throw new NoSuchElementException("the document has no more items");
        }
        Outcome<SourceItem> item = ahead;
        ahead = null;
        return item;
    }

    @Override
    public abstract void close() throws IOException;
}
