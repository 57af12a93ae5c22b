package io.surstream.platformsetup.store;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.MethodSource;

class StorePolicyTest {
    private static final String READ = "s3:GetObject";
    private static final String WRITE = "s3:PutObject";
    private static final String DELETE = "s3:DeleteObject";
    private static final List<String> ACTIONS = List.of(READ, WRITE, DELETE);

    /** Every key that the house makes, by who does what with it in the services' code: r, w, d. Whoever is not named does nothing. */
    private static final Map<String, Map<String, String>> DONE = Map.ofEntries(
            done("images/job-1/0.png", "gateway rd, image-sampler rw, prompt-app r"),
            done("images/job-1/result.pb", "gateway rd, image-sampler rw, prompt-app r"),
            done("prompt-embeds/2026-11-25/5f2c", "prompt-encoder w, image-sampler r"),
            done("curated/images/5f2c.png", "curator w, trainer r"),
            done("curated/datasets/mine/imports/5f2c/journal/00000001", "curator rw"),
            done("curated/datasets/mine/imports/5f2c/report.json", "curator rw"),
            done("teacher-embeddings/5f2c", "llm-teacher w, trainer r"),
            done("training/open/run-1", "trainer rwd"),
            done("training/features/5f2c.safetensors", "trainer rw"),
            done("training/runs/run-1/request.pb", "trainer rw"),
            done("training/runs/run-1/leases/00000001.json", "trainer rw"),
            done("training/runs/run-1/published/00000100.pb", "trainer rw"),
            done(
                    "training/runs/run-1/checkpoints/00000100-00000001/adapter.safetensors",
                    "trainer rwd, prompt-encoder r, evaluator r, operator r"),
            done("evaluations/5f2c/evaluated.pb", "evaluator rw, operator r"),
            done("adapters/imported/5f2c/adapter.safetensors", "operator rw, trainer r, prompt-encoder r, evaluator r"),
            done("doctor/5f2c", "operator rwd"),
            done(
                    "models/sd/unet.safetensors",
                    "prompt-encoder r, image-sampler r, llm-teacher r, trainer r, evaluator r"),
            done("something/else", ""));

    private static Map.Entry<String, Map<String, String>> done(String key, String by) {
        return Map.entry(
                key,
                Stream.of(by.split(", "))
                        .filter(one -> !one.isEmpty())
                        .collect(Collectors.toMap(one -> one.split(" ")[0], one -> one.split(" ")[1])));
    }

    static Set<String> keys() {
        return DONE.keySet();
    }

    private static JsonNode document(StoreAccess access) {
        return StorePolicy.of(access, "house", Optional.empty()).document();
    }

    static String allowed(StoreAccess access, String key) {
        return ACTIONS.stream()
                .filter(action -> PolicyReader.allows(document(access), action, "house/" + key))
                .map(action -> Map.of(READ, "r", WRITE, "w", DELETE, "d").get(action))
                .collect(Collectors.joining());
    }

    static String done(StoreAccess access, String key) {
        return switch (access) {
            case BACKUP -> "r";
            case RESTORE -> "rw";
            default -> DONE.get(key).getOrDefault(access.user(), "");
        };
    }

    @ParameterizedTest
    @MethodSource("keys")
    void each_account_may_do_with_a_key_what_its_service_does_and_no_more(String key) {
        for (StoreAccess access : StoreAccess.values()) {
            assertEquals(done(access, key), allowed(access, key), access.user());
        }
    }

    @ParameterizedTest
    @EnumSource(StoreAccess.class)
    void nobody_may_touch_another_bucket_or_what_bootstrap_sets_up(StoreAccess access) {
        JsonNode document = document(access);
        Set<String> known = Set.of("s3:ListBucket", READ, WRITE, DELETE, "s3:AbortMultipartUpload");

        assertTrue(PolicyReader.allows(document, "s3:ListBucket", "house"));
        ACTIONS.forEach(action -> assertFalse(PolicyReader.allows(document, action, "house-2/images/a"), action));
        document.path("Statement").forEach(statement -> PolicyReader.texts(statement.path("Action"))
                .forEach(action -> assertTrue(known.contains(action), action)));
    }

    @ParameterizedTest
    @CsvSource({"image-sampler, true", "curator, false"})
    void a_bucket_of_models_is_opened_to_who_loads_models(String user, boolean loads) {
        JsonNode document = StorePolicy.of(StoreAccess.of(user).orElseThrow(), "house", Optional.of("models"))
                .document();

        assertEquals(loads, PolicyReader.allows(document, READ, "models/sd/unet.safetensors"));
        assertEquals(loads, PolicyReader.allows(document, "s3:ListBucket", "models"));
        assertFalse(PolicyReader.allows(document, WRITE, "models/sd/unet.safetensors"));
    }

    @Test
    void order_and_brackets_do_not_matter_but_a_condition_and_another_place_do() throws Exception {
        StorePolicy policy = StorePolicy.of(StoreAccess.PROMPT_APP, "house", Optional.empty());
        String same = """
                {"Version":"2012-10-17","Statement":[
                  {"Effect":"Allow","Action":"s3:GetObject","Resource":["arn:aws:s3:::house/images/*"]},
                  {"Effect":"Allow","Action":["s3:ListBucket"],"Resource":"arn:aws:s3:::house"}]}
                """;

        assertEquals("house-prompt-app", policy.name());
        assertTrue(policy.saysTheSameAs(read(same)));
        assertFalse(policy.saysTheSameAs(read(same.replace("images", "adapters"))));
        assertFalse(policy.saysTheSameAs(read(same.replaceFirst("\"Effect\"", "\"Condition\":{},\"Effect\""))));
        assertFalse(policy.saysTheSameAs(read(same.replace("s3:GetObject", "s3:*"))));
    }

    @Test
    void an_account_is_found_by_its_name_and_a_stranger_is_not() {
        Arrays.stream(StoreAccess.values())
                .forEach(access ->
                        assertEquals(access, StoreAccess.of(access.user()).orElseThrow()));
        assertTrue(StoreAccess.of("stranger").isEmpty());
    }

    private static JsonNode read(String json) throws Exception {
        return new ObjectMapper().readTree(json);
    }
}
