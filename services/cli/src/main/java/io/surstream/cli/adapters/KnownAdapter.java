package io.surstream.cli.adapters;

import io.surstream.v1.CheckpointEvaluated;
import io.surstream.v1.CheckpointPublished;
import java.util.List;
import java.util.Optional;

/**
 * One revision and all that is known of it.
 *
 * @param checkpoint empty where only a promotion names it
 * @param evaluation the last one
 * @param channels that have it now
 */
record KnownAdapter(
        String revision,
        Optional<CheckpointPublished> checkpoint,
        Optional<CheckpointEvaluated> evaluation,
        List<String> channels) {

    /** The verdict, the failure's type, or {@code -} where it was not evaluated. */
    String verdict() {
        return evaluation
                .map(one -> one.hasReport()
                        ? one.getReport().getVerdict().name()
                        : one.getFailure().getType())
                .orElse("-");
    }

    String name() {
        return checkpoint.map(one -> one.getRunId() + "/" + one.getGlobalStep()).orElse("-");
    }
}
