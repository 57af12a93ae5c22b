package io.surstream.it.distributed;

import io.grpc.ManagedChannel;
import io.grpc.ManagedChannelBuilder;
import io.surstream.it.processes.ServiceProcess;
import io.surstream.it.processes.TestModel;
import io.surstream.v1.PromptEncoderGrpc;
import java.time.Duration;
import org.awaitility.Awaitility;

/** One prompt-encoder by gRPC. */
final class EncoderEdge {
    private static final Duration LIMIT = Duration.ofMinutes(1);

    private final ServiceProcess encoder;

    EncoderEdge(ServiceProcess encoder) {
        this.encoder = encoder;
    }

    /** Waits until this very process encodes prompts with the adapter. */
    void awaitLive(String revision) {
        ManagedChannel channel = ManagedChannelBuilder.forAddress("127.0.0.1", encoder.port())
                .usePlaintext()
                .build();
        try {
            var encoding = PromptEncoderGrpc.newBlockingStub(channel);
            Awaitility.await("adapter " + revision + " at port " + encoder.port())
                    .atMost(LIMIT)
                    .until(() -> encoding.encode(TestModel.job().build()).getAdapterRevision(), revision::equals);
        } finally {
            channel.shutdownNow();
        }
    }
}
