package io.surstream.it.distributed;

import io.grpc.Channel;
import io.grpc.ManagedChannel;
import io.grpc.ManagedChannelBuilder;
import io.grpc.Status;
import io.grpc.StatusRuntimeException;
import io.surstream.it.processes.ServiceProcess;
import java.time.Duration;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Function;
import org.awaitility.Awaitility;

/** A service by gRPC, as a caller should call it: who answers UNAVAILABLE, or nobody, is asked again. Thread-safe. */
final class GrpcEdge implements AutoCloseable {
    private static final Duration LIMIT = Duration.ofMinutes(3);
    private static final Duration MOMENT = Duration.ofMillis(200);

    private final ManagedChannel channel;
    private final AtomicInteger repetitions = new AtomicInteger();

    GrpcEdge(ServiceProcess service) {
        channel = ManagedChannelBuilder.forAddress("127.0.0.1", service.port())
                .usePlaintext()
                .build();
    }

    /**
     * @return the answer, however often it had to be asked for
     * @throws StatusRuntimeException with any other refusal
     */
    <T> T ask(Function<Channel, T> question) {
        return Awaitility.await("an answer")
                .atMost(LIMIT)
                .pollDelay(Duration.ZERO)
                .pollInterval(MOMENT)
                .ignoreExceptionsMatching(this::isAwayNow)
                .until(() -> question.apply(channel), answer -> true);
    }

    private boolean isAwayNow(Throwable error) {
        boolean away = Status.fromThrowable(error).getCode() == Status.Code.UNAVAILABLE;
        if (away) {
            repetitions.incrementAndGet();
        }
        return away;
    }

    /** How often something had to be asked again. */
    int repetitions() {
        return repetitions.get();
    }

    @Override
    public void close() {
        channel.shutdownNow();
    }
}
