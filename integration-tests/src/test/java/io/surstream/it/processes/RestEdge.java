package io.surstream.it.processes;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.util.Set;
import java.util.function.Predicate;
import org.awaitility.Awaitility;

/** The house as an app sees it over HTTP. */
public final class RestEdge {
    private static final ObjectMapper JSON = new ObjectMapper();
    private static final Duration REQUEST_LIMIT = Duration.ofMinutes(2);
    private static final Duration JOB_LIMIT = Duration.ofMinutes(3);
    private static final Set<String> ENDS = Set.of("SUCCEEDED", "FAILED", "CANCELLED");

    private final HttpClient client = HttpClient.newHttpClient();
    private final ServiceProcess process;

    public RestEdge(ServiceProcess process) {
        this.process = process;
    }

    /** @param idempotencyKey null sends none */
    public HttpResponse<String> post(String body, String idempotencyKey) {
        HttpRequest.Builder request = request("/v1/jobs").header("Content-Type", "application/json");
        if (idempotencyKey != null) {
            request.header("Idempotency-Key", idempotencyKey);
        }
        return send(request.POST(HttpRequest.BodyPublishers.ofString(body)), HttpResponse.BodyHandlers.ofString());
    }

    /** Bytes that say they are JSON. */
    public HttpResponse<String> post(byte[] body) {
        HttpRequest.Builder request = request("/v1/jobs").header("Content-Type", "application/json");
        return send(request.POST(HttpRequest.BodyPublishers.ofByteArray(body)), HttpResponse.BodyHandlers.ofString());
    }

    public HttpResponse<String> get(String path) {
        return send(request(path), HttpResponse.BodyHandlers.ofString());
    }

    /** {@code /q/metrics} in the only form that has exemplars. */
    public String openMetrics() {
        return send(
                        request("/q/metrics")
                                .header("Accept", "application/openmetrics-text; version=1.0.0; charset=utf-8"),
                        HttpResponse.BodyHandlers.ofString())
                .body();
    }

    public HttpResponse<byte[]> bytes(String path) {
        return send(request(path), HttpResponse.BodyHandlers.ofByteArray());
    }

    public HttpResponse<String> delete(String path) {
        return send(request(path).DELETE(), HttpResponse.BodyHandlers.ofString());
    }

    /** The job once it has ended. */
    public JsonNode awaitEnd(String jobId) {
        return await(jobId, RestEdge::isEnd);
    }

    /** The job once it is in this state. */
    public JsonNode awaitState(String jobId, String state) {
        return await(jobId, state::equals);
    }

    private JsonNode await(String jobId, Predicate<String> wanted) {
        return Awaitility.await("job " + jobId)
                .atMost(JOB_LIMIT)
                .pollInterval(Duration.ofMillis(100))
                .until(
                        () -> json(get("/v1/jobs/" + jobId).body()),
                        job -> wanted.test(job.path("state").asText()));
    }

    /** Whether a job in this state stays in it. */
    public static boolean isEnd(String state) {
        return ENDS.contains(state);
    }

    public static JsonNode json(String text) {
        try {
            return JSON.readTree(text);
        } catch (IOException e) {
            throw new UncheckedIOException("no JSON: " + text, e);
        }
    }

    private HttpRequest.Builder request(String path) {
        URI url = process.url(path);
        return HttpRequest.newBuilder(url).timeout(REQUEST_LIMIT);
    }

    private <T> HttpResponse<T> send(HttpRequest.Builder request, HttpResponse.BodyHandler<T> handler) {
        try {
            return client.send(request.build(), handler);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException(e);
        }
    }
}
