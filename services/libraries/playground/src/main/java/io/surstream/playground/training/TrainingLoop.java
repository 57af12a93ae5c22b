package io.surstream.playground.training;

import io.surstream.playground.training.PlaygroundRecipe.LearningPlan;
import io.surstream.torch.TorchRuntime;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Locale;

/**
 * Runs a trainee through its plan: resumes from the state file, measures once which thread count is fastest, saves every
 * few minutes and at the end.
 */
final class TrainingLoop {
    private static final int TRIAL_STEPS = 6;

    private final String stage;
    private final LearningPlan plan;
    private final Path stateFile;
    private final TrainingProgress progress;
    private final TrainingOptions options;

    TrainingLoop(String stage, LearningPlan plan, Path stateFile, TrainingProgress progress, TrainingOptions options) {
        this.stage = stage;
        this.plan = plan;
        this.stateFile = stateFile;
        this.progress = progress;
        this.options = options;
    }

    /** Does the work of one step, counted from 1, at the given learning rate; returns the trainee's figures. */
    interface Step {
        float[] run(int step, double learningRate);
    }

    /** Called after each save with the number of steps done. */
    interface Saved {
        void at(int step) throws IOException;
    }

    void run(Trainee trainee, Step step, Saved saved) throws IOException {
        if (Files.exists(stateFile)) {
            trainee.resume(stateFile);
            progress.note(stage + " continues from step " + trainee.globalStep());
        }
        Pace pace = new Pace(trainee.globalStep());
        long lastSave = System.nanoTime();
        double smooth = Double.NaN;
        while (trainee.globalStep() < plan.steps()) {
            int next = trainee.globalStep() + 1;
            float[] figures = step.run(next, plan.learningRateAt(next));
            smooth = Double.isNaN(smooth) ? figures[1] : 0.98 * smooth + 0.02 * figures[1];
            pace.stepped(next);
            if (System.nanoTime() - lastSave >= options.saveEvery().toNanos()) {
                trainee.save(stateFile);
                saved.at(next);
                lastSave = System.nanoTime();
            }
            progress.advanced(stage, next, plan.steps(), pace.eta(next), figures(smooth, figures));
        }
        trainee.save(stateFile);
        saved.at(plan.steps());
    }

    private static String figures(double smooth, float[] figures) {
        StringBuilder text = new StringBuilder(String.format(Locale.ROOT, "loss %.4f", smooth));
        for (int i = 2; i < figures.length; i++) {
            text.append(String.format(Locale.ROOT, " %.3f", figures[i]));
        }
        return text.append(String.format(Locale.ROOT, " grad %.2f", figures[0])).toString();
    }

    /** Tries each thread count for a few steps at the start, keeps the fastest, and knows the time to the end. */
    private final class Pace {
        private final int firstStep;
        private final int cores = Runtime.getRuntime().availableProcessors();
        private final double[] fastest = new double[cores + 1];
        private long lastNanos = System.nanoTime();
        private double secondsPerStep;

        Pace(int doneBefore) {
            firstStep = doneBefore + 1;
            java.util.Arrays.fill(fastest, Double.MAX_VALUE);
            if (options.chooseThreads()) {
                TorchRuntime.useThreads(1);
            }
        }

        void stepped(int step) {
            long now = System.nanoTime();
            double seconds = (now - lastNanos) / 1e9;
            lastNanos = now;
            secondsPerStep = secondsPerStep == 0 ? seconds : 0.95 * secondsPerStep + 0.05 * seconds;
            if (options.chooseThreads()) {
                measure(step - firstStep, seconds);
            }
        }

        private void measure(int index, double seconds) {
            int trial = index / TRIAL_STEPS + 1;
            if (trial > cores) {
                return;
            }
            if (index % TRIAL_STEPS > 0) {
                fastest[trial] = Math.min(fastest[trial], seconds);
            }
            if (index % TRIAL_STEPS == TRIAL_STEPS - 1) {
                int threads = trial < cores ? trial + 1 : best();
                TorchRuntime.useThreads(threads);
                if (trial == cores) {
                    secondsPerStep = fastest[threads];
                    progress.note(String.format(
                            Locale.ROOT, "%s: %d thread(s), %.3f s a step", stage, threads, fastest[threads]));
                }
            }
        }

        private int best() {
            int best = 1;
            for (int threads = 2; threads <= cores; threads++) {
                // a second thread must pay for itself: 10 % or it stays free for others
                best = fastest[threads] < 0.9 * fastest[best] ? threads : best;
            }
            return best;
        }

        Duration eta(int step) {
            return Duration.ofMillis((long) (1000 * secondsPerStep * (plan.steps() - step)));
        }
    }
}
