package io.surstream.it.tls;

import com.google.protobuf.Empty;
import io.grpc.CallOptions;
import io.grpc.ChannelCredentials;
import io.grpc.Grpc;
import io.grpc.InsecureChannelCredentials;
import io.grpc.ManagedChannel;
import io.grpc.MethodDescriptor;
import io.grpc.TlsChannelCredentials;
import io.grpc.protobuf.ProtoUtils;
import io.grpc.stub.ClientCalls;
import io.surstream.keys.KeyFile;
import io.surstream.testsupport.secured.TestCertificates;
import io.surstream.v1.CurationReport;
import io.surstream.v1.CuratorGrpc;
import io.surstream.v1.ImportProgressed;
import io.surstream.v1.ImportRequest;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.security.GeneralSecurityException;
import java.time.Duration;
import java.util.Iterator;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.function.Function;
import javax.net.ssl.SSLContext;
import javax.net.ssl.TrustManager;

/** Somebody who calls a service on this machine, by gRPC with the certificate that was given, by HTTPS with none. */
final class TlsCaller {
    private static final int LIMIT_SECONDS = 30;

    private final int port;
    private final ChannelCredentials credentials;

    private TlsCaller(int port, ChannelCredentials credentials) {
        this.port = port;
        this.credentials = credentials;
    }

    static TlsCaller unencrypted(int port) {
        return new TlsCaller(port, InsecureChannelCredentials.create());
    }

    /** Shows nothing. */
    static TlsCaller trusting(TestCertificates authority, int port) {
        return new TlsCaller(port, trust(authority).build());
    }

    static TlsCaller showing(TestCertificates.Identity own, TestCertificates authority, int port) {
        try {
            return new TlsCaller(
                    port,
                    trust(authority)
                            .keyManager(own.certificate().toFile(), own.key().toFile())
                            .build());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static TlsChannelCredentials.Builder trust(TestCertificates authority) {
        try {
            return TlsChannelCredentials.newBuilder()
                    .trustManager(authority.authority().toFile());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /**
     * Has the curator draw and publish some scenes, over a connection of its own.
     *
     * @throws io.grpc.StatusRuntimeException where it is refused
     */
    CurationReport importScenes(String dataset, int count) {
        return call(channel -> {
            Iterator<ImportProgressed> answers = CuratorGrpc.newBlockingStub(channel)
                    .withDeadlineAfter(LIMIT_SECONDS, TimeUnit.SECONDS)
                    .import_(ImportRequest.newBuilder()
                            .setDataset(dataset)
                            .setSource("playground:" + count + "?seed=1")
                            .build());
            ImportProgressed last = ImportProgressed.getDefaultInstance();
            while (answers.hasNext()) {
                last = answers.next();
            }
            return last.getReport();
        });
    }

    /** Opens a connection for as long as {@code calls} runs. */
    <T> T call(Function<ManagedChannel, T> calls) {
        ManagedChannel channel =
                Grpc.newChannelBuilder("127.0.0.1:" + port, credentials).build();
        try {
            return calls.apply(channel);
        } finally {
            channel.shutdownNow();
        }
    }

    /** Calls a method by its name with an empty message. */
    Empty callEmpty(String fullMethodName) {
        MethodDescriptor<Empty, Empty> method = MethodDescriptor.newBuilder(
                        ProtoUtils.marshaller(Empty.getDefaultInstance()),
                        ProtoUtils.marshaller(Empty.getDefaultInstance()))
                .setType(MethodDescriptor.MethodType.UNARY)
                .setFullMethodName(fullMethodName)
                .build();
        return call(channel -> ClientCalls.blockingUnaryCall(
                channel,
                method,
                CallOptions.DEFAULT.withDeadlineAfter(LIMIT_SECONDS, TimeUnit.SECONDS),
                Empty.getDefaultInstance()));
    }

    /** A GET by HTTPS without a certificate, as a probe's. */
    static HttpResponse<String> get(TestCertificates authority, int port, String path)
            throws IOException, InterruptedException {
        return https(authority).send(request(port, path).build(), HttpResponse.BodyHandlers.ofString());
    }

    /** An empty POST by HTTPS without a certificate, to the path of a gRPC method. */
    static HttpResponse<String> post(TestCertificates authority, int port, String path)
            throws IOException, InterruptedException {
        HttpRequest request = request(port, path)
                .header("Content-Type", "application/grpc")
                .POST(HttpRequest.BodyPublishers.noBody())
                .build();
        return https(authority).send(request, HttpResponse.BodyHandlers.ofString());
    }

    /** A POST of JSON by HTTPS without a certificate. */
    static HttpResponse<String> postJson(TestCertificates authority, int port, String path, String body)
            throws IOException, InterruptedException {
        HttpRequest request = request(port, path)
                .header("Content-Type", "application/json")
                .POST(HttpRequest.BodyPublishers.ofString(body))
                .build();
        return https(authority).send(request, HttpResponse.BodyHandlers.ofString());
    }

    /** A GET without encryption. */
    static HttpResponse<String> getUnencrypted(int port, String path) throws IOException, InterruptedException {
        HttpRequest request = HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + port + path))
                .timeout(Duration.ofSeconds(LIMIT_SECONDS))
                .build();
        return HttpClient.newHttpClient().send(request, HttpResponse.BodyHandlers.ofString());
    }

    private static HttpRequest.Builder request(int port, String path) {
        return HttpRequest.newBuilder(URI.create("https://127.0.0.1:" + port + path))
                .timeout(Duration.ofSeconds(LIMIT_SECONDS));
    }

    private static HttpClient https(TestCertificates authority) {
        try {
            SSLContext context = SSLContext.getInstance("TLS");
            KeyFile trusted = new KeyFile("authority", authority.authority(), Optional.empty());
            context.init(null, new TrustManager[] {trusted.trustManager()}, null);
            return HttpClient.newBuilder().sslContext(context).build();
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException(e);
        }
    }
}
