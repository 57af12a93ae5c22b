package io.surstream.experiment;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

/** Says what a folder's results belong to, so that rows of two experiments are never put into one table. */
final class ExperimentStamp {
    private static final String FILE = "experiment.txt";

    private ExperimentStamp() {}

    /** @throws IllegalArgumentException if the folder holds another experiment */
    static void check(Path folder, ExperimentPlan plan, String model, String teacher) throws IOException {
        String wanted = plan + "\nmodel " + model + "\nteacher " + teacher + "\n";
        Path file = folder.resolve(FILE);
        Files.createDirectories(folder);
        if (!Files.exists(file)) {
            Files.writeString(file, wanted);
        } else if (!Files.readString(file).equals(wanted)) {
            throw new IllegalArgumentException(folder + " holds another experiment:\n"
                    + Files.readString(file)
                    + "this one is\n"
                    + wanted
                    + "choose another folder with --out, or delete this one");
        }
    }
}
