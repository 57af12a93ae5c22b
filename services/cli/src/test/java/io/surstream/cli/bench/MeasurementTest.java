package io.surstream.cli.bench;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class MeasurementTest {
    @Test
    void percentiles_are_taken_by_the_nearest_rank() {
        double[] samples = IntStream.rangeClosed(1, 20).mapToDouble(i -> 21 - i).toArray();

        Measurement measurement = Measurement.of("unet", "fp32", "ms", samples);

        assertEquals(new Measurement("unet", "fp32", "ms", 20, 10, 19, 20), measurement);
    }
}
