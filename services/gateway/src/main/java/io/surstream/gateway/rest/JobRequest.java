package io.surstream.gateway.rest;

import com.fasterxml.jackson.databind.PropertyNamingStrategies.SnakeCaseStrategy;
import com.fasterxml.jackson.databind.annotation.JsonNaming;
import java.math.BigInteger;
import org.eclipse.microprofile.openapi.annotations.media.Schema;

/**
 * The shape of a request for the API's description. Bodies are read by {@link io.surstream.contract.prompt.PromptJson},
 * which also takes protobuf's nested and lowerCamelCase names.
 */
@JsonNaming(SnakeCaseStrategy.class)
@Schema(
        description =
                "A prompt with its settings. Absent settings take the model's defaults. Unknown fields are rejected.")
record JobRequest(
        @Schema(required = true, description = "what the image shows", examples = "2 heart, blue, side by side")
        String prompt,

        @Schema(description = "what the image must not show")
        String negativePrompt,

        @Schema(
                description = "0 to 2^64 - 1, as a number or as digits in a string; image n has seed + n."
                        + " Absent: derived from the job id",
                examples = "7")
        BigInteger seed,

        @Schema(description = "denoising steps; another name of num_inference_steps", examples = "20")
        Integer steps,

        @Schema(description = "denoising steps", examples = "20")
        Integer numInferenceSteps,

        @Schema(description = "classifier-free guidance, 0 or more; 1 or less disables it", examples = "5")
        Float guidanceScale,

        @Schema(
                enumeration = {
                    "ddim",
                    "pndm",
                    "euler",
                    "euler-ancestral",
                    "dpmpp-2m",
                    "dpmpp-2m-karras",
                    "dpmpp-2m-sde",
                    "unipc",
                    "lcm",
                    "ddpm"
                })
        String scheduler,

        @Schema(description = "images of this job", examples = "1")
        Integer numImages,

        @Schema(description = "pixels, divisible by 8") Integer height,
        @Schema(description = "pixels, divisible by 8") Integer width,

        @Schema(description = "none, live, canary or an adapter revision", examples = "live")
        String adapter,

        @Schema(description = "λ, 0 to 1; absent: the adapter's own")
        Float adapterWeight,

        @Schema(
                description =
                        "truncate a prompt that is longer than the text encoder's window instead of failing the job")
        Boolean truncate) {}
