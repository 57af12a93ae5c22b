package io.surstream.trainer.assemble;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.google.protobuf.ByteString;
import io.surstream.contract.failure.FailureType;
import io.surstream.storage.InMemoryObjectStore;
import io.surstream.trainer.assemble.ExampleGathering.Gathered;
import io.surstream.trainer.store.RunStore;
import io.surstream.v1.ExampleCurated;
import io.surstream.v1.PromptEmbedded;
import io.surstream.v1.TeacherChoice;
import io.surstream.v1.Tensor;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Predicate;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ExampleGatheringTest {
    private static final TeacherChoice TEACHER = teacher("teacher-a");
    private static final TeacherChoice ANY = TeacherChoice.getDefaultInstance();

    @TempDir
    Path folder;

    private final InMemoryObjectStore objects = new InMemoryObjectStore("test");
    private final RunStore runs = new RunStore(objects);
    private final Topics topics = new Topics();
    private final List<String> told = new ArrayList<>();
    private final List<Runnable> meanwhile = new ArrayList<>();
    private TeacherVectors vectors;
    private long now;

    @BeforeEach
    void begin() {
        vectors = TeacherVectors.create(folder.resolve("vectors.bin"));
    }

    @AfterEach
    void end() {
        vectors.close();
    }

    /** Two compacted topics, read as they are asked for. */
    private static final class Topics implements ExampleFeed {
        final List<ExampleCurated> examples = new ArrayList<>();
        final List<PromptEmbedded> embedded = new ArrayList<>();
        int examplesRead;
        int embeddedRead;

        @Override
        public void curated(Predicate<ExampleCurated> listener) {
            examples.subList(examplesRead, examples.size()).forEach(listener::test);
            examplesRead = examples.size();
        }

        @Override
        public void embedded(Predicate<PromptEmbedded> listener) {
            embedded.subList(embeddedRead, embedded.size()).forEach(listener::test);
            embeddedRead = embedded.size();
        }

        @Override
        public void rewindEmbedded() {
            embeddedRead = 0;
        }

        @Override
        public void close() {}
    }

    private Gathered gather(TeacherChoice asked) {
        ExampleGathering.Waiting waiting = new ExampleGathering.Waiting() {
            @Override
            public void tell(String activity) {
                told.add(activity);
            }

            @Override
            public void pause(Duration moment) {
                now += moment.toNanos();
                if (!meanwhile.isEmpty()) {
                    meanwhile.remove(0).run();
                }
            }
        };
        return new ExampleGathering(runs, Duration.ofSeconds(5), () -> now)
                .gather("run-1", "surd", asked, true, vectors, new VectorReader(objects), topics, waiting);
    }

    private static TeacherChoice teacher(String revision) {
        return TeacherChoice.newBuilder()
                .setTeacher(revision)
                .setLayer(2)
                .setPooling("last")
                .build();
    }

    private void curate(String... ids) {
        for (String id : ids) {
            topics.examples.add(ExampleCurated.newBuilder()
                    .setDataset("surd")
                    .setExampleId(id)
                    .setSimplePrompt("prompt of " + id)
                    .build());
        }
    }

    private void teach(TeacherChoice teacher, String id, float... vector) {
        ByteBuffer bytes = ByteBuffer.allocate(vector.length * Float.BYTES).order(ByteOrder.LITTLE_ENDIAN);
        bytes.asFloatBuffer().put(vector);
        topics.embedded.add(PromptEmbedded.newBuilder()
                .setPrompt("prompt of " + id)
                .setTeacher(teacher)
                .setEmbedding(Tensor.newBuilder()
                        .setDtype(Tensor.DType.FP32)
                        .addShape(vector.length)
                        .setData(ByteString.copyFrom(bytes.array())))
                .build());
    }

    private static List<String> ids(Gathered gathered) {
        return gathered.examples().stream().map(ExampleCurated::getExampleId).toList();
    }

    @Test
    void examples_and_vectors_are_joined_in_the_order_of_ids() {
        curate("b", "a");
        topics.examples.add(ExampleCurated.newBuilder()
                .setDataset("other")
                .setExampleId("c")
                .build());
        teach(TEACHER, "a", 1, 2);
        teach(teacher("teacher-b"), "a", 9, 9, 9);
        teach(TEACHER, "b", 3, 4);

        Gathered gathered = gather(TEACHER);

        assertEquals(List.of("a", "b"), ids(gathered));
        assertEquals(2, vectors.width());
        assertArrayEquals(new float[] {3, 4}, vectors.find("prompt of b").orElseThrow());
    }

    @Test
    void waits_and_says_for_what() {
        curate("a", "b");
        teach(TEACHER, "a", 1, 2);
        meanwhile.add(() -> {});
        meanwhile.add(() -> {
            curate("c");
            teach(TEACHER, "b", 1, 2);
        });
        meanwhile.add(() -> teach(TEACHER, "c", 1, 2));

        assertEquals(List.of("a", "b", "c"), ids(gather(TEACHER)));
        assertEquals(List.of("1 of 2 examples embedded", "1 of 2 examples embedded", "2 of 3 examples embedded"), told);
    }

    @Test
    void a_vector_that_was_there_before_its_example_is_found() {
        teach(TEACHER, "late", 1, 2);
        meanwhile.add(() -> curate("late"));

        assertEquals(List.of("late"), ids(gather(TEACHER)));
    }

    @Test
    void the_only_teacher_is_taken_where_none_is_asked_for() {
        curate("a", "b");
        teach(TEACHER, "a", 1, 2);
        teach(TEACHER, "b", 1, 2);
        assertEquals(TEACHER, gather(ANY).teacher());
    }

    @Test
    void where_none_is_asked_for_two_teachers_are_refused() {
        curate("a");
        teach(TEACHER, "a", 1, 2);
        teach(teacher("teacher-b"), "a", 1, 2);

        AssemblyException refused = assertThrows(AssemblyException.class, () -> gather(ANY));

        assertEquals(FailureType.TEACHER_AMBIGUOUS, refused.type());
        assertTrue(refused.getMessage().contains("teacher-a (layer 2, last) and teacher-b (layer 2, last)"));
    }

    @Test
    void after_its_patience_a_run_begins_with_what_is_embedded_and_whoever_takes_it_over_has_the_same() {
        curate("a", "b");
        teach(TEACHER, "a", 1, 2);

        Gathered gathered = gather(ANY);
        assertEquals(List.of("a"), ids(gathered));
        assertEquals(1, gathered.notEmbedded());

        curate("c");
        teach(TEACHER, "b", 1, 2);
        teach(TEACHER, "c", 1, 2);
        teach(teacher("teacher-b"), "a", 1, 2);
        topics.examplesRead = 0;
        Gathered again = gather(ANY);
        assertEquals(gathered.examples(), again.examples());
        assertEquals(TEACHER, again.teacher());
    }

    @Test
    void nothing_to_train_on_is_an_error_that_tells_why() {
        assertEquals(
                FailureType.NO_EXAMPLES,
                assertThrows(AssemblyException.class, () -> gather(TEACHER)).type());

        curate("a");
        teach(teacher("teacher-b"), "a", 1, 2);
        AssemblyException refused = assertThrows(AssemblyException.class, () -> gather(TEACHER));
        assertEquals(FailureType.NOT_EMBEDDED, refused.type());
        assertTrue(refused.getMessage().contains("there are vectors of teacher-b (layer 2, last)"));
    }

    @Test
    void a_list_that_another_trainer_froze_meanwhile_and_that_is_not_embedded_here_is_an_error() {
        curate("a", "b");
        teach(TEACHER, "a", 1, 2);
        meanwhile.add(() -> runs.settleExamples("run-1", topics.examples));

        AssemblyException refused = assertThrows(AssemblyException.class, () -> gather(TEACHER));

        assertEquals(FailureType.EXAMPLES_MISSING, refused.type());
        assertTrue(refused.getMessage().contains("2 examples of run run-1 are needed but only 1"));
    }

    @Test
    void vectors_of_different_widths_are_refused() {
        curate("a", "b");
        teach(TEACHER, "a", 1, 2);
        teach(TEACHER, "b", 1, 2, 3);

        assertEquals(
                FailureType.TEACHER_MISMATCH,
                assertThrows(AssemblyException.class, () -> gather(TEACHER)).type());
    }
}
