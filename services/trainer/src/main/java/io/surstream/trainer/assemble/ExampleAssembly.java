package io.surstream.trainer.assemble;

import io.surstream.contract.failure.FailureType;
import io.surstream.v1.ExampleCurated;
import io.surstream.v1.PromptEmbedded;
import io.surstream.v1.TeacherChoice;
import java.util.Collection;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Function;

/**
 * Joins examples with the teacher's vectors of their plain prompts. Order does not matter, except that vectors of
 * prompts that no known example has are skipped: show all examples first, then the vectors. One thread.
 */
public final class ExampleAssembly {
    private final String dataset;
    private final TeacherChoice asked;
    private final TeacherVectors vectors;
    private final Function<PromptEmbedded, float[]> values;
    private final boolean needsTeacher;
    private final Map<String, ExampleCurated> examples = new LinkedHashMap<>();
    private final Set<String> prompts = new HashSet<>();
    private final Set<TeacherChoice> teachers = new LinkedHashSet<>();
    private final Set<String> ofOthers = new LinkedHashSet<>();

    /**
     * @param asked whose vectors; where its teacher is empty, those of the only one that has embedded
     * @param vectors where they go; the caller's
     * @param values reads an embedding, [W]
     * @param needsTeacher false where an example is complete by itself
     */
    public ExampleAssembly(
            String dataset,
            TeacherChoice asked,
            TeacherVectors vectors,
            Function<PromptEmbedded, float[]> values,
            boolean needsTeacher) {
        this.dataset = dataset;
        this.asked = asked;
        this.vectors = vectors;
        this.values = values;
        this.needsTeacher = needsTeacher;
    }

    /**
     * An example of any dataset; a later one with the same id takes the place of an earlier one.
     *
     * @return whether it is of this dataset
     */
    public boolean curated(ExampleCurated example) {
        if (!example.getDataset().equals(dataset)) {
            return false;
        }
        examples.put(example.getExampleId(), example);
        prompts.add(example.getSimplePrompt());
        return true;
    }

    /**
     * A vector of any prompt of any teacher.
     *
     * @return whether it was kept
     */
    public boolean embedded(PromptEmbedded embedded) {
        if (!needsTeacher || !prompts.contains(embedded.getPrompt())) {
            return false;
        }
        TeacherChoice teacher = embedded.getTeacher();
        if (!asked.getTeacher().isEmpty() && !teacher.equals(asked)) {
            ofOthers.add(describe(teacher));
            return false;
        }
        teachers.add(teacher);
        if (teachers.size() > 1) {
            throw new AssemblyException(
                    FailureType.TEACHER_AMBIGUOUS,
                    "the prompts of dataset " + dataset + " were embedded by " + describeAll(teachers)
                            + "; name one of them as the run's teacher");
        }
        try {
            vectors.add(embedded.getPrompt(), values.apply(embedded));
            return true;
        } catch (IllegalArgumentException e) {
            throw new AssemblyException(
                    FailureType.TEACHER_MISMATCH,
                    "the vectors of " + describe(teacher) + " do not fit each other: " + e.getMessage()
                            + "; let the teacher embed the dataset again");
        }
    }

    /** Examples of the dataset. */
    public int size() {
        return examples.size();
    }

    /** Those of them that have a vector. */
    public List<ExampleCurated> complete() {
        return examples.values().stream()
                .filter(example -> !needsTeacher || vectors.has(example.getSimplePrompt()))
                .toList();
    }

    /** Whose vectors these are: complete once there is one. */
    public TeacherChoice teacher() {
        return teachers.isEmpty() ? asked : teachers.iterator().next();
    }

    /** In words, how far it is and what it may lack. */
    public String activity() {
        String text = complete().size() + " of " + size() + " examples embedded";
        if (!complete().isEmpty() || ofOthers.isEmpty()) {
            return text;
        }
        return text + " by " + describe(asked) + "; there are vectors of " + String.join(", ", ofOthers);
    }

    private static String describeAll(Collection<TeacherChoice> teachers) {
        return String.join(
                " and ", teachers.stream().map(ExampleAssembly::describe).toList());
    }

    private static String describe(TeacherChoice teacher) {
        return teacher.getTeacher() + " (layer " + teacher.getLayer() + ", " + teacher.getPooling() + ")";
    }
}
