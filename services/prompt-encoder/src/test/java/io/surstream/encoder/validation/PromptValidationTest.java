package io.surstream.encoder.validation;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.surstream.encoder.adapter.Adapters;
import io.surstream.encoder.encode.FakeAdapter;
import io.surstream.v1.AdapterChoice;
import io.surstream.v1.Failure;
import io.surstream.v1.PromptSubmitted;
import io.surstream.v1.SamplingSettings;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class PromptValidationTest {
    private final PromptValidation validation = new PromptValidation(AsAsked.rules(new Ddim()));
    private final PromptSubmitted good = PromptSubmitted.newBuilder()
            .setJobId("job-1")
            .setPrompt("a blue heart")
            .setSampling(SamplingSettings.newBuilder().setNumInferenceSteps(4))
            .build();

    @Test
    void aGoodPromptBecomesAJobWithCompleteSettings() {
        PromptJob job = assertInstanceOf(PromptJob.class, validation.acceptJob(good, Adapters.none()));

        assertEquals("a blue heart", job.prompt());
        assertEquals("ddim", job.sampling().getScheduler());
        assertTrue(job.sampling().hasSeed());
        assertNull(job.adapterWeight());
    }

    @Test
    void theSeedOfAJobThatNamesNoneComesFromItsIdAlone() {
        PromptSubmitted other = good.toBuilder().setPrompt("something else").build();

        assertEquals(seed(good), seed(other));
        assertFalse(seed(good) == seed(good.toBuilder().setJobId("job-2").build()));
    }

    @Test
    void aSeedThatIsNamedIsKept() {
        PromptSubmitted seeded = good.toBuilder()
                .setSampling(
                        SamplingSettings.newBuilder().setNumInferenceSteps(4).setSeed(-1))
                .build();

        assertEquals(-1, seed(seeded));
    }

    @ParameterizedTest
    @ValueSource(strings = {"", " \n\t", "a\u0000b", "a\u001bb", "a\u0085b", "x\ud800y"})
    void aPromptThatCannotBeDrawnIsRefused(String prompt) {
        Failure failure = refused(good.toBuilder().setPrompt(prompt).build());

        assertEquals("INVALID_ARGUMENT", failure.getType());
        assertEquals("prompt", failure.getField());
        assertEquals("prompt-encoder", failure.getStage());
        assertFalse(failure.getLimit().isEmpty());
    }

    @ParameterizedTest
    @ValueSource(strings = {"zwei Äpfel\nnebeneinander", "\t星を三つ", "🙂 e\u0301"})
    void anyWellFormedTextIsAccepted(String prompt) {
        assertInstanceOf(
                PromptJob.class,
                validation.acceptJob(good.toBuilder().setPrompt(prompt).build(), Adapters.none()));
    }

    @Test
    void aPromptThatIsTooLongIsRefusedWithItsLengthAndAShortValue() {
        Failure failure =
                refused(good.toBuilder().setPrompt("x".repeat(100_000)).build());

        assertEquals("prompt", failure.getField());
        assertEquals("at most 100 characters", failure.getLimit());
        assertTrue(failure.getValue().length() < 250, failure.getValue());
    }

    @Test
    void theNegativePromptMayBeEmptyButNotMalformed() {
        Failure failure = refused(good.toBuilder().setNegativePrompt("\u0007").build());

        assertEquals("negative_prompt", failure.getField());
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "with space", "slash/", "ä"})
    void aJobIdThatCannotBeAKeyIsRefused(String id) {
        Failure failure = refused(good.toBuilder().setJobId(id).build());

        assertEquals("job_id", failure.getField());
    }

    @Test
    void aRequestNeedsNoJobIdAndDrawsTheSameSeedEachTime() {
        PromptSubmitted request = good.toBuilder().clearJobId().build();

        PromptOutcome first = validation.acceptRequest(request, Adapters.none());

        assertEquals(first, validation.acceptRequest(request, Adapters.none()));
        assertInstanceOf(PromptJob.class, first);
    }

    @Test
    void everythingThatIsWrongIsNamedAtOnce() {
        Failure failure = refused(PromptSubmitted.newBuilder()
                .setSampling(SamplingSettings.newBuilder().setNumInferenceSteps(0))
                .setAdapter(AdapterChoice.newBuilder().setAdapter("live").setAdapterWeight(Float.NaN))
                .build());

        assertEquals("INVALID_ARGUMENT", failure.getType());
        for (String field : List.of("job_id", "prompt", "num_inference_steps", "adapter", "adapter_weight")) {
            assertTrue(failure.getMessage().contains(field), failure.getMessage());
        }
    }

    @Test
    void anUnknownAdapterIsRefusedWithTheKnownOnes() {
        PromptSubmitted asking = good.toBuilder()
                .setAdapter(AdapterChoice.newBuilder().setAdapter("r9"))
                .build();

        PromptOutcome validation = this.validation.acceptJob(asking, Adapters.live(new FakeAdapter("r1", 0.1f)));

        Failure failure = assertInstanceOf(PromptFailure.class, validation).failure();
        assertEquals("UNKNOWN_ADAPTER", failure.getType());
        assertEquals("one of none, live, r1", failure.getLimit());
    }

    @Test
    void aRefusalCanBeWrittenAsAnEventWhateverTheSenderPutIn() throws Exception {
        Failure failure =
                refused(good.toBuilder().setPrompt("🙂".repeat(199) + "x\ud800").build());

        assertEquals(failure, Failure.parseFrom(failure.toByteArray()));
    }

    private long seed(PromptSubmitted submitted) {
        return ((PromptJob) validation.acceptJob(submitted, Adapters.none()))
                .sampling()
                .getSeed();
    }

    private Failure refused(PromptSubmitted submitted) {
        return assertInstanceOf(PromptFailure.class, validation.acceptJob(submitted, Adapters.none()))
                .failure();
    }

    /** Takes its own scheduler where none is asked for. */
    private static final class Ddim extends AsAsked {
        @Override
        public SamplingSettings complete(SamplingSettings asked) {
            return asked.toBuilder().setScheduler("ddim").build();
        }
    }
}
