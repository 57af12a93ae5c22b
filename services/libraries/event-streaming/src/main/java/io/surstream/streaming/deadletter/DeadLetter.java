package io.surstream.streaming.deadletter;

import com.google.protobuf.Message;
import io.surstream.contract.failure.FailureType;
import io.surstream.streaming.codec.EventCodec;
import io.surstream.streaming.codec.MalformedEventException;
import io.surstream.streaming.event.Outgoing;
import io.surstream.streaming.event.PermanentEventException;
import io.surstream.streaming.topic.Topic;
import io.surstream.streaming.tracing.TraceContext;
import io.surstream.v1.Failure;
import java.util.Optional;
import org.apache.kafka.clients.consumer.ConsumerRecord;

/** One record that a worker gave up: where it came from, why, and after how many attempts. */
public final class DeadLetter {

    private static final int STACK_LINES = 12;
    private static final String INTERNAL = FailureType.INTERNAL.name();

    private final ConsumerRecord<byte[], byte[]> origin;
    private final String jobId;
    private final String worker;
    private final Throwable error;
    private final String errorType;
    private final String reason;
    private final String stack;
    private final int attempts;
    private final TraceContext trace;

    public DeadLetter(
            ConsumerRecord<byte[], byte[]> origin, String jobId, String worker, Throwable error, int attempts) {
        this.origin = origin;
        this.jobId = jobId;
        this.worker = worker;
        this.error = error;
        this.errorType = typeOf(error);
        this.reason = error.getMessage() == null ? error.toString() : error.getMessage();
        this.stack = shortStack(error);
        this.attempts = attempts;
        this.trace = TraceContext.current()
                .or(() -> TraceContext.in(origin.headers()))
                .orElseGet(TraceContext::create);
    }

    /** The job the record belongs to, when that can be read. */
    public Optional<String> jobId() {
        return Optional.ofNullable(jobId);
    }

    /** The record's value as it came; empty where it had none. Not a copy. */
    public byte[] value() {
        return origin.value() == null ? new byte[0] : origin.value();
    }

    /** The record's event, where it can be read: a handler may give up a record that is well formed. */
    public <T extends Message> Optional<T> event(EventCodec<T> codec) {
        try {
            return Optional.of(codec.decode(origin.value(), origin.headers()));
        } catch (MalformedEventException e) {
            return Optional.empty();
        }
    }

    /** What the worker gave up on: a handler's own exception may carry more than its message. */
    public Throwable error() {
        return error;
    }

    /** Name of a {@link FailureType}. */
    public String errorType() {
        return errorType;
    }

    /** One sentence for people. */
    public String reason() {
        return reason;
    }

    /** The failure for the sender of the record: type, reason and the stage that gives up. */
    public Failure failure(String stage) {
        return Failure.newBuilder()
                .setType(errorType)
                .setMessage(reason)
                .setStage(stage)
                .build();
    }

    /** How often the record was tried. */
    public int attempts() {
        return attempts;
    }

    /** Full name of its topic. */
    public String originTopic() {
        return origin.topic();
    }

    /** An event about this letter that belongs to the record's trace. */
    public Outgoing reply(Topic to, String key, Message answer) {
        return new Outgoing(to, key, answer, trace);
    }

    public TraceContext trace() {
        return trace;
    }

    public ConsumerRecord<byte[], byte[]> origin() {
        return origin;
    }

    public String stack() {
        return stack;
    }

    public String worker() {
        return worker;
    }

    /** For the log: what is said of a refused event quotes it, which the letter itself may but the log may not. */
    @Override
    public String toString() {
        String place = origin.topic() + '-' + origin.partition() + '@' + origin.offset() + ' ' + errorType;
        return errorType.equals(INTERNAL) ? place + ": " + reason : place;
    }

    private static String typeOf(Throwable error) {
        if (error instanceof MalformedEventException malformed) {
            return malformed.reason().name();
        }
        return error instanceof PermanentEventException permanent ? permanent.type() : INTERNAL;
    }

    private static String shortStack(Throwable error) {
        StringBuilder text = new StringBuilder();
        for (Throwable cause = error; cause != null && text.length() < 4_000; cause = cause.getCause()) {
            text.append(cause == error ? "" : "caused by: ").append(cause).append('\n');
            StackTraceElement[] frames = cause.getStackTrace();
            for (int i = 0; i < Math.min(STACK_LINES, frames.length); i++) {
                text.append("  at ").append(frames[i]).append('\n');
            }
        }
        return text.toString();
    }
}
