package io.surstream.playground.training;

import java.io.IOException;

/** One part of the training; skipped when it is already done, resumed when it was interrupted. */
interface TrainingStage {
    String name();

    void run(TrainingContext context) throws IOException;
}
