package io.surstream.teacher.embed;

import io.opentelemetry.api.common.Attributes;
import io.surstream.contract.training.EmbeddingKey;
import io.surstream.metrics.StageSpan;
import io.surstream.models.llama.LlamaTeacher;
import io.surstream.models.llama.Pooling;
import io.surstream.models.llama.TeacherPrompt;
import io.surstream.models.llama.TeacherRefusedException;
import io.surstream.modelstore.tensors.TensorMessage;
import io.surstream.teacher.validation.EmbedValidation;
import io.surstream.teacher.validation.ValidEmbedRequest;
import io.surstream.torch.tensor.FloatTensor;
import io.surstream.v1.PromptEmbedded;
import io.surstream.v1.TeacherChoice;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.concurrent.locks.ReentrantLock;

/**
 * Prompts to hidden states, each distinct prompt once. One question is in the model at a time, first come first served: that
 * bounds memory, and the model uses all cores anyway. Thread-safe.
 */
public final class EmbedStage {
    private final TeacherSource source;
    private final Pooling pooling;
    private final RecentResults recent;
    private final TeacherMeters meters;
    private final ReentrantLock turn = new ReentrantLock(true);

    /**
     * @param pooling where nobody chooses
     * @param remembered results that are kept
     */
    public EmbedStage(TeacherSource source, Pooling pooling, int remembered, TeacherMeters meters) {
        this.source = source;
        this.pooling = pooling;
        this.recent = new RecentResults(remembered);
        this.meters = meters;
    }

    public TeacherSource source() {
        return source;
    }

    /** How prompts are pooled where nobody chooses. */
    public Pooling pooling() {
        return pooling;
    }

    /** What is embedded by default; the model is found for it, and not loaded. */
    public TeacherChoice choice() {
        return choice(source.layer(), pooling);
    }

    private TeacherChoice choice(int layer, Pooling how) {
        return TeacherChoice.newBuilder()
                .setTeacher(source.folder().revision())
                .setLayer(layer)
                .setPooling(how.text())
                .build();
    }

    /**
     * @return one answer a prompt, in their order
     * @throws TeacherRefusedException if there is no such layer
     * @throws io.surstream.models.ModelException if there is no usable model
     */
    public List<EmbedResult> answer(ValidEmbedRequest question) {
        turn.lock();
        try {
            return meters.embed().record(() -> {
                Map<String, EmbedResult> answers = new HashMap<>();
                compute(question, answers);
                return question.prompts().stream().map(answers::get).toList();
            });
        } finally {
            turn.unlock();
        }
    }

    private void compute(ValidEmbedRequest question, Map<String, EmbedResult> answers) {
        LlamaTeacher teacher = source.teacher();
        teacher.checkLayer(question.layer());
        TeacherChoice choice = choice(question.layer(), question.pooling());
        Map<String, TeacherPrompt> missing = new LinkedHashMap<>();
        for (String prompt : new LinkedHashSet<>(question.prompts())) {
            PromptEmbedded known = recent.get(EmbeddingKey.of(choice, prompt));
            meters.soughtInRecent(known != null);
            if (known != null) {
                answers.put(prompt, new EmbedResult.Embedded(known));
                continue;
            }
            try {
                missing.put(prompt, teacher.prompt(prompt));
            } catch (TeacherRefusedException e) {
                meters.refusedPrompt();
                answers.put(prompt, new EmbedResult.Refused(EmbedValidation.failure(e)));
            }
        }
        List<TeacherPrompt> prompts = List.copyOf(missing.values());
        List<FloatTensor> states = StageSpan.TEACHER.of(
                Attributes.of(StageSpan.BATCH_SIZE, (long) prompts.size()),
                () -> teacher.embed(prompts, question.layer(), question.pooling()));
        for (int i = 0; i < prompts.size(); i++) {
            PromptEmbedded embedded = embedded(prompts.get(i), choice, states.get(i));
            recent.put(EmbeddingKey.of(choice, embedded.getPrompt()), embedded);
            answers.put(embedded.getPrompt(), new EmbedResult.Embedded(embedded));
        }
        meters.computed(
                prompts.size(), prompts.stream().mapToInt(TeacherPrompt::tokens).sum());
    }

    /** Complete, with the embedding in fp32. */
    private static PromptEmbedded embedded(TeacherPrompt prompt, TeacherChoice choice, FloatTensor state) {
        return PromptEmbedded.newBuilder()
                .setPrompt(prompt.text())
                .setTeacher(choice)
                .setEmbedding(TensorMessage.of(state))
                .setTokens(prompt.tokens())
                .setEmbeddedAtMs(System.currentTimeMillis())
                .build();
    }
}
