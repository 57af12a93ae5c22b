package io.surstream.experiment;

import com.fasterxml.jackson.databind.ObjectMapper;
import io.surstream.evaluation.measure.MeasuredArm;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.Map;

/**
 * What came of one row.
 *
 * @param arm its pictures, judged and measured
 * @param losses of the last tenth of the training, means by name; empty where nothing was trained
 * @param trainingSeconds of this machine
 */
public record CellResult(MeasuredArm arm, Map<String, Double> losses, double trainingSeconds) {
    private static final ObjectMapper JSON = new ObjectMapper();

    void write(Path file) {
        try {
            Path partial = file.resolveSibling(file.getFileName() + ".partial");
            JSON.writeValue(partial.toFile(), this);
            Files.move(partial, file, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
        } catch (IOException e) {
            throw new UncheckedIOException(file + " cannot be written", e);
        }
    }

    static CellResult read(Path file) {
        try {
            return JSON.readValue(file.toFile(), CellResult.class);
        } catch (IOException e) {
            throw new UncheckedIOException(
                    file + " cannot be read; delete it to measure its row again: " + e.getMessage(), e);
        }
    }
}
