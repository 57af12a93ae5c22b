package io.surstream.it.tls;

import com.google.protobuf.Descriptors.ServiceDescriptor;
import io.surstream.v1.Services;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;

/** Which module serves which gRPC service, read off the sources. */
public final class GrpcServers {
    static final Path SERVICES = Path.of("../services").toAbsolutePath().normalize();

    private GrpcServers() {}

    /** Names of the modules that serve some, as {@code image-sampler}. */
    public static Set<String> names() throws IOException {
        Set<String> names = new TreeSet<>();
        for (ServiceDescriptor service : Services.getDescriptor().getServices()) {
            names.add(module(service).getFileName().toString());
        }
        return names;
    }

    /** Folder of the one module that serves it. */
    static Path module(ServiceDescriptor service) throws IOException {
        String base = "extends " + service.getName() + "Grpc." + service.getName() + "ImplBase";
        try (var files = Files.walk(SERVICES)) {
            List<Path> found = files.filter(file -> file.toString().endsWith("Endpoint.java"))
                    .filter(file -> contains(file, base))
                    .map(file -> SERVICES.resolve(SERVICES.relativize(file).getName(0)))
                    .toList();
            if (found.size() != 1) {
                throw new AssertionError(service.getFullName() + " is served by " + found);
            }
            return found.get(0);
        }
    }

    static boolean contains(Path file, String text) {
        try {
            return Files.readString(file).contains(text);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
