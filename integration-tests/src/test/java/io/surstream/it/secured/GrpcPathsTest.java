package io.surstream.it.secured;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.google.protobuf.Descriptors.ServiceDescriptor;
import io.surstream.v1.Services;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;

/** {@code surstream.grpc.client-certificates} closes paths by their names, so the names must be all there. */
class GrpcPathsTest {
    private static final Path SERVICES = Path.of("../services").toAbsolutePath().normalize();

    @Test
    void every_grpc_service_is_closed_by_the_setting_in_the_module_that_serves_it() throws IOException {
        for (ServiceDescriptor service : Services.getDescriptor().getServices()) {
            Path module = serving(service);
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

    private static Path serving(ServiceDescriptor service) throws IOException {
        String base = "extends " + service.getName() + "Grpc." + service.getName() + "ImplBase";
        try (var files = Files.walk(SERVICES)) {
            List<Path> found = files.filter(file -> file.toString().endsWith("Endpoint.java"))
                    .filter(file -> contains(file, base))
                    .map(file -> SERVICES.resolve(SERVICES.relativize(file).getName(0)))
                    .toList();
            assertEquals(1, found.size(), service.getFullName() + " is served by " + found);
            return found.get(0);
        }
    }

    private static boolean contains(Path file, String text) {
        try {
            return Files.readString(file).contains(text);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
