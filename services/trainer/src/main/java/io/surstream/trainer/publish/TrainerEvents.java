package io.surstream.trainer.publish;

import io.surstream.contract.ServiceName;
import io.surstream.training.run.StepReport;
import io.surstream.v1.Failure;
import io.surstream.v1.TrainingLosses;
import io.surstream.v1.TrainingProgressed;
import io.surstream.v1.TrainingProgressed.State;

/** Progress and results of runs as events. Pure, except for the time of day. */
public final class TrainerEvents {
    /** This service's name, as a stage of the pipeline. */
    public static final String STAGE = ServiceName.TRAINER.label();

    private TrainerEvents() {}

    public static TrainingProgressed preparing(String runId, String trainer, String activity) {
        return of(runId, State.PREPARING)
                .setTrainer(trainer)
                .setActivity(activity)
                .build();
    }

    /** @param before what was reported last: run, trainer and what is trained on stay */
    public static TrainingProgressed training(
            TrainingProgressed before, int maxSteps, StepReport step, double examplesPerSecond, long etaSeconds) {
        return of(before.getRunId(), State.TRAINING)
                .setTrainer(before.getTrainer())
                .setActivity(before.getActivity())
                .setGlobalStep(step.globalStep())
                .setMaxTrainSteps(maxSteps)
                .setLosses(losses(step))
                .setLearningRate(step.learningRate())
                .setExamplesPerSecond(examplesPerSecond)
                .setEtaSeconds(etaSeconds)
                .setSkippedSteps(step.skippedSteps())
                .build();
    }

    private static TrainingLosses losses(StepReport step) {
        return TrainingLosses.newBuilder()
                .setTotal(step.total())
                .setDenoising(step.denoising())
                .setLlm(step.llm())
                .setPrompt(step.prompt())
                .setGradNorm(step.gradNorm())
                .build();
    }

    /**
     * @param last what was reported last, from which step and losses are taken
     * @param reason in words, or empty: then what was trained on stays
     */
    public static TrainingProgressed ended(TrainingProgressed last, State state, String reason) {
        return last.toBuilder()
                .setState(state)
                .setActivity(reason.isEmpty() ? last.getActivity() : reason)
                .setEtaSeconds(0)
                .setAtMs(System.currentTimeMillis())
                .build();
    }

    /** @param last what was reported last, from which step and losses are taken */
    public static TrainingProgressed failed(TrainingProgressed last, Failure failure) {
        return ended(last, State.FAILED, "").toBuilder().setFailure(failure).build();
    }

    /** The end of a request that never became a run. */
    public static TrainingProgressed refused(String runId, Failure failure) {
        return of(runId, State.FAILED).setFailure(failure).build();
    }

    private static TrainingProgressed.Builder of(String runId, State state) {
        return TrainingProgressed.newBuilder().setRunId(runId).setState(state).setAtMs(System.currentTimeMillis());
    }
}
