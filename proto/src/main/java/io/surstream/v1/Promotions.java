package io.surstream.v1;

import java.util.List;
import java.util.Optional;

/** What the next event of a channel on adapters.promoted is, given the last one. Pure. */
public final class Promotions {
    /** Serves whoever asks for no adapter. */
    public static final String LIVE = "live";

    /** Serves a share of those. */
    public static final String CANARY = "canary";

    /** The revision of an empty channel. */
    public static final String NONE = "none";

    /** Every channel. */
    public static final List<String> CHANNELS = List.of(LIVE, CANARY);

    private Promotions() {}

    /** Who promotes, why and when. */
    public record Occasion(String promotedBy, String reason, long atMs) {}

    /** What a channel has; {@link #NONE} where nothing was promoted or it was emptied. */
    public static String revision(Optional<AdapterPromoted> last) {
        return last.map(AdapterPromoted::getRevision).orElse(NONE);
    }

    /** The channel gets this checkpoint's adapter. */
    public static AdapterPromoted promote(
            Optional<AdapterPromoted> last, String channel, CheckpointPublished checkpoint, Occasion occasion) {
        return next(last, channel, occasion)
                .setRevision(checkpoint.getRevision())
                .setAdapter(checkpoint.getAdapter())
                .setAdapterWeight(checkpoint.getAdapterWeight())
                .setModelRevision(checkpoint.getModelRevision())
                .build();
    }

    /** The channel gets nothing. */
    public static AdapterPromoted empty(Optional<AdapterPromoted> last, String channel, Occasion occasion) {
        return next(last, channel, occasion).setRevision(NONE).build();
    }

    private static AdapterPromoted.Builder next(Optional<AdapterPromoted> last, String channel, Occasion occasion) {
        if (!CHANNELS.contains(channel)) {
            throw new IllegalArgumentException(
                    "channel must be one of " + String.join(", ", CHANNELS) + " but is '" + channel + "'");
        }
        return AdapterPromoted.newBuilder()
                .setChannel(channel)
                .setSequence(last.map(AdapterPromoted::getSequence).orElse(0L) + 1)
                .setPreviousRevision(revision(last))
                .setPromotedBy(occasion.promotedBy())
                .setReason(occasion.reason())
                .setPromotedAtMs(occasion.atMs());
    }
}
