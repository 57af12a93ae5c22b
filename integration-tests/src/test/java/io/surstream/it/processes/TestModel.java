package io.surstream.it.processes;

import io.surstream.v1.PromptSubmitted;
import io.surstream.v1.SamplingSettings;
import java.util.UUID;

/** The model that flows draw with, and jobs that suit it. */
public final class TestModel {
    /** The bundled one. */
    public static final String REFERENCE = "playground";

    private static final int FEW_STEPS = 3;

    private TestModel() {}

    /** A job of a few steps under a new id. */
    public static PromptSubmitted.Builder job() {
        return PromptSubmitted.newBuilder()
                .setJobId("it-" + UUID.randomUUID())
                .setPrompt("2 heart, blue, side by side, white background, flat")
                .setSampling(few())
                .setSubmittedAtMs(System.currentTimeMillis());
    }

    /** A few steps, one image, seed 7. */
    public static SamplingSettings.Builder few() {
        return SamplingSettings.newBuilder().setSeed(7).setNumInferenceSteps(FEW_STEPS);
    }

    /** Long enough to be interrupted. */
    public static SamplingSettings.Builder many() {
        return SamplingSettings.newBuilder()
                .setSeed(7)
                .setNumInferenceSteps(150)
                .setScheduler("ddim");
    }
}
