package io.surstream.teacher.validation;

import static org.junit.jupiter.api.Assertions.assertTrue;

import io.surstream.contract.failure.FailureType;
import io.surstream.models.llama.TeacherRefusedException;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class TeacherReasonTest {
    @ParameterizedTest
    @EnumSource
    void every_reason_is_a_failure_type(TeacherRefusedException.Reason reason) {
        assertTrue(FailureType.of(reason.name()).isPresent(), reason.name());
    }
}
