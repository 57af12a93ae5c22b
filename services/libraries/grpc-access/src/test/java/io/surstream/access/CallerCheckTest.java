package io.surstream.access;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.grpc.Metadata;
import io.grpc.ServerCall;
import io.grpc.Status;
import io.surstream.authority.CertificateAuthority;
import io.surstream.contract.failure.FailureStatus;
import java.security.cert.Certificate;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class CallerCheckTest {
    private static final String IMPORT = "surstream.v1.Curator/Import";
    private static final CertificateAuthority AUTHORITY = CertificateAuthority.create("authority", Duration.ofHours(1));

    @Test
    void a_caller_whose_role_has_the_method_is_let_through() {
        assertNull(called(IMPORT, named("operator")).status());
    }

    @Test
    void another_known_caller_is_told_who_may_and_what_to_do() {
        FakeCall call = called(IMPORT, named("prompt-app"));

        assertEquals(Status.Code.PERMISSION_DENIED, call.status().getCode());
        assertEquals(
                "prompt-app may not call surstream.v1.Curator/Import, which is for operator; show a certificate with such a name, "
                        + "or have yours named in surstream.grpc.callers.operator of the service",
                call.status().getDescription());
        assertEquals(
                "PERMISSION_DENIED",
                FailureStatus.in(call.status().asRuntimeException(call.trailers()))
                        .orElseThrow()
                        .getType());
    }

    @ParameterizedTest
    @ValueSource(strings = {"trainer", "mallory", "operator.example.org", "OPERATOR"})
    void a_name_without_a_role_is_refused(String name) {
        assertEquals(
                Status.Code.PERMISSION_DENIED,
                called(IMPORT, named(name)).status().getCode());
    }

    @Test
    void no_certificate_is_refused() {
        assertEquals(
                Status.Code.UNAUTHENTICATED,
                called(IMPORT, Optional.empty()).status().getCode());
    }

    @Test
    void a_method_that_no_role_has_is_closed_to_everybody() {
        FakeCall call = called("surstream.v1.Curator/Delete", named("operator"));

        assertEquals(
                "operator may not call surstream.v1.Curator/Delete; no role has it",
                call.status().getDescription());
    }

    @Test
    void health_is_for_everybody_and_reflection_for_everybody_with_a_certificate() {
        assertNull(called("grpc.health.v1.Health/Check", Optional.empty()).status());
        assertNull(called("grpc.reflection.v1.ServerReflection/ServerReflectionInfo", named("mallory"))
                .status());
        assertEquals(
                Status.Code.UNAUTHENTICATED,
                called("grpc.reflection.v1.ServerReflection/ServerReflectionInfo", Optional.empty())
                        .status()
                        .getCode());
    }

    @Test
    void names_that_a_setting_gives_have_the_role_and_the_roles_own_name_has_it_no_more() {
        GrpcConfig settings =
                new Settings(true, Set.of("prompt-app"), Set.of("embedding-app"), Set.of("alice", "nightly.ops"));

        assertNull(called(IMPORT, named("alice"), settings).status());
        assertNull(called(IMPORT, named("nightly.ops"), settings).status());
        assertEquals(
                Status.Code.PERMISSION_DENIED,
                called(IMPORT, named("operator"), settings).status().getCode());
    }

    @Test
    void the_common_name_counts_only_without_dns_names() {
        assertNull(called(IMPORT, certificate("operator", List.of())).status());
        assertEquals(
                Status.Code.PERMISSION_DENIED,
                called(IMPORT, certificate("operator", List.of("mallory")))
                        .status()
                        .getCode());
    }

    @Test
    void one_of_several_names_is_enough() {
        assertNull(called(IMPORT, certificate("ops", List.of("ops.example", "operator")))
                .status());
    }

    @Test
    void everybody_is_let_through_where_no_certificates_are_asked_for() {
        assertNull(
                called(IMPORT, Optional.empty(), Settings.withoutCertificates()).status());
    }

    private static Optional<Certificate> named(String name) {
        return certificate(name, List.of(name));
    }

    private static Optional<Certificate> certificate(String commonName, List<String> dnsNames) {
        return Optional.of(AUTHORITY
                .issue(commonName, dnsNames, List.of("127.0.0.1"), Duration.ofHours(1))
                .certificate());
    }

    private static FakeCall called(String method, Optional<Certificate> shown) {
        return called(method, shown, Settings.withCertificates());
    }

    /** The call after the check; it was let through exactly when it is still open. */
    private static FakeCall called(String method, Optional<Certificate> shown, GrpcConfig settings) {
        FakeCall call = new FakeCall(method, shown);
        boolean[] served = new boolean[1];
        new CallerCheck(settings).interceptCall(call, new Metadata(), (open, headers) -> {
            served[0] = true;
            return new ServerCall.Listener<>() {};
        });
        assertTrue(served[0] == (call.status() == null));
        return call;
    }
}
