package io.surstream.gateway.page;

import static io.restassured.RestAssured.given;
import static org.awaitility.Awaitility.await;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.common.http.TestHTTPResource;
import io.quarkus.test.junit.QuarkusTest;
import io.restassured.path.json.JsonPath;
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
    private static final String CARDS = "[...document.querySelectorAll('#now .job')]";
    private static final String BADGES = CARDS + ".map(card => card.querySelector('.badge').dataset.state).join()";
    private static final String CAPTIONS = CARDS + ".map(card => card.querySelector('.caption').textContent).join()";
    private static final String PLACES = CARDS + ".map(card => card.getBoundingClientRect())";

    @TempDir
    Path profile;

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
    void aPromptIsTypedWatchedAndBecomesAnImage() {
        // when
        draw("2 heart, blue");
        await().until(() -> browser.holds(STATE + " === 'SUBMITTED'"));
        String id = remembered(0);
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

    @Test
    void aComparisonDrawsOnePromptFromOneSeedWithoutAndWithTheAdapterSideBySide() {
        // when
        compare("a pair of hearts");
        await().until(() -> text(BADGES).equals("SUBMITTED,SUBMITTED"));
        String plain = remembered(0);
        String adapted = remembered(1);
        // then
        JsonPath first = job(plain);
        JsonPath second = job(adapted);
        assertEquals("none", first.getString("adapter.name"));
        assertEquals("live", second.getString("adapter.name"));
        assertNotNull(first.getString("sampling.seed"));
        assertEquals(first.getString("sampling.seed"), second.getString("sampling.seed"));
        assertEquals("without adapter,with adapter live", text(CAPTIONS));
        // when
        workers.encode(plain);
        workers.encode(adapted);
        workers.progress(adapted, 9);
        // then
        await().until(() -> browser.holds(CARDS + "[1].querySelector('progress').value === 9"));
        assertFalse(browser.holds(CARDS + "[0].querySelector('progress').value === 9"));
        workers.draw(plain);
        workers.draw(adapted, "c0ffee");
        await().until(() -> text(BADGES).equals("SUCCEEDED,SUCCEEDED"));
        assertEquals("without adapter,with adapter c0ffee", text(CAPTIONS));
        assertEquals(
                "a pair of hearts: without adapter: Done; with adapter c0ffee: Done",
                text("document.getElementById('announcer').textContent"));
        assertEquals("2", text("String(document.querySelectorAll('#history li').length)"));
        assertEquals(List.of(), browser.complaints());
    }

    @Test
    void theCardsOfAComparisonStandSideBySideAndOnANarrowScreenOneBelowTheOther() {
        compare("a pair of hearts");
        await().until(() -> text(BADGES).equals("SUBMITTED,SUBMITTED"));
        browser.resize(1000);
        await().until(() -> browser.holds("(([a, b]) => a.top === b.top && a.right < b.left)(" + PLACES + ")"));
        browser.resize(360);
        await().until(() -> browser.holds("(([a, b]) => a.left === b.left && a.bottom < b.top)(" + PLACES + ")"));
        assertTrue(browser.holds("document.documentElement.scrollWidth <= 360"));
    }

    @Test
    void whereNoAdapterIsLiveTheSecondCardSaysSoAndTheFirstIsDrawn() {
        // when
        set("seed", "7");
        set("adapter", "none");
        compare("a pair of hearts");
        await().until(() -> text(BADGES).equals("SUBMITTED,SUBMITTED"));
        String plain = remembered(0);
        String adapted = remembered(1);
        workers.missAdapter(adapted);
        workers.encode(plain);
        workers.draw(plain);
        // then
        await().until(() -> text(BADGES).equals("SUCCEEDED,MISSING"));
        assertTrue(text(CARDS + "[1].querySelector('.reason').textContent").startsWith("There is no live adapter"));
        assertEquals("No adapter", text("document.querySelector('#history .blank').textContent"));
        assertEquals("7", job(adapted).getString("sampling.seed"));
        assertEquals(List.of(), browser.complaints());
    }

    @Test
    void halfAComparisonThatIsTurnedAwayFailsOnItsOwnCard() {
        // given
        browser.evaluate("(real => window.fetch = (path, options) => options?.body?.includes('\"none\"')"
                + " ? Promise.resolve(new Response('{\"detail\": \"too many jobs\"}', { status: 429 }))"
                + " : real(path, options))(window.fetch)");
        // when
        compare("a pair of hearts");
        // then
        await().until(() -> text(BADGES).equals("FAILED,SUBMITTED"));
        assertEquals("too many jobs", text(CARDS + "[0].querySelector('.reason').textContent"));
        workers.encode(remembered(0));
        await().until(() -> text(BADGES).equals("FAILED,ENCODED"));
    }

    private void draw(String prompt) {
        set("prompt", prompt);
        browser.evaluate("document.getElementById('draw').click()");
    }

    private void compare(String prompt) {
        set("prompt", prompt);
        browser.evaluate("document.getElementById('compare').click()");
    }

    private void set(String field, String value) {
        browser.evaluate("document.getElementById('" + field + "').value = '" + value + "'");
    }

    private String text(String expression) {
        return browser.evaluate(expression).asText();
    }

    /** @return the identity of a job in the page's history, 0 for the newest */
    private String remembered(int place) {
        return text("JSON.parse(localStorage.getItem('surstream.history'))[" + place + "].id");
    }

    private static JsonPath job(String id) {
        return given().get("/v1/jobs/" + id).then().statusCode(200).extract().jsonPath();
    }
}
