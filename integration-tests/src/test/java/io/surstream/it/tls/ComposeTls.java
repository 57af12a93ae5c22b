package io.surstream.it.tls;

import io.surstream.it.deploy.ComposeFile;
import java.io.IOException;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.Map;

/** What {@code deploy/compose.tls.yaml} says. */
final class ComposeTls {
    private static final Path FILE = Path.of("../deploy/compose.tls.yaml");

    private ComposeTls() {}

    /**
     * Variables of a container.
     *
     * @param certificates the folder here that Compose mounts there as {@code /certificates}
     */
    static Map<String, String> environment(String service, Path certificates) throws IOException {
        Map<String, String> environment = new HashMap<>();
        ComposeFile.map(ComposeFile.of(FILE).services().get(service).get("environment"))
                .forEach((variable, value) ->
                        environment.put(variable, value.toString().replace("/certificates", certificates.toString())));
        return environment;
    }
}
