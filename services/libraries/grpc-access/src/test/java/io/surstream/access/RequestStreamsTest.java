package io.surstream.access;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.grpc.Status;
import io.grpc.stub.StreamObserver;
import io.surstream.contract.failure.FailureStatus;
import io.surstream.testsupport.fixtures.RecordedAnswers;
import java.util.List;
import java.util.Locale;
import org.junit.jupiter.api.Test;

class RequestStreamsTest {
    private final RequestStreams streams = new RequestStreams("shouter");
    private final RecordedAnswers<String> answers = new RecordedAnswers<>();

    private StreamObserver<String> open() {
        return streams.open(answers, RequestStreamsTest::shout);
    }

    private static String shout(String word) {
        return word.toUpperCase(Locale.ROOT);
    }

    @Test
    void requests_are_answered_in_order_until_the_caller_has_no_more() {
        StreamObserver<String> requests = open();

        requests.onNext("a");
        requests.onNext("b");
        requests.onCompleted();

        assertEquals(List.of("A", "B"), answers.values);
        assertTrue(answers.completed);
    }

    @Test
    void a_caller_that_does_not_read_is_asked_for_no_more() {
        StreamObserver<String> requests = open();
        assertEquals(1, answers.requested);

        answers.ready = false;
        requests.onNext("a");
        assertEquals(1, answers.requested);

        answers.becomeReady();
        answers.becomeReady();
        assertEquals(2, answers.requested);
    }

    @Test
    void a_stream_without_a_request_in_hand_ends_at_once_when_the_process_leaves() {
        StreamObserver<String> requests = open();
        requests.onNext("a");

        streams.leave();
        requests.onNext("b");
        requests.onCompleted();

        assertEquals(List.of("A"), answers.values);
        assertEquals(Status.Code.UNAVAILABLE, answers.code());
        assertEquals(
                "this shouter is stopping; open another stream and resend unanswered requests on it",
                FailureStatus.in(answers.error).orElseThrow().getMessage());
        assertFalse(answers.completed);
    }

    @Test
    void a_request_in_hand_is_answered_before_its_stream_ends() {
        StreamObserver<String> requests = streams.open(answers, word -> {
            streams.leave();
            assertNull(answers.error, "the stream must not end before its answer");
            return shout(word);
        });

        requests.onNext("a");

        assertEquals(List.of("A"), answers.values);
        assertEquals(Status.Code.UNAVAILABLE, answers.code());
        assertEquals(1, answers.requested, "nothing more may be asked for");
    }

    @Test
    void a_stream_that_is_opened_while_the_process_leaves_is_refused() {
        streams.leave();

        open().onNext("a");

        assertEquals(List.of(), answers.values);
        assertEquals(Status.Code.UNAVAILABLE, answers.code());
    }

    @Test
    void a_stream_that_has_ended_hears_nothing_of_the_leaving() {
        open().onCompleted();
        RecordedAnswers<String> gone = new RecordedAnswers<>();
        StreamObserver<String> requests = streams.open(gone, RequestStreamsTest::shout);
        gone.cancel();
        requests.onError(Status.CANCELLED.asRuntimeException());

        streams.leave();

        assertNull(answers.error);
        assertNull(gone.error);
    }

    @Test
    void the_answer_of_a_caller_that_went_meanwhile_is_kept_from_it() {
        StreamObserver<String> requests = streams.open(answers, word -> {
            answers.cancel();
            return shout(word);
        });

        requests.onNext("a");

        assertEquals(List.of(), answers.values);
        assertEquals(1, answers.requested);
    }
}
