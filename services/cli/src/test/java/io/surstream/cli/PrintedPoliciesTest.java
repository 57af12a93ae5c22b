package io.surstream.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.surstream.platformsetup.store.StoreAccess;
import java.io.PrintWriter;
import java.io.StringWriter;
import org.junit.jupiter.api.Test;

class PrintedPoliciesTest {
    @Test
    void policies_of_all_are_one_json_object_and_nobody_is_asked() throws Exception {
        StringWriter out = new StringWriter();
        int exit = Surstream.commandLine()
                .setOut(new PrintWriter(out))
                .execute("bootstrap", "--print-policies", "--models-bucket", "models", "--bootstrap", "nowhere:1");
        JsonNode policies = new ObjectMapper().readTree(out.toString());

        assertEquals(0, exit);
        assertEquals(StoreAccess.values().length, policies.size());
        assertEquals(
                "arn:aws:s3:::surstream/images/*",
                policies.at("/gateway/Statement/1/Resource/0").asText());
        assertTrue(policies.at("/image-sampler/Statement").toString().contains("arn:aws:s3:::models/*"));
    }
}
