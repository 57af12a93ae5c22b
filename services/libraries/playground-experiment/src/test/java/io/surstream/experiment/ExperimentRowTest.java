package io.surstream.experiment;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.surstream.training.settings.TrainingSettings;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

class ExperimentRowTest {
    private static final List<ExperimentRow> ALL = Stream.concat(
                    ExperimentRow.main().stream(), ExperimentRow.ablations().stream())
            .toList();

    @Test
    void every_row_has_a_name_of_its_own_that_can_be_a_folder() {
        Set<String> names = new HashSet<>();
        for (ExperimentRow row : ALL) {
            assertTrue(names.add(row.name()), row.name());
            assertTrue(row.name().matches("[a-z0-9.-]+"), row.name());
        }
    }

    @Test
    void every_rows_settings_are_settings_that_the_training_takes() {
        for (ExperimentRow row : ALL) {
            row.settings().ifPresent(TrainingSettings::of);
        }
    }

    @Test
    void an_ablation_differs_in_one_setting_from_the_first_which_is_the_adapters_row_in_fewer_steps() {
        var first = ExperimentRow.ablations().get(0).settings().orElseThrow();
        assertEquals(1, changes(ExperimentRow.ADAPTER.settings().orElseThrow(), first));
        for (ExperimentRow row :
                ExperimentRow.ablations().subList(1, ExperimentRow.ablations().size())) {
            if (!row.name().equals("published")) {
                assertEquals(1, changes(first, row.settings().orElseThrow()), row.name());
            }
        }
    }

    private static long changes(Map<String, Object> from, Map<String, Object> to) {
        return to.entrySet().stream()
                .filter(entry -> !entry.getValue().equals(from.get(entry.getKey())))
                .count();
    }
}
