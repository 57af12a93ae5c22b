package io.surstream.curator.grpc;

import io.grpc.stub.ServerCallStreamObserver;
import io.surstream.curator.ImportListener;
import io.surstream.v1.CurationReport;
import io.surstream.v1.ImportProgressed;
import java.util.function.BooleanSupplier;

/**
 * Tells a client how far its import is: after the first item, so that it knows that the import continues, then now and
 * then. One thread.
 */
final class ProgressStream implements ImportListener {
    private static final long EVERY_NANOS = 200_000_000;

    private final ServerCallStreamObserver<ImportProgressed> client;
    private final BooleanSupplier leaving;
    private ImportProgressed latest = ImportProgressed.getDefaultInstance();
    private long toldNanos = System.nanoTime() - EVERY_NANOS;

    /** @param leaving whether this process is to end, and the import with it */
    ProgressStream(ServerCallStreamObserver<ImportProgressed> client, BooleanSupplier leaving) {
        this.client = client;
        this.leaving = leaving;
    }

    @Override
    public void progressed(long read, long total, long published) {
        latest = ImportProgressed.newBuilder()
                .setItemsRead(read)
                .setItemsTotal(total)
                .setExamplesPublished(published)
                .build();
        long now = System.nanoTime();
        if (now - toldNanos >= EVERY_NANOS && client.isReady()) {
            client.onNext(latest);
            toldNanos = now;
        }
    }

    @Override
    public boolean isGone() {
        return client.isCancelled() || leaving.getAsBoolean();
    }

    /** The last message, unless no client is connected. */
    void end(CurationReport report) {
        if (!client.isCancelled()) {
            client.onNext(latest.toBuilder().setReport(report).build());
            client.onCompleted();
        }
    }
}
