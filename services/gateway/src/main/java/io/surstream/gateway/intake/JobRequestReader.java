package io.surstream.gateway.intake;

import com.fasterxml.jackson.core.JacksonException;
import com.fasterxml.jackson.core.StreamReadFeature;
import com.fasterxml.jackson.core.json.JsonReadFeature;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectReader;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.surstream.gateway.problem.Violation;
import io.surstream.v1.AdapterChoice;
import io.surstream.v1.PromptSubmitted;
import io.surstream.v1.SamplingSettings;
import java.math.BigInteger;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;

/**
 * Bytes of a request body in, a prompt event without id and time out. Everything wrong is reported at once; nothing is
 * clipped, rounded or ignored.
 */
public final class JobRequestReader {

    /** Names of proto/common.proto: the field's usual sampling methods. */
    public static final List<String> SCHEDULERS =
            List.of("ddim", "pndm", "euler", "euler-ancestral", "dpmpp-2m", "dpmpp-2m-karras", "unipc", "lcm", "ddpm");

    /** Every field of a request. */
    public static final List<String> FIELDS = List.of(
            "prompt",
            "negative_prompt",
            "seed",
            "steps",
            "num_inference_steps",
            "guidance_scale",
            "scheduler",
            "num_images",
            "height",
            "width",
            "adapter",
            "adapter_weight",
            "truncate");

    /** A request may be wrong in very many ways; the answer stays short. */
    private static final int MAX_REPORTED = 20;

    private static final BigInteger MAX_SEED = BigInteger.ONE.shiftLeft(64).subtract(BigInteger.ONE);

    /** NaN and Infinity are let through the parser so that the refusal can name their field. */
    private static final ObjectReader JSON = JsonMapper.builder()
            .enable(JsonReadFeature.ALLOW_NON_NUMERIC_NUMBERS)
            .enable(StreamReadFeature.STRICT_DUPLICATE_DETECTION)
            .enable(DeserializationFeature.USE_BIG_DECIMAL_FOR_FLOATS)
            .enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS)
            .build()
            .readerFor(JsonNode.class);

    private final RequestLimits limits;

    public JobRequestReader(RequestLimits limits) {
        this.limits = limits;
    }

    /** @throws InvalidRequestException naming every field that is wrong, its value and its limit */
    public PromptSubmitted.Builder read(byte[] body) {
        ObjectNode object = object(body);
        FieldReader fields = new FieldReader(object);
        object.fieldNames().forEachRemaining(name -> {
            if (!FIELDS.contains(name)) {
                fields.refuse(unknownField(name));
            }
        });
        PromptSubmitted.Builder prompt = PromptSubmitted.newBuilder();
        texts(fields, prompt);
        fields.bool("truncate").ifPresent(prompt::setTruncate);
        SamplingSettings.Builder sampling = prompt.getSamplingBuilder();
        sampling(fields, sampling);
        size(fields, "height").ifPresent(sampling::setHeight);
        size(fields, "width").ifPresent(sampling::setWidth);
        adapter(fields).ifPresent(prompt::setAdapter);
        if (!fields.violations().isEmpty()) {
            throw new InvalidRequestException(
                    fields.violations().stream().limit(MAX_REPORTED).toList());
        }
        return prompt;
    }

    private void texts(FieldReader fields, PromptSubmitted.Builder prompt) {
        int before = fields.violations().size();
        Optional<String> text = fields.text("prompt", limits.maxPromptLength());
        if (text.isPresent() && !text.get().isBlank()) {
            prompt.setPrompt(text.get());
        } else if (before == fields.violations().size()) {
            fields.refuse(new Violation(
                    "INVALID_ARGUMENT",
                    "prompt",
                    text.map(Violation::shorten).orElse("absent"),
                    "not blank",
                    text.isPresent()
                            ? "prompt must not be blank: say what the picture shows"
                            : "prompt is required but absent: say what the picture shows"));
        }
        fields.text("negative_prompt", limits.maxPromptLength()).ifPresent(prompt::setNegativePrompt);
    }

    private void sampling(FieldReader fields, SamplingSettings.Builder sampling) {
        fields.integer("seed", BigInteger.ZERO, MAX_SEED, "an integer from 0 to " + MAX_SEED)
                .ifPresent(seed -> sampling.setSeed(seed.longValue()));
        steps(fields).ifPresent(sampling::setNumInferenceSteps);
        fields.decimal("guidance_scale", 0, limits.maxGuidanceScale()).ifPresent(sampling::setGuidanceScale);
        String schedulers = "one of " + String.join(", ", SCHEDULERS);
        fields.string("scheduler", schedulers).ifPresent(name -> {
            if (SCHEDULERS.contains(name)) {
                sampling.setScheduler(name);
            } else {
                fields.refuse(unknownScheduler(name, schedulers));
            }
        });
        fields.integer("num_images", 1, limits.maxImages()).ifPresent(sampling::setNumImages);
    }

    private OptionalInt steps(FieldReader fields) {
        OptionalInt steps = fields.integer("steps", 1, limits.maxSteps());
        OptionalInt diffusersName = fields.integer("num_inference_steps", 1, limits.maxSteps());
        if (fields.has("steps") && fields.has("num_inference_steps")) {
            fields.invalid("steps", "absent when num_inference_steps is given: both mean the same");
        }
        return steps.isPresent() ? steps : diffusersName;
    }

    private OptionalInt size(FieldReader fields, String field) {
        OptionalInt pixels = fields.integer(field, 8, limits.maxSide());
        if (pixels.isPresent() && pixels.getAsInt() % 8 != 0) {
            fields.invalid(field, "divisible by 8");
        }
        return pixels;
    }

    private static Optional<AdapterChoice> adapter(FieldReader fields) {
        String limit = "none, live, canary or a revision of 1 to 128 characters of A-Z a-z 0-9 . _ -";
        Optional<String> name = fields.string("adapter", limit);
        if (name.isPresent() && !name.get().matches("[A-Za-z0-9._-]{1,128}")) {
            fields.invalid("adapter", limit);
        }
        Optional<Float> weight = fields.decimal("adapter_weight", 0, 1);
        if (name.isEmpty() && weight.isEmpty()) {
            return Optional.empty();
        }
        AdapterChoice.Builder choice = AdapterChoice.newBuilder().setAdapter(name.orElse(""));
        weight.ifPresent(choice::setAdapterWeight);
        return Optional.of(choice.build());
    }

    private static ObjectNode object(byte[] body) {
        String text;
        try {
            text = StandardCharsets.UTF_8
                    .newDecoder()
                    .decode(ByteBuffer.wrap(body))
                    .toString();
        } catch (CharacterCodingException e) {
            throw refused("body", body.length + " bytes", "UTF-8", "the body is not valid UTF-8: send JSON in UTF-8");
        }
        try {
            if (JSON.readTree(text) instanceof ObjectNode object) {
                return object;
            }
        } catch (JacksonException e) {
            String where = e.getLocation() == null
                    ? ""
                    : " at line %d column %d"
                            .formatted(
                                    e.getLocation().getLineNr(), e.getLocation().getColumnNr());
            throw refused(
                    "body",
                    Violation.shorten(text),
                    "a JSON object",
                    "the body is not JSON%s: %s".formatted(where, Violation.shorten(e.getOriginalMessage())));
        }
        throw refused(
                "body",
                Violation.shorten(text),
                "a JSON object",
                "the body must be a JSON object such as {\"prompt\": \"a red heart\"}");
    }

    private static InvalidRequestException refused(String field, String value, String limit, String message) {
        return new InvalidRequestException(List.of(new Violation("MALFORMED_JSON", field, value, limit, message)));
    }

    private static Violation unknownScheduler(String name, String limit) {
        String hint = NearMiss.of(name, SCHEDULERS)
                .map(" (did you mean %s?)"::formatted)
                .orElse("");
        return new Violation(
                "UNKNOWN_SCHEDULER",
                "scheduler",
                Violation.shorten(name),
                limit,
                "scheduler must be %s but is \"%s\"%s".formatted(limit, Violation.shorten(name), hint));
    }

    private static Violation unknownField(String name) {
        String shown = Violation.shorten(name);
        String hint = NearMiss.of(name, FIELDS)
                .map("did you mean %s?"::formatted)
                .orElse("the fields are " + String.join(", ", FIELDS));
        return new Violation(
                "UNKNOWN_FIELD",
                shown,
                shown,
                "one of " + String.join(", ", FIELDS),
                "%s is no field of a job request: %s".formatted(shown, hint));
    }
}
