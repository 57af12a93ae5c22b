package io.surstream.it.clients;

import static org.awaitility.Awaitility.await;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import io.surstream.it.clients.ForeignClient.Outcome;
import io.surstream.it.processes.Deployment;
import io.surstream.it.processes.SharedDeployment;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Ordinary Kafka clients, each with its own partitioner, publish, cancel and see their jobs end; so does everybody over HTTP. */
@Timeout(600)
class ForeignClientsIT {
    private static final Pattern KCAT_LINE = Pattern.compile("echo '[^']+' \\|\n *kcat -P [^\n]+");

    private static Deployment deployment;

    @BeforeAll
    static void start() {
        deployment = SharedDeployment.get();
    }

    @ParameterizedTest
    @EnumSource
    void jobs_that_a_client_publishes_end_for_it_and_over_http(ForeignClient client) {
        client.assumeInstalled();
        String run = client.name().toLowerCase(Locale.ROOT) + "-" + System.nanoTime();
        Set<String> drawn = new TreeSet<>(Stream.concat(
                        IntStream.range(0, 12).mapToObj(n -> run + "-" + n),
                        Stream.of(run + "-without-key", run + "-other-key"))
                .toList());

        Outcome outcome = client.send(deployment.bootstrapServers(), run);

        assertEquals(0, outcome.exitCode(), outcome::errors);
        Set<String> all = new TreeSet<>(drawn);
        all.add(run + "-cancelled");
        assertEquals(all, new TreeSet<>(outcome.lines()));
        drawn.forEach(ForeignClientsIT::requireDrawn);
        JsonNode cancelled = deployment.rest().awaitEnd(run + "-cancelled");
        assertEquals("CANCELLED", cancelled.path("state").asText(), cancelled::toString);
        assertEquals("changed my mind", cancelled.path("cancel_reason").asText());
        assertEquals(404, deployment.rest().get("/v1/jobs/user-42").statusCode(), "a key names no job");
        awaitNothingInFlight();
    }

    @ParameterizedTest
    @ValueSource(strings = {"README.md", "docs/events.md"})
    void the_line_of_a_page_draws_an_image_as_it_stands(String page) throws IOException {
        ForeignClient.KCAT.assumeInstalled();
        Matcher line = KCAT_LINE.matcher(Files.readString(Path.of("..").resolve(page)));
        assertTrue(line.find(), page + " shows no line for kcat");
        String id = "page-" + System.nanoTime();
        String command = line.group()
                .replace("localhost:9092", deployment.bootstrapServers())
                .replaceAll("mine-\\d+", id);

        Outcome outcome = ForeignClient.run(List.of("bash", "-c", command));

        assertEquals(0, outcome.exitCode(), outcome::errors);
        await().atMost(Duration.ofMinutes(2))
                .until(() -> deployment.rest().get("/v1/jobs/" + id).statusCode() == 200);
        requireDrawn(id);
    }

    private static void requireDrawn(String job) {
        JsonNode end = deployment.rest().awaitEnd(job);
        assertEquals("SUCCEEDED", end.path("state").asText(), end::toString);
        assertEquals(
                200, deployment.rest().bytes("/v1/jobs/" + job + "/images/0").statusCode());
        String events = deployment.rest().get("/v1/jobs/" + job + "/events").body();
        assertTrue(events.contains("SUCCEEDED"), events);
    }

    private static void awaitNothingInFlight() {
        await().atMost(Duration.ofMinutes(1)).until(() -> deployment
                .rest()
                .get("/q/metrics")
                .body()
                .lines()
                .filter(line -> line.startsWith("surstream_jobs_in_flight"))
                .anyMatch(line -> line.endsWith(" 0.0")));
    }
}
