package io.surstream.teacher.kafka;

import io.surstream.streaming.batch.BatchHandler;
import io.surstream.streaming.batch.RejectedEventsException;
import io.surstream.streaming.event.Incoming;
import io.surstream.streaming.event.Outgoing;
import io.surstream.teacher.embed.EmbedResult;
import io.surstream.teacher.embed.EmbedStage;
import io.surstream.teacher.embed.TeacherMeters;
import io.surstream.teacher.validation.ValidEmbedRequest;
import io.surstream.v1.ExampleCurated;
import io.surstream.v1.TeacherChoice;
import io.surstream.v1.Tensor;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.UnaryOperator;

/**
 * Kafka edge: batches of examples to the results that their prompts still lack. What is not known and a batch
 * before computed, since its transaction was aborted or is not visible yet, is published again and not computed again.
 */
final class CuratedExampleHandler implements BatchHandler<ExampleCurated> {
    private final EmbedStage stage;
    private final TeacherChoice choice;
    private final KnownResults known;
    private final UnaryOperator<Tensor> offload;
    private final TeacherMeters meters;

    /** @param offload of embeddings that are too large for an event */
    CuratedExampleHandler(
            EmbedStage stage,
            TeacherChoice choice,
            KnownResults known,
            UnaryOperator<Tensor> offload,
            TeacherMeters meters) {
        this.stage = stage;
        this.choice = choice;
        this.known = known;
        this.offload = offload;
        this.meters = meters;
    }

    /** @throws RejectedEventsException when some prompts cannot be read; it carries the events of the others */
    @Override
    public List<Outgoing> handle(List<Incoming<ExampleCurated>> batch) throws RejectedEventsException {
        Map<String, List<Incoming<ExampleCurated>>> missing = missing(batch);
        if (missing.isEmpty()) {
            return List.of();
        }
        List<String> prompts = List.copyOf(missing.keySet());
        List<EmbedResult> answers = stage.answer(new ValidEmbedRequest(prompts, choice.getLayer(), stage.pooling()));
        List<Outgoing> events = new ArrayList<>();
        Map<Incoming<?>, RefusedExampleException> refused = new LinkedHashMap<>();
        for (int i = 0; i < prompts.size(); i++) {
            List<Incoming<ExampleCurated>> examples = missing.get(prompts.get(i));
            if (answers.get(i) instanceof EmbedResult.Refused refusal) {
                examples.forEach(example -> refused.put(example, new RefusedExampleException(refusal.failure())));
            } else if (answers.get(i) instanceof EmbedResult.Embedded embedded) {
                events.add(EmbeddedPromptEvents.event(embedded.event(), examples.get(0), offload));
            }
        }
        if (!refused.isEmpty()) {
            throw new RejectedEventsException(events, refused);
        }
        return events;
    }

    /** The examples whose prompts have no committed result, by prompt. */
    private Map<String, List<Incoming<ExampleCurated>>> missing(List<Incoming<ExampleCurated>> batch) {
        known.refresh();
        Map<String, List<Incoming<ExampleCurated>>> missing = new LinkedHashMap<>();
        for (Incoming<ExampleCurated> example : batch) {
            String prompt = example.event().getSimplePrompt();
            boolean isKnown = known.has(prompt);
            meters.soughtInTopic(isKnown);
            if (!isKnown) {
                missing.computeIfAbsent(prompt, p -> new ArrayList<>()).add(example);
            }
        }
        return missing;
    }
}
