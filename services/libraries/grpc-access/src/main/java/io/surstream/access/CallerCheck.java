package io.surstream.access;

import io.grpc.Grpc;
import io.grpc.Metadata;
import io.grpc.ServerCall;
import io.grpc.ServerCallHandler;
import io.grpc.ServerInterceptor;
import io.grpc.StatusRuntimeException;
import io.quarkus.grpc.GlobalInterceptor;
import io.surstream.contract.failure.FailureStatus;
import io.surstream.contract.failure.FailureType;
import io.surstream.v1.Failure;
import jakarta.inject.Singleton;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import javax.net.ssl.SSLSession;

/**
 * Lets a call through when the caller's certificate has a name whose role may call the method ({@link CallerRole}). Health is for
 * everybody and reflection for everybody with a certificate; whatever else no role has is closed. Lets everything through where
 * no certificates are asked for. Safe for any thread.
 */
@GlobalInterceptor
@Singleton
public class CallerCheck implements ServerInterceptor {
    private static final String HEALTH = "grpc.health.v1.Health/";
    private static final String REFLECTION = "grpc.reflection.";

    private final GrpcConfig config;

    CallerCheck(GrpcConfig config) {
        this.config = config;
    }

    @Override
    public <Q, A> ServerCall.Listener<Q> interceptCall(
            ServerCall<Q, A> call, Metadata headers, ServerCallHandler<Q, A> next) {
        String method = call.getMethodDescriptor().getFullMethodName();
        SSLSession session = call.getAttributes().get(Grpc.TRANSPORT_ATTR_SSL_SESSION);
        Optional<Failure> refusal =
                config.clientCertificates() ? refusal(method, CallerNames.of(session)) : Optional.empty();
        if (refusal.isEmpty()) {
            return next.startCall(call, headers);
        }
        StatusRuntimeException told = FailureStatus.of(refusal.get());
        call.close(told.getStatus(), told.getTrailers());
        return new ServerCall.Listener<>() {};
    }

    private Optional<Failure> refusal(String method, Optional<Set<String>> names) {
        if (method.startsWith(HEALTH)) {
            return Optional.empty();
        }
        if (names.isEmpty()) {
            return Optional.of(
                    failure(FailureType.UNAUTHENTICATED, method + " is for callers with a certificate; show one"));
        }
        Set<CallerRole> allowed = CallerRole.allowed(method);
        if (method.startsWith(REFLECTION)
                || allowed.stream().anyMatch(role -> names.get().stream()
                        .anyMatch(config.callers().of(role)::contains))) {
            return Optional.empty();
        }
        return Optional.of(failure(FailureType.PERMISSION_DENIED, notAllowed(method, names.get(), allowed)));
    }

    private static String notAllowed(String method, Set<String> names, Set<CallerRole> allowed) {
        String caller = names.isEmpty() ? "a caller whose certificate has no name" : String.join(", ", names);
        if (allowed.isEmpty()) {
            return caller + " may not call " + method + "; no role has it";
        }
        String roles = allowed.stream().map(CallerRole::title).collect(Collectors.joining(" or "));
        String settings = allowed.stream()
                .map(role -> "surstream.grpc.callers." + role.title())
                .collect(Collectors.joining(" or "));
        return caller + " may not call " + method + ", which is for " + roles
                + "; show a certificate with such a name, or have yours named in " + settings + " of the service";
    }

    private static Failure failure(FailureType type, String message) {
        return Failure.newBuilder().setType(type.name()).setMessage(message).build();
    }
}
