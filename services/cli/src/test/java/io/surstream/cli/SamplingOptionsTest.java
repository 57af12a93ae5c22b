package io.surstream.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.surstream.contract.prompt.PromptField;
import io.surstream.schedulers.SchedulerNames;
import io.surstream.v1.AdapterChoice;
import io.surstream.v1.PromptSubmitted;
import io.surstream.v1.SamplingSettings;
import java.util.List;
import org.junit.jupiter.api.Test;
import picocli.CommandLine;
import picocli.CommandLine.ParameterException;

/** The options of submit and sample are the contract's fields. */
class SamplingOptionsTest {
    @Test
    void help_names_every_scheduler() {
        String help = new CommandLine(new Submit()).getUsageMessage().replaceAll("\\s+", " ");

        assertTrue(help.contains("One of " + String.join(", ", SchedulerNames.all())), help);
    }

    @Test
    void every_field_but_the_prompt_is_an_option_of_its_own_name() {
        CommandLine submit = new CommandLine(new Submit());

        List<String> missing = PromptField.requestNames().stream()
                .filter(name -> !name.equals("prompt"))
                .map(name -> "--" + name.replace('_', '-'))
                .filter(option -> submit.getCommandSpec().findOption(option) == null)
                .toList();

        assertEquals(List.of(), missing);
    }

    @Test
    void options_become_the_fields_of_their_names() {
        Submit submit = parsed(
                "--negative-prompt=green",
                "--seed=18446744073709551615",
                "--num-inference-steps=20",
                "--guidance-scale=7.5",
                "--scheduler=dpmpp-2m-sde",
                "--num-images=2",
                "--height=64",
                "--width=128",
                "--adapter=live",
                "--adapter-weight=0.4",
                "--truncate");

        assertEquals(
                PromptSubmitted.newBuilder()
                        .setJobId("j")
                        .setPrompt("a star")
                        .setNegativePrompt("green")
                        .setSampling(SamplingSettings.newBuilder()
                                .setSeed(-1)
                                .setNumInferenceSteps(20)
                                .setGuidanceScale(7.5f)
                                .setScheduler("dpmpp-2m-sde")
                                .setNumImages(2)
                                .setHeight(64)
                                .setWidth(128))
                        .setAdapter(
                                AdapterChoice.newBuilder().setAdapter("live").setAdapterWeight(0.4f))
                        .setTruncate(true)
                        .setSubmittedAtMs(5)
                        .build(),
                submit.options.event("j", 5));
    }

    @Test
    void size_and_height_together_are_refused() {
        Submit submit = parsed("--size=64x64", "--height=64");

        assertThrows(ParameterException.class, () -> submit.options.event("j", 5));
    }

    private static Submit parsed(String... options) {
        Submit submit = new Submit();
        new CommandLine(submit).parseArgs(concat(options));
        return submit;
    }

    private static String[] concat(String... options) {
        return java.util.stream.Stream.concat(
                        java.util.stream.Stream.of("a star", "--out=x"), java.util.Arrays.stream(options))
                .toArray(String[]::new);
    }
}
