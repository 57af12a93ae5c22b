package io.surstream.cli.remote;

import io.grpc.ChannelCredentials;
import io.grpc.Grpc;
import io.grpc.InsecureChannelCredentials;
import io.grpc.ManagedChannel;
import io.grpc.Status;
import io.grpc.StatusRuntimeException;
import io.grpc.TlsChannelCredentials;
import io.surstream.cli.terminal.CommandFailedException;
import io.surstream.contract.failure.FailureStatus;
import io.surstream.v1.Failure;
import java.io.File;
import java.io.IOException;
import java.time.Duration;
import java.util.concurrent.TimeUnit;
import java.util.function.Function;
import javax.net.ssl.SSLException;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** How to call a service of a deployment by gRPC: a running {@code surstream up} by its data folder, or an address. */
public final class GrpcCalls {
    /** Bytes; what a service sends is its own affair, and gRPC's 4 MiB are less than some answers. */
    private static final int MOST_OF_AN_ANSWER = 64 << 20;

    @Mixin
    DataFolderOption data = new DataFolderOption();

    @Option(
            names = "--address",
            paramLabel = "HOST:PORT",
            description = "gRPC address of the service (default: that of the running 'surstream up').")
    String address;

    @Option(
            names = "--tls-ca",
            paramLabel = "FILE",
            description = "Use TLS and trust these certificates, PEM (default: no encryption).")
    File authority;

    @Option(names = "--tls-cert", paramLabel = "FILE", description = "Client certificate, PEM.")
    File certificate;

    @Option(names = "--tls-key", paramLabel = "FILE", description = "Key of the certificate, PEM (PKCS8).")
    File key;

    /** After so long without a word the service is asked for a sign of life, and has as long to give it. */
    Duration silence = Duration.ofSeconds(20);

    /**
     * Opens a channel for as long as {@code calls} runs.
     *
     * @throws CallFailedException with the service's own words when it refuses, or because it is not there, or not any more
     */
    public <T> T with(Function<ManagedChannel, T> calls) {
        String target = target();
        // A host that vanishes closes no connection; without these a call would wait forever.
        ManagedChannel channel = Grpc.newChannelBuilder(target, credentials())
                .keepAliveTime(silence.toMillis(), TimeUnit.MILLISECONDS)
                .keepAliveTimeout(silence.toMillis(), TimeUnit.MILLISECONDS)
                .maxInboundMessageSize(MOST_OF_AN_ANSWER)
                .build();
        try {
            return calls.apply(channel);
        } catch (StatusRuntimeException e) {
            throw failed(e, target);
        } finally {
            channel.shutdownNow();
        }
    }

    private ChannelCredentials credentials() {
        if ((certificate == null) != (key == null)) {
            throw new CommandFailedException("--tls-cert and --tls-key go together");
        }
        if (authority == null) {
            if (key != null) {
                throw new CommandFailedException("--tls-cert requires --tls-ca");
            }
            return InsecureChannelCredentials.create();
        }
        try {
            TlsChannelCredentials.Builder tls =
                    TlsChannelCredentials.newBuilder().trustManager(authority);
            return key == null ? tls.build() : tls.keyManager(certificate, key).build();
        } catch (IOException e) {
            throw new CommandFailedException("a file for TLS cannot be read: " + e.getMessage());
        }
    }

    private String target() {
        if (address != null) {
            return address;
        }
        return RunningInstance.in(data.folder())
                .map(running -> running.http().replaceFirst("^https?://", ""))
                .orElseThrow(() -> new CallFailedException(
                        "no 'surstream up' is ready on " + data.folder()
                                + "; start ./surstream up (or give --data, or --address HOST:PORT)",
                        Status.Code.UNAVAILABLE,
                        false));
    }

    private static CallFailedException failed(StatusRuntimeException error, String target) {
        Status.Code code = error.getStatus().getCode();
        return FailureStatus.in(error)
                .map(Failure::getMessage)
                .filter(own -> !own.isEmpty())
                .map(own -> new CallFailedException(own, code, true))
                .orElseGet(() -> new CallFailedException(reason(error, target), code, false));
    }

    private static String reason(StatusRuntimeException error, String target) {
        return switch (error.getStatus().getCode()) {
            case UNAVAILABLE ->
                "nobody answers at " + target + because(error.getStatus().getCause())
                        + "; start ./surstream up or give --address HOST:PORT";
            case UNAUTHENTICATED -> target + " answers only callers with a certificate; give --tls-cert and --tls-key";
            default -> "the call to " + target + " failed: " + error.getMessage();
        };
    }

    /** A handshake that failed is no missing service. */
    private static String because(Throwable cause) {
        return cause instanceof SSLException ? ", or not to this certificate: " + cause.getMessage() : "";
    }
}
