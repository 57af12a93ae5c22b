package io.surstream.sampler.validation;

import io.opentelemetry.api.common.Attributes;
import io.surstream.contract.JobId;
import io.surstream.contract.ServiceName;
import io.surstream.contract.failure.FailureType;
import io.surstream.contract.failure.Failures;
import io.surstream.contract.prompt.EncodedPromptRules;
import io.surstream.metrics.StageSpan;
import io.surstream.models.pipeline.DenoisingJob;
import io.surstream.models.pipeline.Sampling;
import io.surstream.modelstore.tensors.TensorException;
import io.surstream.modelstore.tensors.TensorReader;
import io.surstream.torch.tensor.FloatTensor;
import io.surstream.v1.EncodedPrompt;
import io.surstream.v1.Failure;
import io.surstream.v1.PromptEncoded;
import io.surstream.v1.SampleRequest;
import io.surstream.v1.Tensor;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;

/** Decides before any work whether an encoded prompt can be sampled; names all its problems. */
public final class SampleValidation {
    /** The name of this service in failures and timings. */
    public static final String STAGE = ServiceName.IMAGE_SAMPLER.label();

    private final ModelLimits limits;
    private final TensorReader tensors;

    /** @param tensors also fetches those that come by reference */
    public SampleValidation(ModelLimits limits, TensorReader tensors) {
        this.limits = limits;
        this.tensors = tensors;
    }

    /** An event of the topic. */
    public SampleOutcome accept(PromptEncoded event) {
        String id = event.getJobId();
        if (!JobId.isValid(id)) {
            return refusal(id, List.of(Failures.invalid("job_id", id, JobId.LIMIT)));
        }
        return event.hasEncoded()
                ? accept(id, event.getEncoded(), Optional.empty())
                : refusal(id, List.of(Failures.invalid("encoded", "absent", "set: there is nothing to sample")));
    }

    /** A request whose answer goes back to the caller. */
    public SampleOutcome accept(SampleRequest request) {
        return accept(
                "",
                request.getPrompt(),
                request.hasInitialLatents() ? Optional.of(request.getInitialLatents()) : Optional.empty());
    }

    private SampleOutcome accept(String id, EncodedPrompt prompt, Optional<Tensor> initialLatents) {
        if (!prompt.getModelRevision().equals(limits.revision())) {
            return refusal(id, List.of(mismatch(prompt.getModelRevision())));
        }
        return StageSpan.TEXT_CONDITION.of(Attributes.empty(), () -> read(id, prompt, initialLatents));
    }

    private SampleOutcome read(String id, EncodedPrompt prompt, Optional<Tensor> initialLatents) {
        List<Failure> problems = new ArrayList<>(EncodedPromptRules.problems(prompt, limits.rules()));
        FloatTensor embeds = embeds("prompt_embeds", prompt.getPromptEmbeds(), problems);
        FloatTensor negative = embeds("negative_prompt_embeds", prompt.getNegativePromptEmbeds(), problems);
        FloatTensor latents = initialLatents
                .map(tensor -> read("initial_latents", tensor, problems))
                .orElse(null);
        if (problems.isEmpty()) {
            try {
                Sampling sampling = Sampling.of(prompt.getSampling());
                return new SampleJob(
                        id, prompt, new DenoisingJob(embeds, negative, sampling, Optional.ofNullable(latents)));
            } catch (IllegalArgumentException e) {
                problems.add(invalid("", e));
            }
        }
        return refusal(id, problems);
    }

    private static SampleFailure refusal(String id, List<Failure> problems) {
        return new SampleFailure(id, Failures.joined(STAGE, problems));
    }

    private Failure mismatch(String revision) {
        return Failures.of(
                FailureType.MODEL_MISMATCH,
                "model_revision",
                revision,
                limits.revision(),
                "model_revision must be " + limits.revision() + ", the base model of this sampler, but is '"
                        + Failures.shown(revision)
                        + "': run prompt-encoder and image-sampler with the same surstream.model");
    }

    private FloatTensor embeds(String field, Tensor tensor, List<Failure> problems) {
        FloatTensor embeds = read(field, tensor, problems);
        if (embeds == null) {
            return null;
        }
        long[] wanted = {1, limits.embedLength(), limits.embedWidth()};
        if (!Arrays.equals(embeds.shape(), wanted)) {
            String shape = Arrays.toString(embeds.shape());
            problems.add(Failures.invalid(field, shape, "a tensor of shape " + Arrays.toString(wanted)));
        }
        return embeds;
    }

    private FloatTensor read(String field, Tensor tensor, List<Failure> problems) {
        try {
            return tensors.read(field, tensor);
        } catch (IllegalArgumentException e) {
            problems.add(invalid(field, e));
            return null;
        }
    }

    /** Tensors that do not fit together, in the words of the check that found it. */
    public static Failure invalid(String field, IllegalArgumentException error) {
        return Failure.newBuilder()
                .setType(
                        (error instanceof TensorException tensor ? tensor.type() : FailureType.INVALID_ARGUMENT).name())
                .setField(field)
                .setMessage(error.getMessage())
                .setStage(STAGE)
                .build();
    }
}
