package io.surstream.it.distributed;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.MissingNode;
import io.surstream.it.processes.RestEdge;
import io.surstream.it.processes.ServiceProcess;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Supplier;
import org.awaitility.Awaitility;

/**
 * REST clients: each submits a job, waits for its image, downloads it and starts again. They choose a gateway as a load
 * balancer does: each request goes to the first one that reports that it is ready. No request is sent twice. A gateway
 * learns of a job that another one accepted a moment later, so a job may be unknown for a short time after it was
 * accepted.
 */
final class Visitors implements AutoCloseable {
    private static final int PEOPLE = 2;
    private static final Duration UNTIL_KNOWN = Duration.ofSeconds(10);
    private static final Duration UNTIL_DRAWN = Duration.ofMinutes(2);
    private static final String JOB =
            "{\"prompt\": \"" + Marked.PROMPT + "\", \"num_inference_steps\": 1, \"seed\": 7}";

    private final Supplier<List<ServiceProcess>> gateways;
    private final ExecutorService people = Executors.newFixedThreadPool(PEOPLE);
    private final List<Future<Integer>> visits;
    private final AtomicInteger drawn = new AtomicInteger();
    private volatile boolean leaving;

    /** They come at once. */
    Visitors(Supplier<List<ServiceProcess>> gateways) {
        this.gateways = gateways;
        Callable<Integer> visitor = this::visit;
        visits = List.of(people.submit(visitor), people.submit(visitor));
    }

    private int visit() {
        int images = 0;
        while (!leaving) {
            image();
            images++;
            drawn.incrementAndGet();
        }
        return images;
    }

    private void image() {
        JsonNode accepted = RestEdge.json(require(202, gateway().post(JOB, null)));
        String job = "/v1/jobs/" + accepted.path("id").asText();
        Instant knownBy = Instant.now().plus(UNTIL_KNOWN);
        JsonNode ended = Awaitility.await("end of " + job)
                .atMost(UNTIL_DRAWN)
                .until(
                        () -> news(job, knownBy),
                        state -> RestEdge.isEnd(state.path("state").asText()));
        if (!"SUCCEEDED".equals(ended.path("state").asText())) {
            throw new AssertionError("not drawn: " + ended);
        }
        require(200, gateway().get(job + "/images/0"));
    }

    /** What is known of the job; nothing as long as the gateway that is asked need not know it. */
    private JsonNode news(String job, Instant knownBy) {
        HttpResponse<String> response = gateway().get(job);
        boolean early = response.statusCode() == 404 && Instant.now().isBefore(knownBy);
        return early ? MissingNode.getInstance() : RestEdge.json(require(200, response));
    }

    private RestEdge gateway() {
        return gateways.get().stream()
                .filter(ServiceProcess::isReady)
                .findFirst()
                .map(RestEdge::new)
                .orElseThrow(() -> new AssertionError("no gateway is ready"));
    }

    private static String require(int status, HttpResponse<String> response) {
        if (response.statusCode() != status) {
            throw new AssertionError(response + " said " + response.body());
        }
        return response.body();
    }

    /** Waits until so many more images were drawn; fails with the first visitor who was sent away. */
    void awaitMore(int images) {
        int wanted = drawn.get() + images;
        Awaitility.await(wanted + " images")
                .atMost(UNTIL_DRAWN)
                .failFast("a visitor left", this::requireAllHere)
                .until(() -> drawn.get() >= wanted);
    }

    private void requireAllHere() throws Exception {
        for (Future<Integer> visit : visits) {
            if (visit.isDone()) {
                visit.get();
            }
        }
    }

    /** Sends them home after their present image; throws what one of them met. */
    void leave() throws Exception {
        leaving = true;
        for (Future<Integer> visit : visits) {
            visit.get();
        }
    }

    @Override
    public void close() {
        leaving = true;
        people.shutdownNow();
    }
}
