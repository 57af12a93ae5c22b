package io.surstream.trainer.grpc;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.grpc.Status;
import io.quarkus.runtime.ShutdownDelayInitiatedEvent;
import io.surstream.contract.failure.FailureStatus;
import io.surstream.storage.InMemoryObjectStore;
import io.surstream.streaming.event.Outgoing;
import io.surstream.streaming.topic.Topic;
import io.surstream.testsupport.fixtures.RecordedAnswers;
import io.surstream.trainer.publish.RunWatch;
import io.surstream.trainer.run.RunRequests;
import io.surstream.trainer.store.RunStore;
import io.surstream.trainer.validation.RunRegister;
import io.surstream.v1.RunAccepted;
import io.surstream.v1.TrainingProgressed;
import io.surstream.v1.TrainingProgressed.State;
import io.surstream.v1.TrainingRequested;
import io.surstream.v1.TrainingRun;
import io.surstream.v1.TrainingSettings;
import io.surstream.v1.TrainingStop;
import io.surstream.v1.WatchRunRequest;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.Test;

class TrainerEndpointTest {
    private final RunStore runs = new RunStore(new InMemoryObjectStore("test"));
    private final RunRegister register = new RunRegister(runs);
    private final RunWatch watch = new RunWatch();
    private final RunRequests requests = new RunRequests(register, watch);
    private final List<Outgoing> published = new ArrayList<>();
    private final TrainerEndpoint endpoint = new TrainerEndpoint(requests);

    private void connect() {
        requests.connected(event -> {
            published.add(event);
            return CompletableFuture.completedFuture(null);
        });
    }

    private static TrainingRequested start(String dataset, TrainingSettings settings) {
        return TrainingRequested.newBuilder()
                .setRunId("run-1")
                .setStart(TrainingRun.newBuilder().setDataset(dataset).setSettings(settings))
                .build();
    }

    private static TrainingRequested start(String dataset) {
        return start(dataset, TrainingSettings.getDefaultInstance());
    }

    private static TrainingProgressed news(State state, int step) {
        return TrainingProgressed.newBuilder()
                .setRunId("run-1")
                .setState(state)
                .setGlobalStep(step)
                .build();
    }

    @Test
    void a_good_request_is_published_with_its_time() {
        connect();
        RecordedAnswers<RunAccepted> answers = new RecordedAnswers<>();

        endpoint.startRun(start("surd"), answers);

        assertEquals("run-1", answers.values.get(0).getRunId());
        assertTrue(answers.completed);
        assertEquals(Topic.TRAINING_REQUESTED, published.get(0).topic());
        assertTrue(((TrainingRequested) published.get(0).event()).getRequestedAtMs() > 0);
    }

    @Test
    void refusals_carry_their_failure_and_nothing_is_published() {
        connect();
        register.register(start("surd"));
        RecordedAnswers<RunAccepted> wrong = new RecordedAnswers<>();
        RecordedAnswers<RunAccepted> other = new RecordedAnswers<>();
        RecordedAnswers<RunAccepted> unknown = new RecordedAnswers<>();
        RecordedAnswers<RunAccepted> mixedUp = new RecordedAnswers<>();

        endpoint.startRun(
                start("surd", TrainingSettings.newBuilder().setResolution(-1).build()), wrong);
        endpoint.startRun(start("another"), other);
        endpoint.stopRun(
                TrainingRequested.newBuilder()
                        .setRunId("run-2")
                        .setStop(TrainingStop.getDefaultInstance())
                        .build(),
                unknown);
        endpoint.stopRun(start("surd"), mixedUp);

        assertEquals(Status.Code.INVALID_ARGUMENT, wrong.code());
        assertEquals(
                "start.settings.resolution",
                FailureStatus.in(wrong.error).orElseThrow().getField());
        assertEquals(Status.Code.ALREADY_EXISTS, other.code());
        assertEquals(Status.Code.NOT_FOUND, unknown.code());
        assertEquals(Status.Code.INVALID_ARGUMENT, mixedUp.code());
        assertTrue(published.isEmpty());
    }

    @Test
    void before_the_cluster_is_joined_a_request_is_to_come_again() {
        RecordedAnswers<RunAccepted> answers = new RecordedAnswers<>();

        endpoint.startRun(start("surd"), answers);

        assertEquals(Status.Code.UNAVAILABLE, answers.code());
    }

    @Test
    void a_watcher_hears_the_latest_news_and_all_that_follow_to_the_end() {
        watch.hear(news(State.PREPARING, 0));
        watch.hear(news(State.TRAINING, 5));
        RecordedAnswers<TrainingProgressed> answers = new RecordedAnswers<>();

        endpoint.watchRun(WatchRunRequest.newBuilder().setRunId("run-1").build(), answers);
        watch.hear(news(State.TRAINING, 6));
        watch.hear(news(State.TRAINING, 6).toBuilder().setRunId("run-2").build());
        watch.hear(news(State.COMPLETED, 7));
        watch.hear(news(State.COMPLETED, 7));

        assertEquals(
                List.of(news(State.TRAINING, 5), news(State.TRAINING, 6), news(State.COMPLETED, 7)), answers.values);
        assertTrue(answers.completed);
    }

    @Test
    void a_run_without_news_is_known_from_the_store_and_an_unknown_one_is_refused() {
        register.register(start("surd"));
        RecordedAnswers<TrainingProgressed> waiting = new RecordedAnswers<>();
        RecordedAnswers<TrainingProgressed> unknown = new RecordedAnswers<>();

        endpoint.watchRun(WatchRunRequest.newBuilder().setRunId("run-1").build(), waiting);
        endpoint.watchRun(WatchRunRequest.newBuilder().setRunId("run-2").build(), unknown);

        assertEquals(State.PREPARING, waiting.values.get(0).getState());
        assertFalse(waiting.completed);
        assertEquals(Status.Code.NOT_FOUND, unknown.code());

        runs.commitResult(news(State.STOPPED, 3));
        RecordedAnswers<TrainingProgressed> ended = new RecordedAnswers<>();
        endpoint.watchRun(WatchRunRequest.newBuilder().setRunId("run-1").build(), ended);
        assertEquals(List.of(news(State.STOPPED, 3)), ended.values);
        assertTrue(ended.completed);
    }

    @Test
    void a_watcher_who_goes_hears_nothing_more() {
        watch.hear(news(State.TRAINING, 5));
        RecordedAnswers<TrainingProgressed> answers = new RecordedAnswers<>();
        endpoint.watchRun(WatchRunRequest.newBuilder().setRunId("run-1").build(), answers);

        answers.cancel();
        watch.hear(news(State.TRAINING, 6));

        assertEquals(1, answers.values.size());
        assertNull(answers.error);
    }

    @Test
    void watchers_of_a_trainer_that_leaves_are_told_to_come_again() {
        register.register(start("surd"));
        RecordedAnswers<TrainingProgressed> before = new RecordedAnswers<>();
        RecordedAnswers<TrainingProgressed> after = new RecordedAnswers<>();
        WatchRunRequest request = WatchRunRequest.newBuilder().setRunId("run-1").build();

        endpoint.watchRun(request, before);
        endpoint.leave(new ShutdownDelayInitiatedEvent());
        endpoint.watchRun(request, after);
        watch.hear(news(State.TRAINING, 6));

        assertEquals(Status.Code.UNAVAILABLE, before.code());
        assertEquals(Status.Code.UNAVAILABLE, after.code());
        assertEquals(1, before.values.size());
    }
}
