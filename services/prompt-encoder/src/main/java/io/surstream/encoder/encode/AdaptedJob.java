package io.surstream.encoder.encode;

import io.surstream.encoder.adapter.PromptEmbeds;
import io.surstream.modelstore.tensors.TensorMessage;
import io.surstream.v1.EncodeResult;
import io.surstream.v1.EncodedPrompt;

/**
 * A job with the embeddings that the sampler gets.
 *
 * @param revision of the adapter that made them, or {@code none}
 * @param weight λ it was applied with, 0 for none
 */
record AdaptedJob(TokenizedJob job, PromptEmbeds embeds, String revision, float weight) {
    EncodeResult result(String modelRevision) {
        return EncodeResult.newBuilder()
                .setJobId(job.job().jobId())
                .setEncoded(encoded(modelRevision))
                .build();
    }

    private EncodedPrompt encoded(String modelRevision) {
        return EncodedPrompt.newBuilder()
                .setPrompt(job.job().prompt())
                .setNegativePrompt(job.job().negativePrompt())
                .setSampling(job.job().sampling())
                .setPromptEmbeds(TensorMessage.of(embeds.prompt()))
                .setNegativePromptEmbeds(TensorMessage.of(embeds.negativePrompt()))
                .setAdapterRevision(revision)
                .setAdapterWeight(weight)
                .setModelRevision(modelRevision)
                .setTruncatedTokens(job.truncated())
                .build();
    }
}
