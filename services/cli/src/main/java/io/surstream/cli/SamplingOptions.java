package io.surstream.cli;

import io.surstream.schedulers.SchedulerNames;
import io.surstream.v1.AdapterChoice;
import io.surstream.v1.PromptSubmitted;
import io.surstream.v1.SamplingSettings;
import java.util.Iterator;
import picocli.CommandLine.ITypeConverter;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;
import picocli.CommandLine.TypeConversionException;

/**
 * What an image may be asked for with; the same for {@code submit} and {@code sample}, and the same fields as in JSON.
 * The contract checks them.
 */
final class SamplingOptions {
    @Spec(Spec.Target.MIXEE)
    CommandSpec command;

    @Parameters(arity = "1", paramLabel = "PROMPT", description = "The prompt.")
    String prompt;

    @Option(
            names = {"--negative", "--negative-prompt"},
            paramLabel = "TEXT",
            description = "The negative prompt.")
    String negativePrompt = "";

    @Option(
            names = "--seed",
            paramLabel = "N",
            converter = UnsignedSeed.class,
            description =
                    "Seed of the initial noise, 0 to 2^64 - 1; image n has seed N + n (default: derived from the job id).")
    Long seed;

    @Option(
            names = {"--steps", "--num-inference-steps"},
            paramLabel = "N",
            description = "Number of inference steps (default: the model's).")
    Integer steps;

    @Option(
            names = {"--guidance", "--guidance-scale"},
            paramLabel = "SCALE",
            description = "Guidance scale, 0 or more; 1 or less disables guidance (default: the model's).")
    Float guidance;

    @Option(
            names = "--scheduler",
            paramLabel = "NAME",
            completionCandidates = KnownSchedulers.class,
            description = "One of ${COMPLETION-CANDIDATES} (default: the model's).")
    String scheduler = "";

    @Option(
            names = {"--images", "--num-images"},
            paramLabel = "N",
            description = "Number of images (default: 1).")
    Integer images;

    @Option(names = "--size", paramLabel = "WxH", description = "Pixels, for example 512x512 (default: the model's).")
    String size;

    @Option(names = "--height", paramLabel = "PX", description = "Height in pixels, instead of --size.")
    Integer height;

    @Option(names = "--width", paramLabel = "PX", description = "Width in pixels, instead of --size.")
    Integer width;

    @Option(
            names = "--adapter",
            paramLabel = "REF",
            description = "none, live, canary or a revision (default: the service's); for sample none, live or a file.")
    String adapter = "";

    @Option(names = "--adapter-weight", paramLabel = "SCALE", description = "λ in 0..1 (default: the adapter's own).")
    Float adapterWeight;

    @Option(
            names = "--truncate",
            description = "Truncate a prompt that is too long for the text encoder instead of rejecting it.")
    boolean truncate;

    /** The event that asks for this image. */
    PromptSubmitted event(String jobId, long submittedAtMillis) {
        AdapterChoice.Builder choice = AdapterChoice.newBuilder().setAdapter(adapter);
        if (adapterWeight != null) {
            choice.setAdapterWeight(adapterWeight);
        }
        return PromptSubmitted.newBuilder()
                .setJobId(jobId)
                .setPrompt(prompt)
                .setNegativePrompt(negativePrompt)
                .setSampling(sampling())
                .setAdapter(choice)
                .setTruncate(truncate)
                .setSubmittedAtMs(submittedAtMillis)
                .build();
    }

    /** All 64 bits, as JSON takes them. */
    static final class UnsignedSeed implements ITypeConverter<Long> {
        @Override
        public Long convert(String value) {
            try {
                return Long.parseUnsignedLong(value);
            } catch (NumberFormatException e) {
                throw new TypeConversionException(
                        "must be an integer from 0 to 18446744073709551615 but is '" + value + "'");
            }
        }
    }

    /** The schedulers' names, for help and completion. */
    static final class KnownSchedulers implements Iterable<String> {
        @Override
        public Iterator<String> iterator() {
            return SchedulerNames.all().iterator();
        }
    }

    SamplingSettings sampling() {
        SamplingSettings.Builder settings = SamplingSettings.newBuilder().setScheduler(scheduler);
        if (seed != null) {
            settings.setSeed(seed);
        }
        if (steps != null) {
            settings.setNumInferenceSteps(steps);
        }
        if (guidance != null) {
            settings.setGuidanceScale(guidance);
        }
        if (images != null) {
            settings.setNumImages(images);
        }
        if (size != null) {
            int[] pixels = pixels();
            settings.setWidth(pixels[0]).setHeight(pixels[1]);
        }
        if (height != null) {
            settings.setHeight(height);
        }
        if (width != null) {
            settings.setWidth(width);
        }
        return settings.build();
    }

    private int[] pixels() {
        if (height != null || width != null) {
            throw new ParameterException(
                    command.commandLine(),
                    "--size must be absent when --height or --width is given: both mean the same");
        }
        if (!size.matches("\\d{1,6}x\\d{1,6}")) {
            throw new ParameterException(
                    command.commandLine(), "--size must be WxH in pixels, for example 512x512, but is " + size);
        }
        String[] sides = size.split("x");
        return new int[] {Integer.parseInt(sides[0]), Integer.parseInt(sides[1])};
    }
}
