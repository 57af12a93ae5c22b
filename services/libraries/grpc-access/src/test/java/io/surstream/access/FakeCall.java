package io.surstream.access;

import io.grpc.Attributes;
import io.grpc.Grpc;
import io.grpc.Metadata;
import io.grpc.MethodDescriptor;
import io.grpc.ServerCall;
import io.grpc.Status;
import java.io.ByteArrayInputStream;
import java.io.InputStream;
import java.lang.reflect.Proxy;
import java.security.cert.Certificate;
import java.util.Optional;
import javax.net.ssl.SSLPeerUnverifiedException;
import javax.net.ssl.SSLSession;

/** A call as a server sees it, from somebody who showed a certificate or none; keeps what it was closed with. */
final class FakeCall extends ServerCall<InputStream, InputStream> {
    private static final MethodDescriptor.Marshaller<InputStream> NOTHING = new MethodDescriptor.Marshaller<>() {
        @Override
        public InputStream stream(InputStream value) {
            return value;
        }

        @Override
        public InputStream parse(InputStream stream) {
            return new ByteArrayInputStream(new byte[0]);
        }
    };

    private final String method;
    private final Attributes attributes;
    private Status status;
    private Metadata trailers;

    FakeCall(String method, Optional<Certificate> shown) {
        this.method = method;
        this.attributes = Attributes.newBuilder()
                .set(Grpc.TRANSPORT_ATTR_SSL_SESSION, session(shown))
                .build();
    }

    private static SSLSession session(Optional<Certificate> shown) {
        return (SSLSession) Proxy.newProxyInstance(
                FakeCall.class.getClassLoader(), new Class<?>[] {SSLSession.class}, (proxy, asked, arguments) -> {
                    if (!asked.getName().equals("getPeerCertificates")) {
                        throw new UnsupportedOperationException(asked.getName());
                    }
                    return new Certificate[] {
                        shown.orElseThrow(() -> new SSLPeerUnverifiedException("peer not authenticated"))
                    };
                });
    }

    /** Null while the call is open. */
    Status status() {
        return status;
    }

    Metadata trailers() {
        return trailers;
    }

    @Override
    public Attributes getAttributes() {
        return attributes;
    }

    @Override
    public MethodDescriptor<InputStream, InputStream> getMethodDescriptor() {
        return MethodDescriptor.newBuilder(NOTHING, NOTHING)
                .setType(MethodDescriptor.MethodType.UNARY)
                .setFullMethodName(method)
                .build();
    }

    @Override
    public void close(Status why, Metadata with) {
        status = why;
        trailers = with;
    }

    @Override
    public boolean isCancelled() {
        return false;
    }

    @Override
    public void request(int messages) {}

    @Override
    public void sendHeaders(Metadata headers) {}

    @Override
    public void sendMessage(InputStream message) {}
}
