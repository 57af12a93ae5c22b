package io.surstream.training.settings;

import java.util.Map;
import java.util.Optional;

/** Settings of the published script that there are none of here, each with its reason. */
final class NotOffered {
    private static final Map<String, String> REASONS = Map.of(
            "gradient_checkpointing",
            "the UNet's activations are kept for the way back; for less memory lower train_batch_size or resolution",
            "use_8bit_adam",
            "AdamW keeps its state in fp32, 110 MB for an adapter of width 768",
            "allow_tf32",
            "fp32 stays fp32; for speed take mixed_precision bf16 or fp16",
            "llm",
            "the teacher is named by the request: train start --teacher REVISION",
            "llm_layer",
            "the layer belongs to the teacher that the request names: train start --teacher REVISION --layer N");

    private NotOffered() {}

    static Optional<String> reason(String name) {
        return Optional.ofNullable(REASONS.get(name));
    }
}
