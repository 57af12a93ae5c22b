package io.surstream.gateway.rest;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.PropertyNamingStrategies.SnakeCaseStrategy;
import io.surstream.contract.prompt.PromptField;
import io.surstream.schedulers.SchedulerNames;
import java.io.IOException;
import java.io.InputStream;
import java.lang.reflect.RecordComponent;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Pattern;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.junit.jupiter.api.Test;

/** The API's description and the page say of a request what the contract reads. */
class JobRequestTest {
    @Test
    void the_description_has_every_field_of_the_contract_and_no_other() {
        Set<String> described = new TreeSet<>(Arrays.stream(JobRequest.class.getRecordComponents())
                .map(component -> new SnakeCaseStrategy().translate(component.getName()))
                .toList());

        assertEquals(new TreeSet<>(PromptField.requestNames()), described);
    }

    @Test
    void the_description_has_every_scheduler() {
        RecordComponent scheduler = Arrays.stream(JobRequest.class.getRecordComponents())
                .filter(component -> component.getName().equals("scheduler"))
                .findFirst()
                .orElseThrow();

        assertEquals(
                SchedulerNames.all(),
                List.of(scheduler.getAccessor().getAnnotation(Schema.class).enumeration()));
    }

    @Test
    void the_page_offers_every_scheduler() throws IOException {
        String page;
        try (InputStream file = JobRequest.class.getResourceAsStream("/META-INF/resources/index.html")) {
            page = new String(file.readAllBytes(), StandardCharsets.UTF_8);
        }
        List<String> offered = Pattern.compile("<option>([a-z0-9-]+)</option>")
                .matcher(page)
                .results()
                .map(match -> match.group(1))
                .toList();

        assertTrue(page.contains("name=\"num_inference_steps\""), "errors name the field so");
        assertEquals(SchedulerNames.all(), offered);
    }
}
