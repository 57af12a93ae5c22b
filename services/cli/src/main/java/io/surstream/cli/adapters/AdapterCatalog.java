package io.surstream.cli.adapters;

import io.surstream.cli.terminal.CommandFailedException;
import io.surstream.contract.training.Promotions;
import io.surstream.v1.AdapterPromoted;
import io.surstream.v1.CheckpointEvaluated;
import io.surstream.v1.CheckpointPublished;
import java.util.Collection;
import java.util.Comparator;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * Checkpoints, evaluations and channels together. Immutable.
 *
 * @param published by key
 * @param evaluated by revision
 * @param channels the last promotion of each
 */
record AdapterCatalog(
        Map<String, CheckpointPublished> published,
        Map<String, CheckpointEvaluated> evaluated,
        Map<String, AdapterPromoted> channels) {

    /** Oldest checkpoint first; revisions that only a channel names come last. */
    List<KnownAdapter> all() {
        Set<String> revisions = new LinkedHashSet<>();
        published.values().stream()
                .sorted(Comparator.comparingLong(CheckpointPublished::getPublishedAtMs))
                .forEach(checkpoint -> revisions.add(checkpoint.getRevision()));
        Promotions.CHANNELS.stream()
                .map(channel -> Promotions.revision(channel(channel), channel))
                .filter(revision -> !Promotions.RESERVED.contains(revision))
                .forEach(revisions::add);
        return revisions.stream().map(this::known).toList();
    }

    Optional<AdapterPromoted> channel(String name) {
        return Optional.ofNullable(channels.get(name));
    }

    /** The checkpoint with this revision, where it was published. */
    Optional<CheckpointPublished> checkpoint(String revision) {
        return published.values().stream()
                .filter(checkpoint -> checkpoint.getRevision().equals(revision))
                .max(Comparator.comparingLong(CheckpointPublished::getPublishedAtMs));
    }

    /**
     * The adapter that a person names by a revision or by the beginning of one.
     *
     * @throws CommandFailedException if there is none or more than one
     */
    KnownAdapter require(String named) {
        Collection<KnownAdapter> found =
                all().stream().filter(one -> one.revision().startsWith(named)).toList();
        if (found.size() != 1 || named.isBlank()) {
            throw new CommandFailedException(
                    found.isEmpty()
                            ? "no adapter has the revision " + named + "; './surstream adapters list' shows all"
                            : "'" + named + "' begins " + found.size() + " revisions; give more of it");
        }
        return found.iterator().next();
    }

    private KnownAdapter known(String revision) {
        List<String> having = Promotions.CHANNELS.stream()
                .filter(channel ->
                        Promotions.revision(channel(channel), channel).equals(revision))
                .toList();
        return new KnownAdapter(revision, checkpoint(revision), Optional.ofNullable(evaluated.get(revision)), having);
    }
}
