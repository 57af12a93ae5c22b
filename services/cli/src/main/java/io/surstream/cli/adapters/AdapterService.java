package io.surstream.cli.adapters;

import io.surstream.cli.remote.Connection;
import io.surstream.cli.remote.RunningInstance;
import io.surstream.cli.terminal.CommandFailedException;
import io.surstream.contract.training.Promotions;
import io.surstream.contract.training.Promotions.Attribution;
import io.surstream.storage.ObjectStore;
import io.surstream.streaming.EventStreaming;
import io.surstream.streaming.FencedTopicLogs;
import io.surstream.streaming.client.EventPublisher;
import io.surstream.streaming.event.Incoming;
import io.surstream.streaming.event.Outgoing;
import io.surstream.streaming.topic.Topic;
import io.surstream.streaming.tracing.TraceContext;
import io.surstream.v1.AdapterPromoted;
import io.surstream.v1.CheckpointPublished;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletionException;
import java.util.function.Function;

/** A deployment's topics and store, as the adapters commands use them. */
final class AdapterService {
    private static final String SIGNATURE = "operator";

    private final Connection connection;
    private final RunningInstance instance;
    private final EventStreaming streaming;

    AdapterService(Connection connection) {
        this.connection = connection;
        instance = connection.resolve();
        streaming = connection.streaming(instance);
    }

    AdapterCatalog catalog() {
        return catalog(FencedTopicLogs.promotions(streaming).read());
    }

    private AdapterCatalog catalog(Map<String, AdapterPromoted> channels) {
        return new AdapterCatalog(
                FencedTopicLogs.checkpoints(streaming).read(),
                FencedTopicLogs.evaluations(streaming).read(),
                channels);
    }

    /** Writes what is decided on the present state, in turn with other writers. */
    AdapterPromoted append(Function<AdapterCatalog, AdapterPromoted> decision) {
        return (AdapterPromoted) FencedTopicLogs.promotions(streaming)
                .append(channels -> {
                    AdapterPromoted event = decision.apply(catalog(channels));
                    return Optional.of(new Outgoing(
                            Topic.ADAPTERS_PROMOTED, event.getChannel(), event, published(event.getRevision())));
                })
                .orElseThrow()
                .event();
    }

    /** The trace that the checkpoint's own announcement belongs to: its promotion does too. */
    private Optional<TraceContext> published(String revision) {
        return FencedTopicLogs.checkpoints(streaming).latest().values().stream()
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

    /** Of the deployment's account; the caller closes it. */
    ObjectStore store(String bucket) {
        return connection.store(instance, bucket);
    }

    /**
     * A promotion of none, or of the model's own.
     *
     * @throws CommandFailedException where a channel cannot have it
     */
    static AdapterPromoted reserved(AdapterCatalog catalog, String channel, String revision, String reason) {
        try {
            return Promotions.reserved(catalog.channel(channel), channel, revision, now(reason));
        } catch (IllegalArgumentException e) {
            throw new CommandFailedException(e.getMessage());
        }
    }

    static Attribution now(String reason) {
        return new Attribution(SIGNATURE, reason, System.currentTimeMillis());
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
