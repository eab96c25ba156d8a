package org.scaledimaging.workflowengines;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.dataformat.yaml.YAMLFactory;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** The files meta.yml and meta.yaml describe what modules and wrappers do. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class DescriptionsTest {
    private static final Path ROOT = Path.of(System.getProperty("project.root"));
    private static final ObjectMapper YAML = new ObjectMapper(new YAMLFactory());

    private static List<Path> folders(String place) throws IOException {
        try (Stream<Path> folders = Files.list(ROOT.resolve(place))) {
            List<Path> verbs = folders.sorted().toList();
            assertEquals(
                    List.of("convert", "process", "report", "segment"),
                    verbs.stream().map(verb -> verb.getFileName() + "").toList());
            return verbs;
        }
    }

    List<Path> modules() throws IOException {
        return folders("workflows/nextflow/modules/scaledimaging");
    }

    List<Path> wrappers() throws IOException {
        return folders("workflows/snakemake/scaled-imaging");
    }

    private static List<String> all(String text, String expression) {
        return Pattern.compile(expression)
                .matcher(text)
                .results()
                .map((MatchResult match) -> match.group(1))
                .toList();
    }

    private static List<String> keys(JsonNode node) {
        List<String> keys = new ArrayList<>();
        node.fieldNames().forEachRemaining(keys::add);
        return keys;
    }

    /** The names of the inputs, and of the outputs each with its pattern, in their order. */
    @ParameterizedTest
    @MethodSource("modules")
    void aModuleIsAsDescribed(Path module) throws IOException {
        String main = Files.readString(module.resolve("main.nf"));
        JsonNode meta = YAML.readTree(module.resolve("meta.yml").toFile());
        String verb = module.getFileName().toString();
        assertEquals("scaledimaging_" + verb, meta.path("name").asText());
        assertTrue(main.startsWith("process SCALEDIMAGING_" + verb.toUpperCase() + " {"), main);
        assertTrue(main.contains("\n    scaled-imaging " + verb + " \\\\\n"), main);

        String input = main.substring(main.indexOf("input:"), main.indexOf("output:"));
        List<String> names = new ArrayList<>();
        meta.path("input").get(0).forEach(entry -> names.addAll(keys(entry)));
        assertEquals(names, all(input, "(?:val|path)\\((\\w+)"));

        String output = main.substring(main.indexOf("output:"), main.indexOf("when:"));
        JsonNode outputs = meta.path("output");
        assertEquals(keys(outputs), all(output, "emit: (\\w+)"));
        List<String> patterns = new ArrayList<>();
        outputs.forEach(entry -> {
            JsonNode last = entry.get(entry.size() - 1);
            JsonNode element = last.isArray() ? last.get(last.size() - 1) : last;
            patterns.addAll(keys(element));
        });
        assertEquals(patterns, all(output, "path\\(?\\s*\"([^\"]+)\""));
    }

    /** What nf-core's schema asks of a description; where the tool is at home, the publisher says. */
    @ParameterizedTest
    @MethodSource("modules")
    void aModuleSaysWhoseToolItRuns(Path module) throws IOException {
        JsonNode meta = YAML.readTree(module.resolve("meta.yml").toFile());
        assertTrue(Set.copyOf(keys(meta)).containsAll(Set.of("description", "authors", "maintainers")), meta::toString);
        assertTrue(meta.path("keywords").size() >= 3, meta::toString);
        JsonNode tool = meta.path("tools").path(0).path("scaled-imaging");
        assertEquals("[\"GPL-3.0-only\"]", tool.path("licence").toString());
        String source = all(Files.readString(ROOT.resolve("features/publisher.properties")), "Source: (\\S+?)\\\\n")
                .get(0);
        for (String link : List.of("homepage", "documentation", "tool_dev_url")) {
            assertEquals(source, tool.path(link).asText(), link);
        }
    }

    @ParameterizedTest
    @MethodSource("modules")
    void theContainerIsThatOfThisVersion(Path module) throws IOException {
        String main = Files.readString(module.resolve("main.nf"));
        String version = all(Files.readString(ROOT.resolve("pom.xml")), "<version>([\\d.]+)(?:-SNAPSHOT)?</version>")
                .get(0);
        assertEquals(List.of("scaled-imaging:" + version), all(main, "container '([^']+)'"));
    }

    @ParameterizedTest
    @MethodSource("wrappers")
    void aWrapperIsAsDescribed(Path wrapper) throws IOException {
        String code = Files.readString(wrapper.resolve("wrapper.py"));
        JsonNode meta = YAML.readTree(wrapper.resolve("meta.yaml").toFile());
        String verb = wrapper.getFileName().toString();
        assertEquals("scaled-imaging " + verb, meta.path("name").asText());
        assertTrue(code.contains("\"(scaled-imaging " + verb + "\""), code);
        for (String kind : List.of("input", "output")) {
            List<String> names = new ArrayList<>();
            meta.path(kind).forEach(line -> names.add(line.asText().replaceFirst(":.*", "")));
            assertEquals(
                    names.stream().sorted().toList(),
                    all(code, "snakemake\\." + kind + "\\.(?:get\\(\")?(\\w+)").stream()
                            .filter(name -> !name.equals("get"))
                            .sorted()
                            .toList());
        }
    }
}
