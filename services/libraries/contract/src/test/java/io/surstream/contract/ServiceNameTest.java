package io.surstream.contract;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.Optional;
import org.junit.jupiter.api.Test;

class ServiceNameTest {
    @Test
    void a_service_is_found_by_its_label() {
        assertEquals("prompt-encoder", ServiceName.PROMPT_ENCODER.label());
        for (ServiceName service : ServiceName.values()) {
            assertEquals(Optional.of(service), ServiceName.of(service.label()));
        }
        assertEquals(Optional.empty(), ServiceName.of("operator"));
    }
}
