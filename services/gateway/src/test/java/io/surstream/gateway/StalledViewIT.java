package io.surstream.gateway;

import static io.restassured.RestAssured.given;
import static org.awaitility.Awaitility.await;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNull;

import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.junit.QuarkusTest;
import io.quarkus.test.junit.QuarkusTestProfile;
import io.quarkus.test.junit.TestProfile;
import io.restassured.http.ContentType;
import io.restassured.response.Response;
import io.surstream.gateway.admission.JobIds;
import io.surstream.gateway.jobs.JobFeed;
import jakarta.inject.Inject;
import java.time.Duration;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.CountDownLatch;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** A job view whose thread stands still while records wait. */
@QuarkusTest
@QuarkusTestResource(PlatformResource.class)
@TestProfile(StalledViewIT.Impatient.class)
@Timeout(180)
@Tag("long")
class StalledViewIT {

    private static final String REASON = "checks.find { it.name == 'gateway: job view' }.data.reason";

    @Inject
    JobFeed feed;

    public static final class Impatient implements QuarkusTestProfile {
        @Override
        public Map<String, String> getConfigOverrides() {
            return Map.of("surstream.gateway.view.progress-timeout", "3s");
        }
    }

    @BeforeAll
    static void patience() {
        Awaitility.setDefaultTimeout(Duration.ofSeconds(60));
    }

    @Test
    void a_view_that_takes_no_record_is_not_ready_says_why_and_is_ready_again_when_it_gets_on() {
        await().until(() -> readiness().statusCode() == 200);
        CountDownLatch goOn = new CountDownLatch(1);
        String key = UUID.randomUUID().toString();
        String id = JobIds.ofKey(key);
        Runnable end = feed.watch(id, job -> awaitUninterruptibly(goOn));
        try {
            // when
            submit(key);
            await().until(() -> readiness().statusCode() == 503);
            // then
            String reason = await().until(() -> readiness().path(REASON), text -> text != null);
            assertEquals(
                    "",
                    reason.replaceFirst(
                            "surstream\\.job-events-\\d has been at offset \\d+ for \\d+ s, and \\d+ records wait",
                            ""));
            assertEquals(200, given().get("/q/health/live").statusCode());
        } finally {
            goOn.countDown();
            end.run();
        }
        await().until(() -> readiness().statusCode() == 200);
        assertNull(readiness().<String>path(REASON));
        assertEquals("SUBMITTED", given().get("/v1/jobs/" + id).path("state"));
    }

    private static void submit(String key) {
        given().contentType(ContentType.JSON)
                .header("Idempotency-Key", key)
                .body(Map.of("prompt", "a red heart"))
                .post("/v1/jobs")
                .then()
                .statusCode(202);
    }

    private static Response readiness() {
        return given().get("/q/health/ready");
    }

    private static void awaitUninterruptibly(CountDownLatch latch) {
        try {
            latch.await();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
