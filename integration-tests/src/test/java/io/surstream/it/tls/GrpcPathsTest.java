package io.surstream.it.tls;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.google.protobuf.Descriptors.ServiceDescriptor;
import io.surstream.v1.Services;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;

/** {@code surstream.grpc.client-certificates} closes paths by their names, so the names must be all there. */
class GrpcPathsTest {
    private static final Path SERVICES = GrpcServers.SERVICES;

    @Test
    void every_grpc_service_is_closed_by_the_setting_in_the_module_that_serves_it() throws IOException {
        for (ServiceDescriptor service : Services.getDescriptor().getServices()) {
            Path module = GrpcServers.module(service);
            String settings =
                    Files.readString(module.resolve("src/main/resources/META-INF/microprofile-config.properties"));
            String permission = "quarkus.http.auth.permission." + module.getFileName();

            assertTrue(settings.contains(permission + ".paths=/" + service.getFullName() + "/*,"), module.toString());
            assertTrue(settings.contains(permission + ".policy=authenticated\n"), module.toString());
            assertTrue(
                    settings.contains(permission + ".enabled=${surstream.grpc.client-certificates:false}"),
                    module.toString());
        }
    }

    @Test
    void every_grpc_service_has_its_callers_checked_in_the_module_that_serves_it() throws IOException {
        for (ServiceDescriptor service : Services.getDescriptor().getServices()) {
            Path module = GrpcServers.module(service);
            String pom = Files.readString(module.resolve("pom.xml"));
            assertTrue(pom.contains("<artifactId>grpc-access</artifactId>"), module.toString());
        }
        Path check = SERVICES.resolve("libraries/grpc-access/src/main/java/io/surstream/access/CallerCheck.java");
        assertTrue(GrpcServers.contains(check, "@GlobalInterceptor"));
    }

    /** The table of callers has no service in it, because none of them is a client. */
    @Test
    void no_service_calls_another_by_grpc() throws IOException {
        try (var files = Files.walk(SERVICES)) {
            List<Path> clients = files.filter(file -> file.toString().endsWith(".java"))
                    .filter(file -> file.toString().contains("/src/main/"))
                    .filter(file -> GrpcServers.contains(file, "newChannelBuilder")
                            || GrpcServers.contains(file, "@GrpcClient"))
                    .map(file -> SERVICES.relativize(file).getName(0))
                    .distinct()
                    .toList();

            assertEquals(List.of(Path.of("cli")), clients);
        }
    }
}
