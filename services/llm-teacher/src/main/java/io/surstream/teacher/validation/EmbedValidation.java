package io.surstream.teacher.validation;

import io.surstream.contract.ServiceName;
import io.surstream.contract.failure.FailureType;
import io.surstream.contract.failure.Failures;
import io.surstream.models.ModelException;
import io.surstream.models.llama.Pooling;
import io.surstream.models.llama.TeacherRefusedException;
import io.surstream.v1.EmbedRequest;
import io.surstream.v1.Failure;

/** Decides before any work whether a request can be answered, and puts refusals into the words of events. */
public final class EmbedValidation {
    /** The name of this service in failures. */
    public static final String STAGE = ServiceName.LLM_TEACHER.label();

    private final int maxPrompts;

    /** @param maxPrompts most prompts of a request */
    public EmbedValidation(int maxPrompts) {
        this.maxPrompts = maxPrompts;
    }

    /**
     * @param layer where the request names none
     * @param pooling where the request names none
     * @throws EmbedRefusedException naming the field to blame
     */
    public ValidEmbedRequest accept(EmbedRequest request, int layer, Pooling pooling) {
        if (request.getPromptsCount() > maxPrompts) {
            throw refusal(
                    FailureType.INVALID_ARGUMENT,
                    "prompts",
                    request.getPromptsCount() + " prompts",
                    "at most " + maxPrompts,
                    "prompts must be at most " + maxPrompts + " but are " + request.getPromptsCount()
                            + ": send them in several requests");
        }
        return new ValidEmbedRequest(
                request.getPromptsList(),
                request.hasLayer() ? request.getLayer() : layer,
                request.getPooling().isEmpty() ? pooling : pooling(request.getPooling()));
    }

    private static Pooling pooling(String text) {
        try {
            return Pooling.parse(text);
        } catch (ModelException e) {
            throw refusal(FailureType.UNKNOWN_POOLING, "pooling", text, "last, mean or tokens", e.getMessage());
        }
    }

    /** What the model said no to. */
    public static Failure failure(TeacherRefusedException refused) {
        return refusal(
                        FailureType.valueOf(refused.reason().name()),
                        refused.reason().field(),
                        refused.value(),
                        refused.limit(),
                        refused.getMessage())
                .failure();
    }

    static EmbedRefusedException refusal(FailureType type, String field, String value, String limit, String message) {
        return new EmbedRefusedException(Failures.of(type, field, value, limit, message).toBuilder()
                .setStage(STAGE)
                .build());
    }
}
