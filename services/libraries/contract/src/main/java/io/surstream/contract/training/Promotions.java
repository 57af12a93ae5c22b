package io.surstream.contract.training;

import io.surstream.v1.AdapterPromoted;
import io.surstream.v1.CheckpointPublished;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/** What the next event of a channel on adapters.promoted is, given the last one. Pure. */
public final class Promotions {
    /** Serves requests without an adapter name. */
    public static final String LIVE = "live";

    /** Serves a share of those. */
    public static final String CANARY = "canary";

    /** The revision of an empty channel. */
    public static final String NONE = "none";

    /** The adapter that comes with the base model, or none where none does: what live has before the first promotion. */
    public static final String MODEL = "model";

    /** Revisions that no checkpoint has. */
    public static final Set<String> RESERVED = Set.of(NONE, MODEL);

    /** Every channel. */
    public static final List<String> CHANNELS = List.of(LIVE, CANARY);

    private Promotions() {}

    /** Who promotes, why and when. */
    public record Attribution(String promotedBy, String reason, long atMs) {}

    /** What a channel has; where nothing was promoted, canary is empty and live has the model's own. */
    public static String revision(Optional<AdapterPromoted> last, String channel) {
        return last.map(AdapterPromoted::getRevision).orElse(channel.equals(LIVE) ? MODEL : NONE);
    }

    /** The channel gets this checkpoint's adapter. */
    public static AdapterPromoted promote(
            Optional<AdapterPromoted> last, String channel, CheckpointPublished checkpoint, Attribution attribution) {
        return next(last, channel, attribution)
                .setRevision(checkpoint.getRevision())
                .setAdapter(checkpoint.getAdapter())
                .setAdapterWeight(checkpoint.getAdapterWeight())
                .setModelRevision(checkpoint.getModelRevision())
                .build();
    }

    /** The channel gets nothing. */
    public static AdapterPromoted empty(Optional<AdapterPromoted> last, String channel, Attribution attribution) {
        return reserved(last, channel, NONE, attribution);
    }

    /** @param revision {@link #NONE}, or for live {@link #MODEL} */
    public static AdapterPromoted reserved(
            Optional<AdapterPromoted> last, String channel, String revision, Attribution attribution) {
        if (!RESERVED.contains(revision) || revision.equals(MODEL) && !channel.equals(LIVE)) {
            throw new IllegalArgumentException(
                    "only live goes back to the model's own adapter; " + channel + " cannot have '" + revision + "'");
        }
        return next(last, channel, attribution).setRevision(revision).build();
    }

    private static AdapterPromoted.Builder next(
            Optional<AdapterPromoted> last, String channel, Attribution attribution) {
        if (!CHANNELS.contains(channel)) {
            throw new IllegalArgumentException(
                    "channel must be one of " + String.join(", ", CHANNELS) + " but is '" + channel + "'");
        }
        return AdapterPromoted.newBuilder()
                .setChannel(channel)
                .setSequence(last.map(AdapterPromoted::getSequence).orElse(0L) + 1)
                .setPreviousRevision(revision(last, channel))
                .setPromotedBy(attribution.promotedBy())
                .setReason(attribution.reason())
                .setPromotedAtMs(attribution.atMs());
    }
}
