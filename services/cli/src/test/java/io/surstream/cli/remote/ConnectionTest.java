package io.surstream.cli.remote;

import static org.junit.jupiter.api.Assertions.assertEquals;

import io.surstream.streaming.topic.Topic;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class ConnectionTest {
    private final Connection connection = new Connection();

    @BeforeEach
    void the_deployment_has_names_of_its_own() {
        System.setProperty("surstream.kafka.topics.prefix", "house-7.");
        System.setProperty("surstream.storage.bucket", "bucket-7");
    }

    @AfterEach
    void forget() {
        System.clearProperty("surstream.kafka.topics.prefix");
        System.clearProperty("surstream.storage.bucket");
    }

    @Test
    void prefix_and_bucket_are_those_of_the_services_settings() {
        assertEquals("house-7.jobs", connection.topics().name(Topic.JOBS));
        assertEquals("bucket-7", connection.bucket(Optional.empty()));
    }

    @Test
    void what_is_named_on_the_command_line_goes_before_the_settings() {
        connection.topicPrefix = "other.";

        assertEquals("other.jobs", connection.topics().name(Topic.JOBS));
        assertEquals("other", connection.bucket(Optional.of("other")));
    }
}
