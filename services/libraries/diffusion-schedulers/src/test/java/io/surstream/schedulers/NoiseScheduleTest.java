package io.surstream.schedulers;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;

import org.junit.jupiter.api.Test;

/** Closed forms at ᾱ = 9/10 and 1/10, where SNR is 9 and 1/9. */
class NoiseScheduleTest {
    private static final NoiseSchedule SCHEDULE =
            new NoiseSchedule(new float[] {0.1f, 8 / 9f}, new float[] {0.9f, 0.1f});
    private static final int CLEAR = 0;
    private static final int NOISY = 1;

    @Test
    void min_snr_weights_of_noise_prediction_are_one_where_noise_prevails_and_gamma_over_snr_elsewhere() {
        assertEquals(5 / 9.0, SCHEDULE.minSnrWeight(CLEAR, 5, false), 1e-6);
        assertEquals(1, SCHEDULE.minSnrWeight(NOISY, 5, false), 1e-6);
    }

    @Test
    void min_snr_weights_of_velocity_prediction_are_divided_by_one_more_than_snr() {
        assertEquals(5 / 10.0, SCHEDULE.minSnrWeight(CLEAR, 5, true), 1e-6);
        assertEquals(1 / 10.0, SCHEDULE.minSnrWeight(NOISY, 5, true), 1e-6);
    }

    @Test
    void a_velocity_is_the_noise_seen_from_the_image() {
        float[] image = {1, 0};
        float[] noise = {0, 1};
        float much = (float) Math.sqrt(0.9);
        float little = (float) Math.sqrt(0.1);

        assertArrayEquals(new float[] {much, little}, SCHEDULE.addNoise(image, noise, CLEAR), 1e-6f);
        assertArrayEquals(new float[] {-little, much}, SCHEDULE.velocity(image, noise, CLEAR), 1e-6f);
    }
}
