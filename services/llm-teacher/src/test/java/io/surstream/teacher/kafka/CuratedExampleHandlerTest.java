package io.surstream.teacher.kafka;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import io.surstream.contract.training.EmbeddingKey;
import io.surstream.modelstore.tensors.TensorOffload;
import io.surstream.storage.InMemoryObjectStore;
import io.surstream.streaming.batch.RejectedEventsException;
import io.surstream.streaming.event.Incoming;
import io.surstream.streaming.event.Outgoing;
import io.surstream.streaming.topic.Topic;
import io.surstream.streaming.tracing.TraceContext;
import io.surstream.teacher.SmallTeacher;
import io.surstream.teacher.embed.EmbedStage;
import io.surstream.teacher.embed.TeacherMeters;
import io.surstream.v1.ExampleCurated;
import io.surstream.v1.PromptEmbedded;
import io.surstream.v1.Tensor;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class CuratedExampleHandlerTest {
    @TempDir
    Path temp;

    private final SimpleMeterRegistry meters = new SimpleMeterRegistry();
    private final Set<String> committed = new HashSet<>();
    private final InMemoryObjectStore objects = new InMemoryObjectStore("bucket");
    private EmbedStage stage;
    private CuratedExampleHandler handler;

    @BeforeEach
    void open() throws IOException {
        stage = SmallTeacher.in(temp.resolve("teacher"), meters);
        handler = handler(192);
    }

    @AfterEach
    void close() {
        stage.source().close();
    }

    /** @param inlineLimit the tiny decoder's states have 192 bytes */
    private CuratedExampleHandler handler(int inlineLimit) {
        return new CuratedExampleHandler(
                stage,
                stage.choice(),
                new Committed(),
                new TensorOffload(objects, () -> "embedded", inlineLimit),
                new TeacherMeters(meters));
    }

    /** Shows what was committed when it was refreshed last. */
    private final class Committed implements KnownResults {
        private Set<String> seen = Set.of();

        @Override
        public void refresh() {
            seen = Set.copyOf(committed);
        }

        @Override
        public boolean has(String prompt) {
            return seen.contains(prompt);
        }
    }

    private static List<Incoming<ExampleCurated>> batch(String... prompts) {
        List<Incoming<ExampleCurated>> batch = new ArrayList<>();
        for (String prompt : prompts) {
            ExampleCurated example =
                    ExampleCurated.newBuilder().setSimplePrompt(prompt).build();
            batch.add(new Incoming<>(
                    example, "set/" + batch.size(), "topic", 0, batch.size(), Instant.EPOCH, 1, TraceContext.create()));
        }
        return batch;
    }

    private static List<String> prompts(List<Outgoing> events) {
        return events.stream()
                .map(event -> ((PromptEmbedded) event.event()).getPrompt())
                .toList();
    }

    @Test
    void examples_with_one_prompt_have_one_result_under_its_key() throws Exception {
        List<Outgoing> events = handler.handle(batch("a", "b", "a"));

        assertEquals(List.of("a", "b"), prompts(events));
        assertEquals(Topic.EXAMPLES_EMBEDDED, events.get(0).topic());
        assertEquals(EmbeddingKey.of(stage.choice(), "a"), events.get(0).key());
        assertEquals(2, SmallTeacher.computed(meters));
    }

    @Test
    void what_the_topic_has_is_left_alone() throws Exception {
        committed.add("a");

        assertEquals(List.of("b"), prompts(handler.handle(batch("a", "b"))));
        assertEquals(1, SmallTeacher.computed(meters));
        assertEquals(
                1,
                meters.counter("surstream.cache.requests", "cache", "embedded-prompts", "result", "hit")
                        .count());
    }

    @Test
    void an_aborted_batch_is_published_again_and_not_computed_again() throws Exception {
        List<Outgoing> first = handler.handle(batch("a", "b"));
        List<Outgoing> again = handler.handle(batch("a", "b"));

        assertEquals(
                first.stream().map(Outgoing::event).toList(),
                again.stream().map(Outgoing::event).toList());
        assertEquals(2, SmallTeacher.computed(meters));
    }

    @Test
    void an_embedding_beyond_the_inline_limit_is_stored_once_and_referred_to() throws Exception {
        Tensor inline = embedding(handler(192).handle(batch("a")));
        Tensor referred = embedding(handler(191).handle(batch("a")));
        handler(191).handle(batch("a"));

        assertTrue(inline.hasData());
        assertEquals("bucket", referred.getObject().getBucket());
        assertArrayEquals(
                inline.getData().toByteArray(), objects.get(referred.getObject().getKey()));
        assertEquals(1, objects.list("embedded/").size());
    }

    private static Tensor embedding(List<Outgoing> events) {
        return ((PromptEmbedded) events.get(0).event()).getEmbedding();
    }

    @Test
    void every_example_with_a_poisonous_prompt_is_rejected_and_the_others_are_embedded() {
        List<Incoming<ExampleCurated>> batch = batch("a", "", "a b c d e f g h i", "b", "");

        RejectedEventsException outcome = assertThrows(RejectedEventsException.class, () -> handler.handle(batch));

        assertEquals(List.of("a", "b"), prompts(outcome.events()));
        assertEquals("PROMPT_EMPTY", outcome.reason(batch.get(1)).type());
        assertEquals("PROMPT_TOO_LONG", outcome.reason(batch.get(2)).type());
        assertNotNull(outcome.reason(batch.get(4)));
        assertNull(outcome.reason(batch.get(0)));
    }
}
