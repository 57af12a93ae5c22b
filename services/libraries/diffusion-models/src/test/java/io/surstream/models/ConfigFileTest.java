package io.surstream.models;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ConfigFileTest {
    @TempDir
    Path folder;

    @ParameterizedTest
    @ValueSource(strings = {"", "{", "[]", "null", "3", "{\"a\": }", "\u0000\u0001"})
    void a_file_that_holds_no_json_object_is_refused_by_its_name(String text) throws IOException {
        Path file = Files.writeString(folder.resolve("config.json"), text);
        ModelException e = assertThrows(ModelException.class, () -> ConfigFile.read(file));
        assertTrue(e.getMessage().startsWith(file.toString()), e.getMessage());
    }

    @Test
    void a_file_that_is_absent_is_refused_by_its_name() {
        Path file = folder.resolve("config.json");
        ModelException e = assertThrows(ModelException.class, () -> ConfigFile.read(file));
        assertTrue(e.getMessage().startsWith(file + " cannot be read"), e.getMessage());
    }

    @Test
    void one_number_stands_for_every_level_and_null_for_the_default() {
        ConfigFile config = Configs.of("{'heads': 8, 'layers': null, 'widths': [1, 2]}");
        assertEquals(List.of(8, 8, 8), config.counts("heads", 3, 1));
        assertEquals(List.of(2, 2), config.counts("layers", 2, 2));
        assertEquals(List.of(1, 2), config.counts("widths", 2, 7));
        assertThrows(ModelException.class, () -> config.counts("widths", 3, 7));
    }
}
