package io.surstream.it.rules;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import javax.xml.parsers.DocumentBuilderFactory;
import javax.xml.xpath.XPath;
import javax.xml.xpath.XPathConstants;
import javax.xml.xpath.XPathFactory;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;
import org.w3c.dom.Document;
import org.w3c.dom.NodeList;

/** No test of any module may run without an end: the limits stand in the root pom, and nobody lifts them. */
class TestLimitsTest {
    private static final Path ROOT = Path.of("..").toAbsolutePath().normalize();
    private static final String LIMIT = "junit.jupiter.execution.timeout.default";
    private static final String DUMP = "junit.jupiter.execution.timeout.threaddump.enabled";
    private static final XPath XPATH = XPathFactory.newInstance().newXPath();

    @TestFactory
    Stream<DynamicTest> the_root_pom_limits_tests_and_forks() throws Exception {
        Document pom = parse(ROOT.resolve("pom.xml"));
        return Stream.of("maven-surefire-plugin", "maven-failsafe-plugin")
                .map(plugin -> DynamicTest.dynamicTest(plugin, () -> {
                    String configuration = "/project/build/pluginManagement/plugins/plugin[artifactId='" + plugin
                            + "']/configuration/";
                    String properties = configuration + "systemPropertyVariables/";
                    assertFalse(value(pom, properties + LIMIT).isEmpty(), LIMIT);
                    assertEquals("true", value(pom, properties + DUMP));
                    assertFalse(
                            value(pom, configuration + "forkedProcessTimeoutInSeconds")
                                    .isEmpty(),
                            "limit of a fork");
                    assertFalse(
                            value(pom, configuration + "forkedProcessExitTimeoutInSeconds")
                                    .isEmpty(),
                            "limit of its exit");
                }));
    }

    @Test
    void the_limits_reach_the_tests() {
        assertEquals("2 m", System.getProperty(LIMIT));
    }

    @TestFactory
    Stream<DynamicTest> no_module_has_limits_of_its_own() throws Exception {
        return modules()
                .map(module -> DynamicTest.dynamicTest(module, () -> {
                    String pom = Files.readString(ROOT.resolve(module).resolve("pom.xml"));
                    for (String limit : List.of(
                            "execution.timeout", "surstream.test.limit", "surstream.it.limit", "forkedProcess")) {
                        assertFalse(pom.contains(limit), limit);
                    }
                    Path settings = Path.of("src/test/resources/junit-platform.properties");
                    assertFalse(Files.exists(ROOT.resolve(module).resolve(settings)), settings.toString());
                }));
    }

    private static Stream<String> modules() throws Exception {
        var found = (NodeList)
                XPATH.evaluate("/project/modules/module", parse(ROOT.resolve("pom.xml")), XPathConstants.NODESET);
        return IntStream.range(0, found.getLength()).mapToObj(i -> found.item(i).getTextContent());
    }

    private static String value(Document pom, String path) throws Exception {
        return XPATH.evaluate(path, pom);
    }

    private static Document parse(Path pom) throws IOException {
        try {
            return DocumentBuilderFactory.newInstance().newDocumentBuilder().parse(pom.toFile());
        } catch (Exception e) {
            throw new IOException("cannot read " + pom, e);
        }
    }
}
