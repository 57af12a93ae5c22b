package io.surstream.curator.parse;

import io.surstream.curator.report.Drop;
import io.surstream.curator.report.Outcome;
import io.surstream.curator.report.Stage;
import java.io.IOException;
import java.util.Iterator;
import java.util.List;

/** Several documents one after the other, each opened when it is reached; one that is broken costs only its own rest. */
public final class Documents extends ItemStream {

    /** Opens one document. */
    public interface Opening {
        ItemStream open() throws IOException;
    }

    private final Iterator<Opening> documents;
    private ItemStream current;

    public Documents(List<Opening> documents) {
        this.documents = List.copyOf(documents).iterator();
    }

    @Override
    protected Outcome<SourceItem> advance() throws IOException {
        while (current == null || !current.hasNext()) {
            close();
            if (!documents.hasNext()) {
                return null;
            }
            try {
                current = documents.next().open();
            } catch (IOException e) {
                return Outcome.dropped(Drop.passing(Stage.PARSE, "unreadable-metadata"));
            }
        }
        return current.next();
    }

    @Override
    public void close() throws IOException {
        if (current != null) {
            current.close();
            current = null;
        }
    }
}
