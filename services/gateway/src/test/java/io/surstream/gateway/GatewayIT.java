package io.surstream.gateway;

import static io.restassured.RestAssured.given;
import static org.awaitility.Awaitility.await;
import static org.hamcrest.Matchers.containsString;
import static org.hamcrest.Matchers.equalTo;
import static org.hamcrest.Matchers.hasItems;
import static org.hamcrest.Matchers.hasSize;
import static org.hamcrest.Matchers.notNullValue;
import static org.hamcrest.Matchers.startsWith;
import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.common.http.TestHTTPResource;
import io.quarkus.test.junit.QuarkusTest;
import io.restassured.response.Response;
import io.restassured.specification.RequestSpecification;
import io.surstream.storage.StoredObject;
import java.net.URI;
import java.time.Duration;
import java.util.UUID;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

@QuarkusTest
@QuarkusTestResource(PlatformResource.class)
class GatewayIT {

    private static final String PROBLEM = "application/problem+json";
    private static FakeWorkers workers;

    @TestHTTPResource
    URI root;

    @BeforeAll
    static void hireWorkers() {
        Awaitility.setDefaultTimeout(Duration.ofSeconds(60));
        workers = new FakeWorkers();
    }

    @BeforeEach
    void awaitReadiness() {
        await().until(() -> given().get("/q/health/ready").statusCode() == 200);
    }

    @AfterAll
    static void dismissWorkers() {
        workers.close();
    }

    @Test
    void aJobIsWatchedFromItsSubmissionToItsImage() {
        // given
        Response submitted =
                json("{\"prompt\": \"2 heart, blue\", \"seed\": 7}").post("/v1/jobs");
        submitted.then().statusCode(202).body("state", equalTo("SUBMITTED")).body("sampling.seed", equalTo(7));
        String id = submitted.path("id");
        assertTrue(submitted.header("Location").endsWith("/v1/jobs/" + id));
        given().get("/v1/jobs/" + id).then().statusCode(200).body("prompt", equalTo("2 heart, blue"));
        given().get("/v1/jobs/" + id + "/images/0").then().statusCode(409).contentType(PROBLEM);
        EventReader events = new EventReader(root.resolve("/v1/jobs/" + id + "/events"));
        await().until(() -> events.saw("SUBMITTED") && events.saw("still SUBMITTED"));
        // when
        workers.encode(id);
        await().until(() -> events.saw("ENCODED"));
        workers.progress(id, 3);
        workers.progress(id, 4);
        await().until(() -> events.saw("\"steps_done\":4"));
        StoredObject stored = workers.draw(id);
        // then
        await().until(events::hasEnded);
        assertTrue(events.saw("SUCCEEDED"));
        assertEquals("state", events.events().get(events.events().size() - 1));
        assertTrue(events.events().contains("progress") || events.saw("SAMPLING"));
        given().get("/v1/jobs/" + id)
                .then()
                .body("state", equalTo("SUCCEEDED"))
                .body("images", hasSize(1))
                .body("images[0].url", equalTo("/v1/jobs/" + id + "/images/0"))
                .body("sampling.num_inference_steps", equalTo(20));
        String tag = '"' + stored.sha256().orElseThrow() + '"';
        Response image = given().get("/v1/jobs/" + id + "/images/0");
        image.then().statusCode(200).contentType("image/png").header("ETag", tag);
        assertArrayEquals(FakeWorkers.IMAGE, image.asByteArray());
        given().header("If-None-Match", tag)
                .get("/v1/jobs/" + id + "/images/0")
                .then()
                .statusCode(304);
        given().get("/v1/jobs/" + id + "/images/1").then().statusCode(404).body("limit", containsString("0 to 0"));
        String presigned = given().redirects()
                .follow(false)
                .get("/v1/jobs/" + id + "/images/0?redirect=presigned")
                .then()
                .statusCode(307)
                .extract()
                .header("Location");
        assertArrayEquals(
                FakeWorkers.IMAGE,
                given().urlEncodingEnabled(false).get(presigned).asByteArray());
        given().header("Last-Event-ID", events.lastId())
                .get("/v1/jobs/" + id + "/events")
                .then()
                .statusCode(204);
        given().delete("/v1/jobs/" + id).then().statusCode(409).contentType(PROBLEM);
        workers.loseImage(id);
        given().get("/v1/jobs/" + id + "/images/0").then().statusCode(410).contentType(PROBLEM);
        given().redirects()
                .follow(false)
                .get("/v1/jobs/" + id + "/images/0?redirect=presigned")
                .then()
                .statusCode(410)
                .contentType(PROBLEM);
    }

    @Test
    void theSameKeyAndRequestNameTheSameJobAndAnotherRequestIsRefused() {
        // given
        String key = UUID.randomUUID().toString();
        String body = "{\"prompt\": \"a red star\", \"steps\": 20}";
        String id = json(body)
                .header("Idempotency-Key", key)
                .post("/v1/jobs")
                .then()
                .statusCode(202)
                .extract()
                .path("id");
        // when, then: at once, and when the view knows the job
        keyed(key, body).then().statusCode(200).body("id", equalTo(id));
        workers.encode(id);
        await().until(() -> "ENCODED".equals(given().get("/v1/jobs/" + id).path("state")));
        keyed(key, body).then().statusCode(200).body("id", equalTo(id)).body("state", equalTo("ENCODED"));
        keyed(key, "{\"prompt\": \"a blue star\"}")
                .then()
                .statusCode(422)
                .contentType(PROBLEM)
                .body("field", equalTo("Idempotency-Key"));
    }

    @Test
    void aCancelledJobIsCancelledAndStaysSo() {
        // given
        String id = json("{\"prompt\": \"a red star\"}").post("/v1/jobs").path("id");
        EventReader events = new EventReader(root.resolve("/v1/jobs/" + id + "/events"));
        // when
        given().delete("/v1/jobs/" + id).then().statusCode(202).body("state", equalTo("CANCELLED"));
        // then
        await().until(() -> "CANCELLED".equals(given().get("/v1/jobs/" + id).path("state")));
        await().until(events::hasEnded);
        given().delete("/v1/jobs/" + id).then().statusCode(202);
        given().get("/v1/jobs/" + id + "/images/0").then().statusCode(409);
    }

    @Test
    void a_job_that_is_purged_goes_with_its_images_and_late_events_do_not_bring_it_back() {
        // given
        String id = json("{\"prompt\": \"a red star\"}").post("/v1/jobs").path("id");
        given().delete("/v1/jobs/" + id + "?purge=true").then().statusCode(409).contentType(PROBLEM);
        given().delete("/v1/jobs/" + id + "?purge=yes").then().statusCode(400).contentType(PROBLEM);
        workers.draw(id);
        await().until(() -> "SUCCEEDED".equals(given().get("/v1/jobs/" + id).path("state")));
        // when
        given().delete("/v1/jobs/" + id + "?purge=true").then().statusCode(204);
        await().until(() -> given().get("/v1/jobs/" + id).statusCode() == 410);
        workers.encode(id);
        workers.draw(id);
        workers.progress(id, 3);
        String other = json("{\"prompt\": \"a red star\"}").post("/v1/jobs").path("id");
        workers.draw(other);
        await().until(() -> "SUCCEEDED".equals(given().get("/v1/jobs/" + other).path("state")));
        // then
        given().get("/v1/jobs/" + id).then().statusCode(410).contentType(PROBLEM);
        given().get("/v1/jobs/" + id + "/events").then().statusCode(410);
        given().get("/v1/jobs/" + id + "/images/0").then().statusCode(410);
        given().delete("/v1/jobs/" + id + "?purge=true").then().statusCode(204);
        assertFalse(workers.hasImage(id));
        given().delete("/v1/jobs/nobody?purge=true").then().statusCode(404);
    }

    @Test
    void whatAWorkerRefusesIsShownWithItsReason() {
        String id =
                json("{\"prompt\": \"a very long prompt\"}").post("/v1/jobs").path("id");
        workers.refuse(id);
        await().until(() -> "FAILED".equals(given().get("/v1/jobs/" + id).path("state")));
        given().get("/v1/jobs/" + id)
                .then()
                .body("failure.type", equalTo("PROMPT_TOO_LONG"))
                .body("failure.stage", equalTo("prompt-encoder"));
    }

    @Test
    void everythingWrongWithARequestIsSaidAtOnce() {
        json("{\"prompt\": \"\", \"steps\": 0, \"guidance_scale\": NaN, \"hight\": 64}")
                .post("/v1/jobs")
                .then()
                .statusCode(400)
                .contentType(PROBLEM)
                .body("type", equalTo("urn:surstream:problem:invalid-request"))
                .body("field", notNullValue())
                .body("errors.field", hasItems("prompt", "num_inference_steps", "guidance_scale", "hight"));
    }

    @Test
    void wrongAddressesMethodsAndMediaTypesAreProblemsToo() {
        given().get("/v1/jobs/nobody").then().statusCode(404).contentType(PROBLEM);
        given().get("/v1/jobs/nobody/events").then().statusCode(404).contentType(PROBLEM);
        given().delete("/v1/jobs/nobody").then().statusCode(404).contentType(PROBLEM);
        given().put("/v1/jobs").then().statusCode(405).contentType(PROBLEM);
        given().contentType("text/plain")
                .body("a heart")
                .post("/v1/jobs")
                .then()
                .statusCode(415)
                .contentType(PROBLEM);
    }

    @Test
    void aBodyBeyondTheLimitIsRefused() {
        json("{\"prompt\": \"" + "a".repeat(1_100_000) + "\"}")
                .post("/v1/jobs")
                .then()
                .statusCode(413)
                .contentType(PROBLEM);
    }

    @Test
    void thePageAndTheDescriptionOfTheInterfaceAreServed() {
        given().get("/").then().statusCode(200).body(containsString("What should the image show?"));
        given().get("/surstream.js").then().statusCode(200).contentType(startsWith("text/javascript"));
        given().get("/q/openapi")
                .then()
                .statusCode(200)
                .body(containsString("/v1/jobs/{id}/events"))
                .body(containsString("num_inference_steps"))
                .body(containsString("2 heart, blue"));
        given().get("/q/openapi?format=json")
                .then()
                .body("info.title", equalTo("SurStream"))
                .body("components.responses.Problem.content", notNullValue())
                .body("components.schemas.Problem.properties.errors", notNullValue());
        given().get("/q/metrics").then().statusCode(200).body(containsString("surstream_jobs_in_flight"));
    }

    private static RequestSpecification json(String body) {
        return given().contentType("application/json").body(body);
    }

    private static Response keyed(String key, String body) {
        return json(body).header("Idempotency-Key", key).post("/v1/jobs");
    }
}
