package io.surstream.encoder.encode;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import io.surstream.encoder.adapter.Adapters;
import io.surstream.encoder.validation.PromptJob;
import io.surstream.v1.EncodeResult;
import io.surstream.v1.EncodedPrompt;
import io.surstream.v1.SamplingSettings;
import io.surstream.v1.Tensor;
import java.nio.ByteOrder;
import java.util.List;
import org.junit.jupiter.api.Test;

class EncodeStageTest {
    private final FakeTextEncoding text = new FakeTextEncoding();
    private final SimpleMeterRegistry meters = new SimpleMeterRegistry();
    private final EncodeStage stage = new EncodeStage(text, 2, meters);

    @Test
    void each_text_of_a_batch_is_encoded_once_and_each_job_gets_its_own_embeddings() {
        List<EncodeResult> results = stage.encode(List.of(job("1", "ab", "n"), job("2", "cd", "n")), Adapters.none());

        assertEquals(List.of(3), text.batches, "two prompts and the negative prompt that they share");
        assertEquals('a', firstValue(results.get(0).getEncoded().getPromptEmbeds()));
        assertEquals('c', firstValue(results.get(1).getEncoded().getPromptEmbeds()));
        assertEquals('n', firstValue(results.get(1).getEncoded().getNegativePromptEmbeds()));
    }

    @Test
    void aNegativePromptIsEncodedOnceForAllBatches() {
        stage.encode(List.of(job("1", "ab", "n")), Adapters.none());

        stage.encode(List.of(job("2", "cd", "n")), Adapters.none());

        assertEquals(List.of(2, 1), text.batches);
    }

    @Test
    void no_more_negative_prompts_are_kept_than_the_setting_says() {
        List<String> negatives = List.of("n1", "n2", "n3", "n4");
        encodeEachAlone(negatives);
        text.batches.clear();

        encodeEachAlone(negatives);

        long again = text.batches.stream().filter(texts -> texts == 2).count();
        assertTrue(again >= 2, "two of four are kept, but only " + again + " were encoded again");
    }

    @Test
    void look_ups_of_negative_prompts_are_counted() {
        encodeEachAlone(List.of("n", "n", "n"));

        assertEquals(2, lookUps("hit"));
        assertEquals(1, lookUps("miss"));
    }

    private void encodeEachAlone(List<String> negatives) {
        negatives.forEach(negative -> stage.encode(List.of(job("1", "ab", negative)), Adapters.none()));
    }

    private double lookUps(String result) {
        return meters.get("surstream.cache.requests")
                .tags("cache", "negative-prompts", "result", result)
                .functionCounter()
                .count();
    }

    @Test
    void aPromptBeyondTheWindowIsRefusedAndItsNeighboursAreNot() {
        List<EncodeResult> results =
                stage.encode(List.of(job("1", "far too long", ""), job("2", "short", "")), Adapters.none());

        assertEquals("PROMPT_TOO_LONG", results.get(0).getFailure().getType());
        assertEquals("12 tokens", results.get(0).getFailure().getValue());
        assertTrue(results.get(1).hasEncoded());
        assertEquals("2", results.get(1).getJobId());
    }

    @Test
    void tokensBeyondTheWindowAreCutAndCountedOnlyWhenAskedFor() {
        PromptJob cut = new PromptJob("1", "far too long", "", SamplingSettings.getDefaultInstance(), "", null, true);

        EncodedPrompt encoded =
                stage.encode(List.of(cut), Adapters.none()).get(0).getEncoded();

        assertEquals(4, encoded.getTruncatedTokens());
    }

    @Test
    void theAdapterActsOnThosePromptsAloneThatAskForIt() {
        Adapters adapters = Adapters.live(new FakeAdapter("r1", 0.5f));

        List<EncodeResult> results = stage.encode(
                List.of(job("1", "a", "", "none", null), job("2", "a", "", "", null), job("3", "a", "", "r1", 0.25f)),
                adapters);

        assertAdapted(results.get(0), 'a', "none", 0);
        assertAdapted(results.get(1), 'a' + 0.5f, "r1", 0.5f);
        assertAdapted(results.get(2), 'a' + 0.25f, "r1", 0.25f);
    }

    @Test
    void theEventCarriesEverythingTheSamplerNeeds() {
        SamplingSettings sampling = SamplingSettings.newBuilder().setSeed(7).build();

        EncodedPrompt encoded = stage.encode(
                        List.of(new PromptJob("1", "ab", "n", sampling, "", null, false)), Adapters.none())
                .get(0)
                .getEncoded();

        assertEquals("ab", encoded.getPrompt());
        assertEquals("n", encoded.getNegativePrompt());
        assertEquals(sampling, encoded.getSampling());
        assertEquals("fake-1", encoded.getModelRevision());
        assertEquals(List.of(1L, 8L, 1L), encoded.getPromptEmbeds().getShapeList());
        assertEquals(8 * Float.BYTES, encoded.getPromptEmbeds().getData().size());
    }

    private static void assertAdapted(EncodeResult result, float value, String revision, float weight) {
        assertEquals(value, firstValue(result.getEncoded().getPromptEmbeds()));
        assertEquals(revision, result.getEncoded().getAdapterRevision());
        assertEquals(weight, result.getEncoded().getAdapterWeight());
    }

    private static float firstValue(Tensor tensor) {
        return tensor.getData()
                .asReadOnlyByteBuffer()
                .order(ByteOrder.LITTLE_ENDIAN)
                .getFloat();
    }

    private static PromptJob job(String id, String prompt, String negative) {
        return job(id, prompt, negative, "", null);
    }

    private static PromptJob job(String id, String prompt, String negative, String adapter, Float weight) {
        return new PromptJob(id, prompt, negative, SamplingSettings.getDefaultInstance(), adapter, weight, false);
    }
}
