package io.surstream.it.docs;

import static org.junit.jupiter.api.Assertions.assertAll;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;

import io.surstream.it.deploy.SettingNames;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ConfigurationPageTest {
    private static final Path ROOT = Path.of("..").toAbsolutePath().normalize();
    private static final Path PAGE = ROOT.resolve("docs/configuration.md");

    @TempDir
    Path folder;

    @Test
    void page_says_what_the_sources_say() throws IOException {
        String made = ConfigurationPage.render(ROOT);
        if (Boolean.getBoolean("surstream.docs.write")) {
            Files.writeString(PAGE, made);
        }

        assertEquals(made, Files.readString(PAGE), "docs/configuration.md has drifted; run ./docs/generate");
    }

    @Test
    void the_list_by_which_services_refuse_unknown_names_says_what_the_sources_say() throws IOException {
        String made = SettingNames.of(ROOT, "standalone").properties().stream()
                .sorted()
                .map(name -> name + '\n')
                .collect(Collectors.joining());
        Path list = list();
        if (Boolean.getBoolean("surstream.docs.write")) {
            Files.writeString(list, made);
        }

        assertEquals(made, Files.readString(list), list + " has drifted; run ./docs/generate");
    }

    private static Path list() throws IOException {
        try (Stream<Path> files = Files.walk(ROOT.resolve("services/libraries"))) {
            return files.filter(file -> file.endsWith("src/main/resources/META-INF/surstream/settings.txt"))
                    .findFirst()
                    .orElseThrow();
        }
    }

    @Test
    void every_setting_is_explained() throws IOException {
        try (var files = Files.walk(ROOT.resolve("services"))) {
            for (Path file : files.filter(path -> path.toString().endsWith("Config.java"))
                    .toList()) {
                ConfigurationSource.of(file)
                        .ifPresent(source -> assertAll(source.settings().stream()
                                .map(setting -> () ->
                                        assertFalse(setting.meaning().isBlank(), setting.name() + " has no Javadoc"))));
            }
        }
    }

    @Test
    void names_defaults_groups_and_enums_are_read_off_the_source() throws IOException {
        Path file = folder.resolve("KilnConfig.java");
        Files.writeString(file, """
                /** Of the kiln. */
                @ConfigMapping(prefix = "kiln")
                interface KilnConfig {
                    /** Kelvin, {@code 300..2000}. */
                    @WithDefault("1200")
                    int maxHeat();
                    /** May be absent. */
                    Optional<java.nio.file.Path> door();
                    /** How it burns. */
                    Fuel fuel();
                    /** Its shelves. */
                    Shelves shelves();
                    interface Shelves {
                        /** How many. */
                        @WithName("number") long count();
                    }
                    enum Fuel { WOOD, DRY_MOSS }
                }
                """);

        ConfigurationSource kiln = ConfigurationSource.of(file).orElseThrow();

        assertEquals("Of the kiln.", kiln.meaning());
        assertEquals(
                List.of(
                        new Setting("kiln.max-heat", "int", Optional.of("1200"), false, "Kelvin, `300..2000`."),
                        new Setting("kiln.door", "Path", Optional.empty(), false, "May be absent."),
                        new Setting("kiln.fuel", "wood, dry-moss", Optional.empty(), true, "How it burns."),
                        new Setting("kiln.shelves.number", "long", Optional.empty(), true, "How many.")),
                kiln.settings());
    }

    @Test
    void inherited_settings_have_the_prefix_of_the_mapping_that_inherits_them() throws IOException {
        Files.writeString(folder.resolve("Heat.java"), """
                interface Heat {
                    /** Kelvin. */
                    int maxHeat();
                }
                """);
        Path file = folder.resolve("KilnConfig.java");
        Files.writeString(file, """
                /** Of the kiln. */
                @ConfigMapping(prefix = "kiln")
                interface KilnConfig extends Heat {
                    /** Open or not. */
                    boolean open();
                }
                """);

        ConfigurationSource kiln = ConfigurationSource.of(file).orElseThrow();

        assertEquals(
                List.of(
                        new Setting("kiln.max-heat", "int", Optional.empty(), true, "Kelvin."),
                        new Setting("kiln.open", "boolean", Optional.empty(), true, "Open or not.")),
                kiln.settings());
    }
}
