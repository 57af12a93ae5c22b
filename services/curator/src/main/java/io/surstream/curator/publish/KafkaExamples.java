package io.surstream.curator.publish;

import io.surstream.serviceruntime.lifecycle.ServiceWorkers;
import io.surstream.streaming.client.EventPublisher;
import io.surstream.streaming.event.Outgoing;
import io.surstream.streaming.topic.Topic;
import io.surstream.v1.ExampleCurated;
import java.util.concurrent.CompletionStage;

/**
 * Examples on their topic, the key made of dataset and example.
 *
 * @param publisher closed with this
 */
public record KafkaExamples(EventPublisher publisher) implements ExampleSink, ServiceWorkers {

    @Override
    public CompletionStage<Void> publish(ExampleCurated example) {
        String key = example.getDataset() + '/' + example.getExampleId();
        return publisher.publish(Outgoing.of(Topic.EXAMPLES_CURATED, key, example));
    }

    @Override
    public boolean isReady() {
        return true;
    }

    @Override
    public boolean isLive() {
        return true;
    }

    @Override
    public void close() {
        publisher.close();
    }
}
