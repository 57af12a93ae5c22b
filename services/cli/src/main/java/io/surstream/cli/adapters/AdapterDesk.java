package io.surstream.cli.adapters;

import io.surstream.cli.house.Connection;
import io.surstream.cli.house.RunningInstance;
import io.surstream.cli.terminal.CommandFailedException;
import io.surstream.contract.training.Promotions;
import io.surstream.contract.training.Promotions.Occasion;
import io.surstream.storage.ObjectStore;
import io.surstream.streaming.EventStreaming;
import io.surstream.streaming.client.EventPublisher;
import io.surstream.streaming.event.Incoming;
import io.surstream.streaming.event.Outgoing;
import io.surstream.streaming.topic.Topic;
import io.surstream.streaming.tracing.TraceContext;
import io.surstream.v1.AdapterPromoted;
import io.surstream.v1.CheckpointEvaluated;
import io.surstream.v1.CheckpointPublished;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletionException;
import java.util.function.Function;

/** A house's topics and store, as the adapters commands use them. */
final class AdapterDesk {
    private static final String SIGNATURE = "operator";

    private final Connection connection;
    private final RunningInstance house;
    private final EventStreaming streaming;

    AdapterDesk(Connection connection) {
        this.connection = connection;
        house = connection.resolve();
        streaming = connection.streaming(house);
    }

    AdapterBoard board() {
        return board(streaming
                .ledger(Topic.ADAPTERS_PROMOTED, AdapterPromoted.getDefaultInstance())
                .read());
    }

    private AdapterBoard board(Map<String, AdapterPromoted> channels) {
        return new AdapterBoard(
                streaming
                        .ledger(Topic.CHECKPOINTS_PUBLISHED, CheckpointPublished.getDefaultInstance())
                        .read(),
                streaming
                        .ledger(Topic.CHECKPOINTS_EVALUATED, CheckpointEvaluated.getDefaultInstance())
                        .read(),
                channels);
    }

    /** Writes what is decided on the present state, in turn with other writers. */
    AdapterPromoted append(Function<AdapterBoard, AdapterPromoted> decision) {
        return (AdapterPromoted) streaming
                .ledger(Topic.ADAPTERS_PROMOTED, AdapterPromoted.getDefaultInstance())
                .append(channels -> {
                    AdapterPromoted event = decision.apply(board(channels));
                    return Optional.of(new Outgoing(
                            Topic.ADAPTERS_PROMOTED, event.getChannel(), event, published(event.getRevision())));
                })
                .orElseThrow()
                .event();
    }

    /** The trace that the checkpoint's own announcement belongs to: its promotion does too. */
    private Optional<TraceContext> published(String revision) {
        return streaming
                .ledger(Topic.CHECKPOINTS_PUBLISHED, CheckpointPublished.getDefaultInstance())
                .latest()
                .values()
                .stream()
                .filter(incoming -> incoming.event().getRevision().equals(revision))
                .map(Incoming::trace)
                .findFirst();
    }

    void publish(CheckpointPublished checkpoint) {
        try (EventPublisher publisher = streaming.publisher()) {
            publisher
                    .publish(Outgoing.of(
                            Topic.CHECKPOINTS_PUBLISHED,
                            checkpoint.getRunId() + "/" + checkpoint.getGlobalStep(),
                            checkpoint))
                    .toCompletableFuture()
                    .join();
        } catch (CompletionException e) {
            throw new CommandFailedException("the checkpoint could not be announced: " + e.getCause());
        }
    }

    /** Of the house's account; the caller closes it. */
    ObjectStore store(String bucket) {
        return connection.store(house, bucket);
    }

    /**
     * A promotion of none, or of the model's own.
     *
     * @throws CommandFailedException where a channel cannot have it
     */
    static AdapterPromoted reserved(AdapterBoard board, String channel, String revision, String reason) {
        try {
            return Promotions.reserved(board.channel(channel), channel, revision, now(reason));
        } catch (IllegalArgumentException e) {
            throw new CommandFailedException(e.getMessage());
        }
    }

    static Occasion now(String reason) {
        return new Occasion(SIGNATURE, reason, System.currentTimeMillis());
    }

    /** @throws CommandFailedException naming the channels there are */
    static String requireChannel(String channel) {
        if (!Promotions.CHANNELS.contains(channel)) {
            throw new CommandFailedException(
                    "--channel must be one of " + String.join(", ", Promotions.CHANNELS) + " but is '" + channel + "'");
        }
        return channel;
    }
}
