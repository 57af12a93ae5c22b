package io.surstream.access;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;

import com.google.protobuf.Descriptors.MethodDescriptor;
import com.google.protobuf.Descriptors.ServiceDescriptor;
import io.surstream.v1.Services;
import java.util.Arrays;
import java.util.Set;
import java.util.TreeSet;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class CallerRoleTest {
    @Test
    void every_method_of_the_deployment_has_somebody_who_may_call_it_and_nobody_may_call_another() {
        Set<String> all = new TreeSet<>();
        for (ServiceDescriptor service : Services.getDescriptor().getServices()) {
            for (MethodDescriptor method : service.getMethods()) {
                all.add(service.getFullName() + "/" + method.getName());
            }
        }
        Set<String> inTheTable = new TreeSet<>();
        Arrays.stream(CallerRole.values()).map(CallerRole::methods).forEach(inTheTable::addAll);

        assertFalse(all.isEmpty());
        assertEquals(all, inTheTable, "a new method belongs into CallerRole: who calls it?");
    }

    @ParameterizedTest
    @CsvSource({
        "surstream.v1.PromptEncoder/Encode, PROMPT_APP",
        "surstream.v1.ImageSampler/Sample, PROMPT_APP",
        "surstream.v1.LlmTeacher/EmbedStream, EMBEDDING_APP",
        "surstream.v1.Curator/Import, OPERATOR",
        "surstream.v1.Trainer/StopRun, OPERATOR",
        "surstream.v1.Evaluator/Evaluate, OPERATOR"
    })
    void whoever_wants_images_starts_no_training_and_the_other_way_round(String method, CallerRole only) {
        assertEquals(Set.of(only), CallerRole.allowed(method));
    }
}
