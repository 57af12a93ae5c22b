package io.surstream.streaming.codec;

import static org.junit.jupiter.api.Assertions.assertTrue;

import io.surstream.contract.failure.FailureType;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class MalformedEventExceptionTest {
    @ParameterizedTest
    @EnumSource
    void every_reason_is_a_failure_type(MalformedEventException.Reason reason) {
        assertTrue(FailureType.of(reason.name()).isPresent(), reason.name());
    }
}
