package io.surstream.gateway;

import static io.restassured.RestAssured.given;
import static org.awaitility.Awaitility.await;
import static org.hamcrest.MatcherAssert.assertThat;
import static org.hamcrest.Matchers.containsString;
import static org.hamcrest.Matchers.equalTo;
import static org.hamcrest.Matchers.hasItems;
import static org.hamcrest.Matchers.nullValue;
import static org.hamcrest.Matchers.startsWith;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.common.http.TestHTTPResource;
import io.quarkus.test.junit.QuarkusTest;
import io.quarkus.test.junit.QuarkusTestProfile;
import io.quarkus.test.junit.TestProfile;
import io.restassured.response.Response;
import io.surstream.storage.StoredObject;
import java.io.IOException;
import java.io.InputStream;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** The gateway behind a proxy that ends TLS, with a browser app of another origin as its client. */
@QuarkusTest
@TestProfile(ProxiedIT.Proxied.class)
@QuarkusTestResource(PlatformResource.class)
@Timeout(120)
class ProxiedIT {

    private static final String APP = "https://app.example";
    private static final String BODY = "{\"prompt\": \"2 heart, blue\"}";
    private static FakeWorkers workers;

    /** The settings that docs/operations/install.md names for this, and compression, which must not touch event streams. */
    public static final class Proxied implements QuarkusTestProfile {
        @Override
        public Map<String, String> getConfigOverrides() {
            return Map.of(
                    "quarkus.http.cors.enabled", "true",
                    "quarkus.http.cors.origins", APP,
                    "quarkus.http.enable-compression", "true",
                    "surstream.storage.public-endpoint", "https://pictures.example");
        }
    }

    @TestHTTPResource
    URI root;

    @BeforeAll
    static void start_workers() {
        workers = new FakeWorkers();
    }

    @BeforeEach
    void await_readiness() {
        await().atMost(Duration.ofSeconds(60))
                .until(() -> given().get("/q/health/ready").statusCode() == 200);
    }

    @AfterAll
    static void stop_workers() {
        workers.close();
    }

    @Test
    void location_names_no_scheme_and_no_host() {
        // given
        Response submitted = given().header("X-Forwarded-Proto", "https")
                .header("X-Forwarded-Host", "pictures.example")
                .contentType("application/json")
                .body(BODY)
                .post("/v1/jobs");
        // then
        submitted
                .then()
                .statusCode(202)
                .header("Location", equalTo("/v1/jobs/" + submitted.path("id")))
                .body("links.self", equalTo("/v1/jobs/" + submitted.path("id")));
    }

    @Test
    void a_presigned_url_names_the_public_endpoint_of_the_store() {
        String id = drawn();

        Response redirect = given().redirects().follow(false).get("/v1/jobs/" + id + "/images/0?redirect=presigned");

        redirect.then()
                .statusCode(307)
                .header("Location", startsWith("https://pictures.example/surstream/images/" + id + "/0.png?"))
                .header("Cache-Control", equalTo("no-store"));
    }

    @Test
    void an_event_stream_tells_proxies_neither_to_buffer_nor_to_store_nor_to_compress_it() throws Exception {
        HttpResponse<Stream<String>> stream = events(submitted(), HttpResponse.BodyHandlers.ofLines());

        assertEquals(200, stream.statusCode());
        assertEquals("no", header(stream, "X-Accel-Buffering"));
        assertEquals(List.of("no-cache", "no-transform"), words(header(stream, "Cache-Control")));
        assertEquals("identity", stream.headers().firstValue("Content-Encoding").orElse("identity"));
        assertEquals(
                "text/event-stream",
                header(stream, "Content-Type").toLowerCase(Locale.ROOT).replaceFirst(";.*", ""));
        stream.body().close();
        await().atMost(Duration.ofSeconds(20)).until(() -> openStreams() == 0);
    }

    @ParameterizedTest
    @EnumSource(HttpClient.Version.class)
    void a_client_that_leaves_an_event_stream_frees_it(HttpClient.Version version) throws Exception {
        HttpClient client = HttpClient.newBuilder().version(version).build();
        HttpRequest request = HttpRequest.newBuilder(root.resolve("/v1/jobs/" + submitted() + "/events"))
                .build();
        HttpResponse<InputStream> stream = client.send(request, HttpResponse.BodyHandlers.ofInputStream());
        assertEquals(version, stream.version());
        assertTrue(stream.body().read() >= 0);

        stream.body().close();

        await().atMost(Duration.ofSeconds(20)).until(() -> openStreams() == 0);
    }

    private static double openStreams() {
        return given().get("/q/metrics")
                .asString()
                .lines()
                .filter(line -> line.startsWith("surstream_gateway_event_streams"))
                .mapToDouble(line -> Double.parseDouble(line.substring(line.lastIndexOf(' '))))
                .sum();
    }

    @Test
    void asking_for_the_head_of_an_event_stream_ends_at_once() throws Exception {
        HttpRequest head = HttpRequest.newBuilder(root.resolve("/v1/jobs/" + submitted() + "/events"))
                .method("HEAD", HttpRequest.BodyPublishers.noBody())
                .timeout(Duration.ofSeconds(20))
                .build();

        HttpResponse<Void> answer = HttpClient.newHttpClient().send(head, HttpResponse.BodyHandlers.discarding());

        assertEquals(200, answer.statusCode());
        assertEquals("no", answer.headers().firstValue("X-Accel-Buffering").orElse(""));
    }

    @Test
    void the_head_of_an_image_tells_its_size_type_and_tag() {
        String id = drawn();

        Response whole = given().get("/v1/jobs/" + id + "/images/0");
        Response head = given().head("/v1/jobs/" + id + "/images/0");

        assertEquals(200, head.statusCode());
        for (String name : List.of("ETag", "Cache-Control", "Content-Type", "Content-Length")) {
            assertEquals(whole.header(name), head.header(name), name);
        }
    }

    @Test
    void an_app_of_another_origin_asks_before_it_submits_and_may() {
        given().header("Origin", APP)
                .header("Access-Control-Request-Method", "POST")
                .header("Access-Control-Request-Headers", "content-type,idempotency-key,traceparent")
                .options("/v1/jobs")
                .then()
                .statusCode(200)
                .header("Access-Control-Allow-Origin", equalTo(APP))
                .header("Access-Control-Allow-Methods", containsString("POST"))
                .header("Access-Control-Allow-Methods", containsString("DELETE"))
                .header("Access-Control-Allow-Headers", containsString("content-type"))
                .header("Access-Control-Allow-Headers", containsString("idempotency-key"))
                .header("Access-Control-Allow-Headers", containsString("traceparent"));
    }

    @Test
    void an_app_of_another_origin_submits_and_reads_where_its_job_is() {
        Response submitted = given().header("Origin", APP)
                .header("Idempotency-Key", "cors-1")
                .contentType("application/json")
                .body(BODY)
                .post("/v1/jobs");

        submitted.then().statusCode(202).header("Access-Control-Allow-Origin", equalTo(APP));
        List<String> exposed = words(submitted.header("Access-Control-Expose-Headers"));
        assertThat(exposed, hasItems("location", "retry-after", "etag"));
    }

    @Test
    void an_app_of_another_origin_listens_to_events_and_reads_images() throws Exception {
        String id = drawn();
        HttpResponse<InputStream> stream = events(id, HttpResponse.BodyHandlers.ofInputStream());

        assertEquals(APP, header(stream, "Access-Control-Allow-Origin"));
        stream.body().close();
        given().header("Origin", APP)
                .get("/v1/jobs/" + id + "/images/0")
                .then()
                .statusCode(200)
                .header("Access-Control-Allow-Origin", equalTo(APP))
                .header("Vary", containsString("rigin"));
    }

    @Test
    void a_refusal_is_readable_by_an_app_of_another_origin_too() {
        given().header("Origin", APP)
                .get("/v1/jobs/nobody")
                .then()
                .statusCode(404)
                .header("Access-Control-Allow-Origin", equalTo(APP))
                .contentType("application/problem+json");
    }

    @Test
    void an_origin_that_is_not_named_is_refused() {
        given().header("Origin", "https://stranger.example")
                .contentType("application/json")
                .body(BODY)
                .post("/v1/jobs")
                .then()
                .statusCode(403)
                .header("Access-Control-Allow-Origin", nullValue());
    }

    private static String submitted() {
        return given().contentType("application/json")
                .body(BODY)
                .post("/v1/jobs")
                .path("id");
    }

    private static String drawn() {
        String id = submitted();
        StoredObject stored = workers.draw(id);
        await().atMost(Duration.ofSeconds(60))
                .until(() -> "SUCCEEDED".equals(given().get("/v1/jobs/" + id).path("state")));
        assertEquals("image/png", stored.contentType());
        return id;
    }

    private <T> HttpResponse<T> events(String id, HttpResponse.BodyHandler<T> body)
            throws IOException, InterruptedException {
        HttpRequest request = HttpRequest.newBuilder(root.resolve("/v1/jobs/" + id + "/events"))
                .header("Origin", APP)
                .header("Accept", "text/event-stream")
                .header("Accept-Encoding", "gzip")
                .timeout(Duration.ofSeconds(20))
                .build();
        return HttpClient.newHttpClient().send(request, body);
    }

    private static String header(HttpResponse<?> response, String name) {
        return response.headers().firstValue(name).orElse("");
    }

    private static List<String> words(String value) {
        return value == null
                ? List.of()
                : Stream.of(value.toLowerCase(Locale.ROOT).split(","))
                        .map(String::strip)
                        .sorted()
                        .toList();
    }
}
