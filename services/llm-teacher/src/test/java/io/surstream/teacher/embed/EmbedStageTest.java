package io.surstream.teacher.embed;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import io.surstream.models.ModelException;
import io.surstream.models.ModelFolderException;
import io.surstream.models.llama.Pooling;
import io.surstream.models.llama.TeacherRefusedException;
import io.surstream.teacher.SmallTeacher;
import io.surstream.teacher.validation.ValidEmbedRequest;
import io.surstream.v1.Failure;
import io.surstream.v1.PromptEmbedded;
import io.surstream.v1.Tensor;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.OptionalInt;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class EmbedStageTest {
    @TempDir
    Path temp;

    private final SimpleMeterRegistry meters = new SimpleMeterRegistry();
    private EmbedStage stage;

    @BeforeEach
    void open() throws IOException {
        stage = SmallTeacher.in(temp.resolve("teacher"), meters);
    }

    @AfterEach
    void close() {
        stage.source().close();
    }

    private List<EmbedResult> ask(String... prompts) {
        return stage.answer(
                new ValidEmbedRequest(List.of(prompts), stage.choice().getLayer(), stage.pooling()));
    }

    private static PromptEmbedded embedded(EmbedResult answer) {
        return assertInstanceOf(EmbedResult.Embedded.class, answer).event();
    }

    @Test
    void an_answer_is_complete() {
        PromptEmbedded embedded = embedded(ask("a b c").get(0));

        assertEquals("a b c", embedded.getPrompt());
        assertEquals(stage.choice(), embedded.getTeacher());
        assertEquals(2, embedded.getTeacher().getLayer());
        assertEquals("last", embedded.getTeacher().getPooling());
        assertEquals(3, embedded.getTokens());
        assertEquals(Tensor.DType.FP32, embedded.getEmbedding().getDtype());
        assertEquals(List.of(48L), embedded.getEmbedding().getShapeList());
        assertEquals(48 * 4, embedded.getEmbedding().getData().size());
    }

    @Test
    void a_prompt_is_computed_once_in_a_batch_and_again_only_when_it_is_forgotten() {
        List<EmbedResult> answers = ask("a", "b", "a");
        assertSame(answers.get(0), answers.get(2));
        assertEquals(2, SmallTeacher.computed(meters));

        assertEquals(answers, ask("a", "b", "a"));
        assertEquals(2, SmallTeacher.computed(meters));

        ask("c", "d", "e", "f"); // four are remembered
        ask("a");
        assertEquals(7, SmallTeacher.computed(meters));
    }

    @Test
    void another_layer_or_pooling_is_another_result() {
        ask("a b");
        PromptEmbedded other = embedded(stage.answer(new ValidEmbedRequest(List.of("a b"), 1, Pooling.TOKENS))
                .get(0));

        assertEquals(List.of(2L, 48L), other.getEmbedding().getShapeList());
        assertEquals(1, other.getTeacher().getLayer());
        assertEquals("tokens", other.getTeacher().getPooling());
    }

    @Test
    void a_prompt_that_cannot_be_read_does_not_keep_the_others_from_it() {
        List<EmbedResult> answers = ask("a", " ", "a b c d e f g h i", "b");

        embedded(answers.get(0));
        embedded(answers.get(3));
        Failure empty =
                assertInstanceOf(EmbedResult.Refused.class, answers.get(1)).failure();
        Failure tooLong =
                assertInstanceOf(EmbedResult.Refused.class, answers.get(2)).failure();
        assertEquals("PROMPT_EMPTY", empty.getType());
        assertEquals("PROMPT_TOO_LONG", tooLong.getType());
        assertEquals("8 tokens", tooLong.getLimit());
        assertEquals("llm-teacher", tooLong.getStage());
    }

    @Test
    void a_layer_that_is_not_loaded_is_refused_with_the_limit() {
        TeacherRefusedException refusal = assertThrows(
                TeacherRefusedException.class,
                () -> stage.answer(new ValidEmbedRequest(List.of("a"), 3, Pooling.LAST)));
        assertEquals("0..2", refusal.limit());
    }

    @Test
    void a_wanted_layer_that_the_model_lacks_is_named_with_its_setting() {
        TeacherSource source = new TeacherSource(stage.source()::folder, OptionalInt.of(9), (folder, layer) -> {
            throw new AssertionError("must not be loaded");
        });

        Exception refusal = assertThrows(ModelException.class, source::teacher);
        assertTrue(refusal.getMessage().contains("surstream.teacher.layer must be 0..3"), refusal.getMessage());
    }

    @Test
    void a_model_that_cannot_be_found_is_looked_for_again() {
        int[] tries = {0};
        TeacherSource source = new TeacherSource(
                () -> {
                    if (tries[0]++ == 0) {
                        throw new ModelFolderException("not yet");
                    }
                    return stage.source().folder();
                },
                OptionalInt.empty(),
                (folder, layer) -> stage.source().teacher());

        assertThrows(ModelFolderException.class, source::teacher);
        assertSame(stage.source().teacher(), source.teacher());
    }
}
