package io.surstream.it.observability;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.grpc.ManagedChannel;
import io.grpc.ManagedChannelBuilder;
import io.opentelemetry.proto.trace.v1.Span;
import io.surstream.v1.CuratorGrpc;
import io.surstream.v1.ImportRequest;

/** What is seen of an import: a span below that of the call which asked for it, sent when the import ends, whatever its caller does. */
public final class ImportTrace {
    private static final String LEFT = "left";

    private ImportTrace() {}

    /** The import's own span, waiting for it; there must be no other of the dataset. */
    static Span of(TraceCollector collector, String dataset) {
        Span found = collector.await(span -> isOf(dataset, span));
        assertEquals(
                1,
                collector.spans().stream().filter(span -> isOf(dataset, span)).count());
        assertFalse(found.getParentSpanId().isEmpty(), "the call's");
        return found;
    }

    private static boolean isOf(String dataset, Span span) {
        return span.getName().equals("import")
                && TraceCollector.attribute(span, "surstream.dataset").equals(dataset);
    }

    /**
     * Has a curator import scenes, and leaves at its first word.
     *
     * @param port of the curator
     */
    public static void requireOfCallerWhoLeaves(TraceCollector collector, int port) {
        ImportRequest request = ImportRequest.newBuilder()
                .setSource("playground:5000?seed=3")
                .setDataset(LEFT)
                .build();
        ManagedChannel channel = ManagedChannelBuilder.forAddress("127.0.0.1", port)
                .usePlaintext()
                .build();
        try {
            assertTrue(CuratorGrpc.newBlockingStub(channel).import_(request).hasNext());
        } finally {
            channel.shutdownNow();
        }

        Span left = of(collector, LEFT);

        String trace = TraceCollector.traceId(left);
        collector.await(span -> TraceCollector.linked(span).contains(trace));
    }
}
