package io.surstream.streaming.client;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.google.protobuf.ByteString;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import io.opentelemetry.api.OpenTelemetry;
import io.surstream.streaming.TestCluster;
import io.surstream.streaming.deadletter.DeadLetter;
import io.surstream.streaming.event.Outgoing;
import io.surstream.streaming.topic.Topic;
import io.surstream.streaming.topic.TopicSettings;
import io.surstream.streaming.topic.Topics;
import io.surstream.streaming.tracing.EventTracer;
import io.surstream.v1.EncodedPrompt;
import io.surstream.v1.PromptEncoded;
import io.surstream.v1.Tensor;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.producer.MockProducer;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.errors.ClusterAuthorizationException;
import org.apache.kafka.common.errors.TimeoutException;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.junit.jupiter.api.Test;

class EventPublisherTest {

    private final MockProducer<byte[], byte[]> producer =
            new MockProducer<>(false, null, new ByteArraySerializer(), new ByteArraySerializer());
    private final EventPublisher publisher = new EventPublisher(
            producer,
            new RecordWriter(new Topics(TopicSettings.defaults()), "/surstream/test"),
            new EventTracer(OpenTelemetry.noop(), new Topics(TopicSettings.defaults())),
            ClientMeters.of(producer, new SimpleMeterRegistry()));

    private static Outgoing event(String jobId) {
        return Outgoing.of(Topic.PROMPTS_ENCODED, jobId, TestCluster.encoded(jobId));
    }

    @Test
    void a_stage_completes_when_the_cluster_has_the_event() {
        CompletableFuture<Void> stage = publisher.publish(event("job")).toCompletableFuture();
        assertFalse(stage.isDone());
        producer.completeNext();
        stage.join();
        assertEquals("surstream.prompts.encoded", producer.history().get(0).topic());
    }

    @Test
    void a_stage_fails_with_the_clusters_reason() {
        CompletableFuture<Void> stage = publisher.publish(event("job")).toCompletableFuture();
        producer.errorNext(new TimeoutException("no answer"));
        var error = assertThrows(CompletionException.class, stage::join);
        assertInstanceOf(TimeoutException.class, error.getCause());
    }

    @Test
    void an_event_after_a_refusal_of_the_producer_fails_with_that_refusal() {
        producer.sendException = new KafkaException("in an error state", new ClusterAuthorizationException("refused"));
        CompletableFuture<Void> stage = publisher.publish(event("job")).toCompletableFuture();
        var error = assertThrows(CompletionException.class, stage::join);
        assertInstanceOf(ClusterAuthorizationException.class, error.getCause());
    }

    @Test
    void an_oversized_event_fails_its_stage_and_is_not_sent() {
        PromptEncoded large = PromptEncoded.newBuilder()
                .setEncoded(EncodedPrompt.newBuilder()
                        .setPromptEmbeds(Tensor.newBuilder().setData(ByteString.copyFrom(new byte[1 << 20]))))
                .build();
        CompletableFuture<Void> stage = publisher
                .publish(Outgoing.of(Topic.PROMPTS_ENCODED, "job", large))
                .toCompletableFuture();
        assertInstanceOf(
                OversizedEventException.class,
                assertThrows(CompletionException.class, stage::join).getCause());
        assertEquals(List.of(), producer.history());
    }

    @Test
    void a_producer_that_refuses_at_once_fails_the_stage() {
        publisher.close();
        CompletableFuture<Void> stage = publisher.publish(event("job")).toCompletableFuture();
        assertTrue(stage.isCompletedExceptionally());
    }

    @Test
    void several_events_are_done_when_the_last_one_is() {
        CompletableFuture<Void> stage =
                publisher.publishAll(List.of(event("a"), event("b"))).toCompletableFuture();
        producer.completeNext();
        assertFalse(stage.isDone());
        producer.completeNext();
        stage.join();
        assertEquals(2, producer.history().size());
    }

    @Test
    void a_letter_and_its_failure_events_go_together() {
        var origin = new ConsumerRecord<>("topic", 0, 0, "job".getBytes(), new byte[0]);
        var letter = new DeadLetter(origin, "job", "worker", new IllegalStateException("why"), 1);
        CompletableFuture<Void> stage =
                publisher.publish(letter, List.of(event("job"))).toCompletableFuture();
        producer.completeNext();
        assertFalse(stage.isDone());
        producer.completeNext();
        stage.join();
        assertEquals(
                List.of("surstream.dead-letters", "surstream.prompts.encoded"),
                producer.history().stream().map(sent -> sent.topic()).toList());
    }
}
