package io.surstream.trainer.grpc;

import io.grpc.stub.ServerCallStreamObserver;
import io.surstream.contract.failure.FailureStatus;
import io.surstream.trainer.publish.RunWatch;
import io.surstream.trainer.run.RunRequests;
import io.surstream.v1.TrainingProgressed;
import java.util.function.Consumer;

/** One caller's stream of a run's news; ends with the run, or when the caller or this process goes. Thread-safe. */
final class RunStream implements Consumer<TrainingProgressed> {
    private final ServerCallStreamObserver<TrainingProgressed> answers;
    private Runnable stopListening = () -> {};
    private boolean ended;

    RunStream(ServerCallStreamObserver<TrainingProgressed> answers) {
        this.answers = answers;
        answers.setOnCancelHandler(this::end);
    }

    /** Gives what ends the listening; it is called immediately if the stream has already ended. */
    synchronized void until(Runnable stopListening) {
        this.stopListening = stopListening;
        if (ended) {
            stopListening.run();
        }
    }

    @Override
    public synchronized void accept(TrainingProgressed news) {
        if (ended) {
            return;
        }
        answers.onNext(news);
        if (RunWatch.isEnd(news)) {
            answers.onCompleted();
            end();
        }
    }

    /** Tells the caller to ask another trainer. */
    synchronized void leave() {
        if (ended) {
            return;
        }
        answers.onError(FailureStatus.of(
                RunRequests.notReady("this trainer is stopping, and the run's updates continue on another trainer")));
        end();
    }

    private synchronized void end() {
        ended = true;
        stopListening.run();
    }
}
