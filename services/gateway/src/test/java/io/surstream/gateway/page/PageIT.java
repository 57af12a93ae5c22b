package io.surstream.gateway.page;

import static io.restassured.RestAssured.given;
import static org.awaitility.Awaitility.await;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.common.http.TestHTTPResource;
import io.quarkus.test.junit.QuarkusTest;
import io.surstream.gateway.FakeWorkers;
import io.surstream.gateway.PlatformResource;
import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

@QuarkusTest
@QuarkusTestResource(PlatformResource.class)
class PageIT {

    private static final String STATE = "document.querySelector('.badge')?.dataset.state";

    @TempDir
    static Path profile;

    @TestHTTPResource
    URI root;

    private Browser browser;
    private FakeWorkers workers;

    @BeforeEach
    void openThePage() {
        Optional<Path> chromium = Browser.installed();
        assumeTrue(chromium.isPresent(), "skipped: no chromium on the path (apt install chromium)");
        Awaitility.setDefaultTimeout(Duration.ofSeconds(60));
        await().until(() -> given().get("/q/health/ready").statusCode() == 200);
        workers = new FakeWorkers();
        browser = new Browser(chromium.get(), profile);
        browser.open(root);
        await().until(() -> browser.holds("document.querySelectorAll('#examples button').length > 0"));
    }

    @AfterEach
    void closeThePage() {
        if (browser != null) {
            browser.close();
            workers.close();
        }
    }

    @Test
    void aPromptIsTypedWatchedAndBecomesAPicture() {
        // when
        draw("2 heart, blue");
        await().until(() -> browser.holds(STATE + " === 'SUBMITTED'"));
        String id = browser.evaluate("JSON.parse(localStorage.getItem('surstream.history'))[0].id")
                .asText();
        workers.encode(id);
        workers.progress(id, 13);
        // then
        await().until(() -> browser.holds("document.querySelector('progress').value === 13"));
        workers.draw(id);
        await().until(() -> browser.holds(STATE + " === 'SUCCEEDED'"));
        assertTrue(browser.holds("document.querySelector('figure img').src.endsWith('/v1/jobs/" + id + "/images/0')"));
        assertTrue(browser.holds("document.querySelector('.facts').innerText.includes('ddim')"));
        assertTrue(browser.holds("document.querySelectorAll('#history li').length === 1"));
        assertEquals(List.of(), browser.complaints());
    }

    @Test
    void whatIsWrongStandsBesideItsField() {
        draw("");
        await().until(() -> browser.evaluate("document.querySelector('[data-error-for=prompt]').textContent")
                .asText()
                .startsWith("prompt must not be blank"));
        assertTrue(browser.holds("document.getElementById('prompt').getAttribute('aria-invalid') === 'true'"));
        assertEquals(List.of(), browser.complaints());
    }

    @Test
    void aJobIsCancelledByItsButton() {
        draw("a red star");
        await().until(() -> browser.holds(STATE + " === 'SUBMITTED'"));
        browser.evaluate("document.querySelector('.cancel').click()");
        await().until(() -> browser.holds(STATE + " === 'CANCELLED'"));
        assertTrue(browser.holds("document.querySelector('.track').hidden"));
    }

    private void draw(String prompt) {
        browser.evaluate("document.getElementById('prompt').value = '" + prompt + "'; "
                + "document.getElementById('draw').click()");
    }
}
