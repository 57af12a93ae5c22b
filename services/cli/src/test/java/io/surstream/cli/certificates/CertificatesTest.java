package io.surstream.cli.certificates;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.surstream.authority.SignedKey;
import io.surstream.keys.KeyFile;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.security.cert.X509Certificate;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import picocli.CommandLine;

class CertificatesTest {
    @TempDir
    Path folder;

    private final StringWriter out = new StringWriter();
    private final StringWriter err = new StringWriter();

    @Test
    void everybody_of_the_deployment_gets_a_certificate_that_its_settings_can_name() throws Exception {
        assertEquals(0, run("--out", deployment().toString()));

        for (Holder holder : Holder.deployment()) {
            Path own = deployment().resolve(holder.name());
            X509Certificate signed = certificate(holder.name());
            signed.verify(authority().certificate().getPublicKey());
            assertEquals(
                    holder.dnsNames(),
                    signed.getSubjectAlternativeNames().stream()
                            .filter(name -> name.get(0).equals(2))
                            .map(name -> name.get(1))
                            .toList());
            assertEquals(Optional.empty(), file(own.resolve("tls.pem")).identityProblem());
            assertEquals(Optional.empty(), file(own.resolve("ca.crt")).trustProblem());
        }
        try (Stream<Path> made = Files.list(deployment()).filter(Files::isDirectory)) {
            assertEquals(Holder.deployment().size(), made.count());
        }
    }

    @Test
    void again_the_authority_stays_and_certificates_are_new() throws IOException {
        run("--out", deployment().toString());
        String before = Files.readString(deployment().resolve("ca.crt"));
        X509Certificate curator = certificate("curator");

        assertEquals(0, run("--out", deployment().toString(), "curator"));

        assertEquals(before, Files.readString(deployment().resolve("ca.crt")));
        assertNotEquals(curator, certificate("curator"));
        assertTrue(out.toString().contains("the authority, as it was"), out.toString());
    }

    @Test
    void a_caller_has_its_name_alone_and_no_other_certificate_is_made() throws Exception {
        run("--out", deployment().toString(), "--days", "7", "alice");

        X509Certificate alice = certificate("alice");
        assertEquals(List.of(List.of(2, "alice")), List.copyOf(alice.getSubjectAlternativeNames()));
        assertEquals(
                Instant.now().plus(7, ChronoUnit.DAYS).getEpochSecond(),
                alice.getNotAfter().toInstant().getEpochSecond(),
                60);
        assertTrue(Files.notExists(deployment().resolve("curator")));
    }

    @Test
    void the_gateway_has_the_names_that_it_is_called_by() throws Exception {
        run("--out", deployment().toString(), "--gateway", "pictures.example.org", "gateway");

        assertTrue(certificate("gateway").getSubjectAlternativeNames().contains(List.of(2, "pictures.example.org")));
    }

    @Test
    void keys_are_for_their_owner_and_the_container_that_they_are_mounted_into() throws IOException {
        run("--out", deployment().toString());

        assertEquals("rwx------", permissions(deployment()));
        assertEquals("rw-------", permissions(deployment().resolve("ca.key")));
        assertEquals("rw-r--r--", permissions(deployment().resolve("curator/tls.key")));
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
                    --days 0     | --days must be 1..3650 but is 0
                    ../elsewhere | is no name for a certificate
                    """)
    void wrong_wishes_are_named_and_nothing_is_made(String arguments, String reason) {
        assertEquals(
                1,
                run(Stream.concat(Stream.of("--out", deployment().toString()), Stream.of(arguments.split(" ")))
                        .toArray(String[]::new)));

        assertTrue(err.toString().contains(reason), err.toString());
        assertTrue(Files.notExists(deployment()));
    }

    @Test
    void an_authority_that_cannot_be_read_is_left_alone() throws IOException {
        run("--out", deployment().toString());
        Files.writeString(deployment().resolve("ca.key"), "nothing");

        assertEquals(1, run("--out", deployment().toString()));

        assertTrue(err.toString().contains("the authority in " + deployment() + " cannot be used"), err.toString());
    }

    private Path deployment() {
        return folder.resolve("certificates");
    }

    private int run(String... arguments) {
        return new CommandLine(new Certificates())
                .setOut(new PrintWriter(out))
                .setErr(new PrintWriter(err))
                .setExecutionExceptionHandler((failure, command, parsed) -> {
                    command.getErr().println(failure.getMessage());
                    return 1;
                })
                .execute(arguments);
    }

    private SignedKey authority() throws IOException {
        return SignedKey.of(
                Files.readString(deployment().resolve("ca.crt")),
                Files.readString(deployment().resolve("ca.key")));
    }

    private X509Certificate certificate(String name) throws IOException {
        Path own = deployment().resolve(name);
        return SignedKey.of(Files.readString(own.resolve("tls.crt")), Files.readString(own.resolve("tls.key")))
                .certificate();
    }

    private static KeyFile file(Path path) {
        return new KeyFile("file", path, Optional.empty());
    }

    private static String permissions(Path path) throws IOException {
        return PosixFilePermissions.toString(Files.getPosixFilePermissions(path));
    }
}
