package io.surstream.contract.prompt;

import com.fasterxml.jackson.core.JacksonException;
import com.fasterxml.jackson.core.StreamReadFeature;
import com.fasterxml.jackson.core.json.JsonReadFeature;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectReader;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.surstream.contract.failure.FailureType;
import io.surstream.contract.failure.Failures;
import io.surstream.v1.Failure;
import io.surstream.v1.PromptSubmitted;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;

/**
 * A prompt as JSON, the same for REST and for records: flat ({@code "steps": 20}), or nested as protobuf writes it
 * ({@code "sampling": {"numInferenceSteps": 20}}); see {@link PromptField} for the names. Unknown fields, duplicates and
 * values of another kind are refused; nothing is clipped, rounded or ignored. Pure.
 */
public final class PromptJson {
    /** NaN and Infinity are let through the parser so that the refusal can name their field. */
    private static final ObjectReader JSON = JsonMapper.builder()
            .enable(JsonReadFeature.ALLOW_NON_NUMERIC_NUMBERS)
            .enable(StreamReadFeature.STRICT_DUPLICATE_DETECTION)
            .enable(DeserializationFeature.USE_BIG_DECIMAL_FOR_FLOATS)
            .enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS)
            .build()
            .readerFor(JsonNode.class);

    private PromptJson() {}

    /**
     * What could be read of a document.
     *
     * @param prompt the fields that are of the right kind; not checked against limits
     * @param problems fields that are not, or one about the whole document, field {@code body}
     */
    public record Document(PromptSubmitted prompt, List<Failure> problems) {
        /** The rules' answer and this document's problems together, each field named once. */
        public ParsedPrompt checked(PromptRules rules) {
            ParsedPrompt parsed = ValidPrompt.request(prompt, rules);
            if (problems.isEmpty()) {
                return parsed;
            }
            List<Failure> all = new ArrayList<>(problems);
            boolean readable =
                    problems.stream().noneMatch(problem -> problem.getField().equals("body"));
            parsed.problems().stream()
                    .filter(problem -> readable
                            && problems.stream()
                                    .noneMatch(known -> known.getField().equals(problem.getField())))
                    .forEach(all::add);
            return new InvalidPrompt(prompt.getJobId(), all);
        }
    }

    /** A request without its own name: {@code job_id} and {@code submitted_at_ms} are no fields of it. */
    public static Document request(byte[] utf8) {
        return read(utf8, PromptField.OF_REQUESTS);
    }

    /** A record's value: every field of {@link PromptSubmitted}. */
    public static Document event(byte[] utf8) {
        return read(utf8, PromptField.ALL);
    }

    private static Document read(byte[] utf8, Set<PromptField> allowed) {
        String text;
        try {
            text = StandardCharsets.UTF_8
                    .newDecoder()
                    .decode(ByteBuffer.wrap(utf8))
                    .toString();
        } catch (CharacterCodingException e) {
            return malformed(utf8.length + " bytes", "UTF-8", "the body is not valid UTF-8: send JSON in UTF-8");
        }
        try {
            if (JSON.readTree(withoutMark(text)) instanceof ObjectNode object) {
                PromptFields fields = new PromptFields(allowed);
                fields.read(object);
                return new Document(fields.prompt(), fields.problems());
            }
        } catch (JacksonException e) {
            return malformed(text, "a JSON object", "the body is not JSON" + where(e));
        }
        return malformed(text, "a JSON object", "the body must be a JSON object such as {\"prompt\": \"a red heart\"}");
    }

    /** Without the byte order mark that some editors write. */
    private static String withoutMark(String text) {
        return text.startsWith("\uFEFF") ? text.substring(1) : text;
    }

    private static String where(JacksonException error) {
        String place = error.getLocation() == null
                ? ""
                : " at line " + error.getLocation().getLineNr() + " column "
                        + error.getLocation().getColumnNr();
        return place + ": " + Failures.shown(error.getOriginalMessage());
    }

    private static Document malformed(String value, String limit, String message) {
        Failure failure = Failures.of(FailureType.MALFORMED_JSON, "body", value, limit, message);
        return new Document(PromptSubmitted.getDefaultInstance(), List.of(failure));
    }
}
