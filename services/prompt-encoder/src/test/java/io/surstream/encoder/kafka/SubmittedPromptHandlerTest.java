package io.surstream.encoder.kafka;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import io.surstream.contract.RequestDigest;
import io.surstream.encoder.adapter.Adapters;
import io.surstream.encoder.encode.EncodeStage;
import io.surstream.encoder.encode.FakeAdapter;
import io.surstream.encoder.encode.FakeTextEncoding;
import io.surstream.encoder.stages.PromptEncoding;
import io.surstream.encoder.validation.AsAsked;
import io.surstream.encoder.validation.PromptValidation;
import io.surstream.modelstore.tensors.TensorOffload;
import io.surstream.storage.InMemoryObjectStore;
import io.surstream.streaming.CancelledJobs;
import io.surstream.streaming.batch.RejectedEventsException;
import io.surstream.streaming.event.Incoming;
import io.surstream.streaming.event.Outgoing;
import io.surstream.streaming.topic.Topic;
import io.surstream.streaming.tracing.TraceContext;
import io.surstream.v1.EncodedPrompt;
import io.surstream.v1.ImageSampled;
import io.surstream.v1.PromptEncoded;
import io.surstream.v1.PromptSubmitted;
import io.surstream.v1.StageTiming;
import java.time.Instant;
import java.util.List;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.Test;

class SubmittedPromptHandlerTest {
    private final AtomicReference<Adapters> adapters = new AtomicReference<>(Adapters.none());
    private final PromptEncoding encoding = new PromptEncoding(
            new PromptValidation(AsAsked.rules(new AsAsked())),
            new EncodeStage(new FakeTextEncoding(), 4, new SimpleMeterRegistry()),
            names -> adapters.get());
    private final InMemoryObjectStore objects = new InMemoryObjectStore("bucket");
    private final CancelledJobs cancelled = new CancelledJobs(10);
    private final SubmittedPromptHandler handler = handler(32);

    @Test
    void eachPromptOfABatchBecomesOneEventUnderItsJobInItsTrace() throws Exception {
        Incoming<PromptSubmitted> first = incoming("job-1", "heart");
        Incoming<PromptSubmitted> second = incoming("job-2", "star");

        List<Outgoing> events = handler.handle(List.of(first, second));

        assertEquals(
                List.of("job-1", "job-2"), events.stream().map(Outgoing::key).toList());
        assertEquals(Topic.PROMPTS_ENCODED, events.get(0).topic());
        assertEquals(
                first.trace().traceId(), events.get(0).cause().orElseThrow().traceId());
        PromptEncoded encoded = (PromptEncoded) events.get(1).event();
        assertEquals("star", encoded.getEncoded().getPrompt());
        assertEquals(RequestDigest.of(second.event()), encoded.getRequestSha256());
    }

    /** @param inlineLimit the fake encoder's embeddings have 32 bytes */
    private SubmittedPromptHandler handler(int inlineLimit) {
        return new SubmittedPromptHandler(encoding, cancelled, new TensorOffload(objects, () -> "embeds", inlineLimit));
    }

    @Test
    void embeddingsBeyondTheInlineLimitAreStoredOnceAndReferredTo() throws Exception {
        EncodedPrompt inline = encoded(handler(32), "heart");
        EncodedPrompt referred = encoded(handler(31), "heart");
        encoded(handler(31), "heart");

        assertTrue(inline.getPromptEmbeds().hasData());
        assertArrayEquals(
                inline.getPromptEmbeds().getData().toByteArray(),
                objects.get(referred.getPromptEmbeds().getObject().getKey()));
        assertEquals(2, objects.list("embeds/").size(), "the prompt's and the negative prompt's");
        assertTrue(referred.getNegativePromptEmbeds().hasObject());
    }

    private static EncodedPrompt encoded(SubmittedPromptHandler handler, String prompt) throws Exception {
        Outgoing event = handler.handle(List.of(incoming("job-1", prompt))).get(0);
        return ((PromptEncoded) event.event()).getEncoded();
    }

    @Test
    void theEventTellsWhereTheTimeWent() throws Exception {
        PromptEncoded encoded = (PromptEncoded)
                handler.handle(List.of(incoming("job-1", "heart"))).get(0).event();

        StageTiming timing = encoded.getTimings(0);
        assertEquals("prompt-encoder", timing.getStage());
        assertTrue(timing.getReceivedAtMs() <= timing.getFinishedAtMs());
        assertTrue(timing.containsPartMicros("encode"));
    }

    @Test
    void aPromptThatIsRefusedHoldsNobodyUp() {
        Incoming<PromptSubmitted> bad = incoming("job-1", "");
        Incoming<PromptSubmitted> tooLong = incoming("job-2", "far too long");
        Incoming<PromptSubmitted> good = incoming("job-3", "star");

        RejectedEventsException outcome =
                assertThrows(RejectedEventsException.class, () -> handler.handle(List.of(bad, tooLong, good)));

        assertEquals(
                List.of("job-3"), outcome.events().stream().map(Outgoing::key).toList());
        assertEquals("INVALID_ARGUMENT", outcome.reason(bad).type());
        assertEquals("PROMPT_TOO_LONG", outcome.reason(tooLong).type());
        assertNull(outcome.reason(good));
    }

    @Test
    void the_value_names_the_job_whatever_the_key_is() throws Exception {
        List<Outgoing> events = handler.handle(List.of(incoming("user-42", "job-1", "heart")));

        assertEquals("job-1", events.get(0).key());
        assertEquals("job-1", ((PromptEncoded) events.get(0).event()).getJobId());
    }

    @Test
    void aRecordWithoutKeyIsAccepted() throws Exception {
        List<Outgoing> events = handler.handle(List.of(incoming(null, "job-1", "heart")));

        assertEquals("job-1", events.get(0).key());
    }

    @Test
    void aCancelledJobEndsAsCancelledAndIsNotEncoded() throws Exception {
        cancelled.add("job-1", "changed my mind");

        Outgoing event = handler.handle(List.of(incoming("job-1", "heart"))).get(0);

        assertEquals(Topic.IMAGES_SAMPLED, event.topic());
        assertEquals(
                "changed my mind", ((ImageSampled) event.event()).getCancelled().getReason());
    }

    @Test
    void anotherAdapterIsUsedFromTheNextBatchOn() throws Exception {
        adapters.set(Adapters.live(new FakeAdapter("r2", 0.5f)));

        PromptEncoded encoded = (PromptEncoded)
                handler.handle(List.of(incoming("job-1", "heart"))).get(0).event();

        assertEquals("r2", encoded.getEncoded().getAdapterRevision());
    }

    private static Incoming<PromptSubmitted> incoming(String jobId, String prompt) {
        return incoming(jobId, jobId, prompt);
    }

    private static Incoming<PromptSubmitted> incoming(String key, String jobId, String prompt) {
        PromptSubmitted event =
                PromptSubmitted.newBuilder().setJobId(jobId).setPrompt(prompt).build();
        return new Incoming<>(event, key, "prompts.submitted", 0, 0, Instant.EPOCH, 1, TraceContext.create());
    }
}
