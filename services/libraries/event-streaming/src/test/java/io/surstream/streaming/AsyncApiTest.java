package io.surstream.streaming;

import static org.junit.jupiter.api.Assertions.assertEquals;

import com.google.protobuf.Descriptors.Descriptor;
import io.surstream.streaming.client.RecordWriter;
import io.surstream.streaming.deadletter.DeadLetter;
import io.surstream.streaming.event.Outgoing;
import io.surstream.streaming.topic.DeadLetterHeaders;
import io.surstream.streaming.topic.Topic;
import io.surstream.streaming.topic.TopicSettings;
import io.surstream.streaming.topic.Topics;
import io.surstream.streaming.tracing.TraceContext;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.yaml.snakeyaml.Yaml;

/** docs/asyncapi.yaml says what the code says. */
class AsyncApiTest {

    private static final Topics TOPICS = new Topics(TopicSettings.defaults());

    private static Map<String, Object> api;

    @BeforeAll
    static void read() throws IOException {
        api = new Yaml().load(Files.readString(documents().resolve("asyncapi.yaml")));
    }

    private static Path documents() {
        for (Path folder = Path.of("").toAbsolutePath(); folder != null; folder = folder.getParent()) {
            if (Files.exists(folder.resolve("docs/asyncapi.yaml"))) {
                return folder.resolve("docs");
            }
        }
        throw new AssertionError("no docs/asyncapi.yaml above " + Path.of("").toAbsolutePath());
    }

    @SuppressWarnings("unchecked") // the document's own shape
    private static Map<String, Object> at(String... path) {
        Map<String, Object> node = api;
        for (String name : path) {
            node = (Map<String, Object>) node.get(name);
        }
        return node;
    }

    private static String eventName(Topic topic) {
        return topic.event().map(Descriptor::getFullName).orElse("dead-letter");
    }

    @Test
    void channels_are_the_topics_and_carry_their_events() {
        Map<String, String> documented = new TreeMap<>();
        Map<String, String> catalogue = new TreeMap<>();
        for (String channel : at("channels").keySet()) {
            String message =
                    at("channels", channel, "messages").keySet().iterator().next();
            documented.put((String) at("channels", channel).get("address"), (String)
                    at("components", "messages", message).get("name"));
        }
        for (Topic topic : Topic.values()) {
            catalogue.put(TOPICS.name(topic), eventName(topic));
        }
        assertEquals(catalogue, documented);
    }

    @Test
    void references_lead_somewhere() {
        for (String channel : at("channels").keySet()) {
            at("channels", channel, "messages")
                    .forEach((name, reference) ->
                            assertEquals(Map.of("$ref", "#/components/messages/" + name), reference));
        }
        for (String operation : at("operations").keySet()) {
            String reference = (String) at("operations", operation, "channel").get("$ref");
            String channel = reference.substring("#/channels/".length());
            assertEquals(
                    Set.of(channel),
                    Set.of(channel).stream()
                            .filter(at("channels")::containsKey)
                            .collect(java.util.stream.Collectors.toSet()));
        }
    }

    @Test
    void headers_are_the_ones_that_are_written() {
        Outgoing event = new Outgoing(Topic.PROMPTS_SUBMITTED, "job", TestCluster.prompt("job"), TraceContext.create());
        var written = new RecordWriter(TOPICS, "/surstream/test").event(event);
        Set<String> names = new TreeSet<>();
        written.headers().forEach(header -> names.add(header.key()));
        assertEquals(required("CloudEventHeaders"), names);
        assertEquals(
                names,
                at("components", "schemas", "CloudEventHeaders", "properties").keySet());
    }

    @Test
    void dead_letter_headers_are_the_ones_that_are_written() {
        var origin = new org.apache.kafka.clients.consumer.ConsumerRecord<>("topic", 0, 0, new byte[0], new byte[0]);
        var letter = new DeadLetter(origin, null, "worker", new IllegalStateException("why"), 1);
        Set<String> names = new TreeSet<>();
        new RecordWriter(TOPICS, "/surstream/test")
                .deadLetter(letter)
                .headers()
                .forEach(header -> names.add(header.key()));
        assertEquals(required("DeadLetterHeaders"), names);
        names.add(DeadLetterHeaders.TRUNCATED_FROM);
        names.add(DeadLetterHeaders.FIRST_OFFSET);
        assertEquals(
                names,
                new TreeSet<>(at("components", "schemas", "DeadLetterHeaders", "properties")
                        .keySet()));
    }

    @SuppressWarnings("unchecked") // the document's own shape
    private static Set<String> required(String schema) {
        return new TreeSet<>((List<String>) at("components", "schemas", schema).get("required"));
    }
}
