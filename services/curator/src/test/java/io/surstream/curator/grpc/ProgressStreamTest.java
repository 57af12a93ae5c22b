package io.surstream.curator.grpc;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.surstream.testsupport.fixtures.RecordedAnswers;
import io.surstream.v1.CurationReport;
import io.surstream.v1.ImportProgressed;
import java.util.concurrent.atomic.AtomicBoolean;
import org.junit.jupiter.api.Test;

class ProgressStreamTest {
    private final RecordedAnswers<ImportProgressed> client = new RecordedAnswers<>();
    private final AtomicBoolean leaving = new AtomicBoolean();
    private final ProgressStream stream = new ProgressStream(client, leaving::get);

    @Test
    void an_import_ends_when_its_process_leaves() {
        assertFalse(stream.isGone());

        leaving.set(true);

        assertTrue(stream.isGone());
    }

    @Test
    void an_import_ends_when_its_client_goes_and_nobody_is_told_its_report() {
        client.cancel();

        assertTrue(stream.isGone());
        stream.end(CurationReport.getDefaultInstance());
        assertTrue(client.values.isEmpty());
    }

    @Test
    void the_first_item_is_told_at_once() {
        stream.progressed(1, 10, 0);

        assertEquals(1, client.values.get(0).getItemsRead());
    }

    @Test
    void the_last_message_has_the_counts_and_the_report() {
        stream.progressed(7, 10, 5);

        stream.end(CurationReport.newBuilder().setDataset("d").build());

        ImportProgressed last = client.values.get(client.values.size() - 1);
        assertEquals(7, last.getItemsRead());
        assertEquals("d", last.getReport().getDataset());
        assertTrue(client.completed);
    }
}
