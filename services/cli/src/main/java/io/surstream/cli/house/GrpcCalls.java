package io.surstream.cli.house;

import io.grpc.ManagedChannel;
import io.grpc.ManagedChannelBuilder;
import io.grpc.Status;
import io.grpc.StatusRuntimeException;
import io.surstream.cli.terminal.CommandFailedException;
import io.surstream.v1.Failure;
import io.surstream.v1.FailureStatus;
import java.nio.file.Path;
import java.util.function.Function;
import picocli.CommandLine.Option;

/** How to call a service of a house by gRPC: a running {@code surstream up} by its data folder, or an address. */
public final class GrpcCalls {
    @Option(
            names = "--data",
            paramLabel = "DIR",
            description = "Data folder of the running 'surstream up' (default: ~/.local/share/surstream).")
    Path data = RunningInstance.standardDataFolder();

    @Option(
            names = "--address",
            paramLabel = "HOST:PORT",
            description = "gRPC address of the service, unencrypted (default: that of the running 'surstream up').")
    String address;

    /**
     * Opens a channel for as long as {@code calls} runs.
     *
     * @throws CommandFailedException with the service's own words when it refuses
     */
    public <T> T with(Function<ManagedChannel, T> calls) {
        String target = target();
        ManagedChannel channel =
                ManagedChannelBuilder.forTarget(target).usePlaintext().build();
        try {
            return calls.apply(channel);
        } catch (StatusRuntimeException e) {
            throw new CommandFailedException(reason(e, target));
        } finally {
            channel.shutdownNow();
        }
    }

    private String target() {
        if (address != null) {
            return address;
        }
        return RunningInstance.in(data)
                .map(running -> running.http().replaceFirst("^https?://", ""))
                .orElseThrow(() -> new CommandFailedException("no 'surstream up' is ready on " + data
                        + "; start ./surstream up (or give --data, or --address HOST:PORT)"));
    }

    private static String reason(StatusRuntimeException error, String target) {
        String own = FailureStatus.in(error).map(Failure::getMessage).orElse("");
        if (!own.isEmpty()) {
            return own;
        }
        return error.getStatus().getCode() == Status.Code.UNAVAILABLE
                ? "nobody answers at " + target + "; start ./surstream up or give --address HOST:PORT"
                : "the call to " + target + " failed: " + error.getMessage();
    }
}
