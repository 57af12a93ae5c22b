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

class CellTest {
    private static final List<Cell> ALL =
            Stream.concat(Cell.main().stream(), Cell.ablations().stream()).toList();

    @Test
    void every_row_has_a_name_of_its_own_that_can_be_a_folder() {
        Set<String> names = new HashSet<>();
        for (Cell cell : ALL) {
            assertTrue(names.add(cell.name()), cell.name());
            assertTrue(cell.name().matches("[a-z0-9.-]+"), cell.name());
        }
    }

    @Test
    void every_rows_settings_are_settings_that_the_training_takes() {
        for (Cell cell : ALL) {
            cell.settings().ifPresent(TrainingSettings::of);
        }
    }

    @Test
    void an_ablation_differs_in_one_setting_from_the_first_which_is_the_adapters_row_in_fewer_steps() {
        var first = Cell.ablations().get(0).settings().orElseThrow();
        assertEquals(1, changes(Cell.ADAPTER.settings().orElseThrow(), first));
        for (Cell cell : Cell.ablations().subList(1, Cell.ablations().size())) {
            if (!cell.name().equals("published")) {
                assertEquals(1, changes(first, cell.settings().orElseThrow()), cell.name());
            }
        }
    }

    private static long changes(Map<String, Object> from, Map<String, Object> to) {
        return to.entrySet().stream()
                .filter(entry -> !entry.getValue().equals(from.get(entry.getKey())))
                .count();
    }
}
