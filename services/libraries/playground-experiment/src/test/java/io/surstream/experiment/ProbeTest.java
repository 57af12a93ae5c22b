package io.surstream.experiment;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;

class ProbeTest {
    private final SplittableRandom random = new SplittableRandom(1);

    @Test
    void what_stands_on_one_axis_is_read_off_whatever_the_other_axes_do() {
        // given answers that only the second of five numbers tells, on a scale of its own
        int[] answers = answers(900);
        List<float[]> features = features(answers, 1);
        // when
        Probe probe = Probe.fit(features.subList(0, 600), java.util.Arrays.copyOf(answers, 600), 3);
        // then
        assertEquals(
                1.0, probe.accuracy(features.subList(600, 900), java.util.Arrays.copyOfRange(answers, 600, 900)), 0.01);
    }

    @Test
    void what_is_not_there_is_read_by_chance_only() {
        // given features that know nothing of the answers
        int[] answers = answers(900);
        List<float[]> features = features(answers, 0);
        // when
        Probe probe = Probe.fit(features.subList(0, 600), java.util.Arrays.copyOf(answers, 600), 3);
        double right = probe.accuracy(features.subList(600, 900), java.util.Arrays.copyOfRange(answers, 600, 900));
        // then
        assertTrue(right > 0.2 && right < 0.47, () -> "right " + right);
    }

    private int[] answers(int count) {
        return random.ints(count, 0, 3).toArray();
    }

    private List<float[]> features(int[] answers, float told) {
        List<float[]> features = new ArrayList<>();
        for (int answer : answers) {
            float[] row = new float[5];
            for (int i = 0; i < row.length; i++) {
                row[i] = (float) (random.nextDouble() - 0.5);
            }
            // one-hot over two axes: linear in each answer
            row[1] = 1000 * (told * (answer == 1 ? 1 : 0) + 0.01f * row[1]);
            row[2] = told * (answer == 2 ? 1 : 0) + 0.01f * row[2];
            features.add(row);
        }
        return features;
    }
}
