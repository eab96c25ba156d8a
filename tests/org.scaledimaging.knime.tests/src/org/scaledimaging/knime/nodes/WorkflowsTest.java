package org.scaledimaging.knime.nodes;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.file.Files;
import java.nio.file.Path;
import java.time.OffsetDateTime;
import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.Stream;
import javax.xml.parsers.DocumentBuilderFactory;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.knime.core.data.DataTableSpec;
import org.knime.core.node.port.PortObjectSpec;
import org.knime.core.node.port.PortType;
import org.knime.node.parameters.NodeParameters;
import org.scaledimaging.knime.nodes.TemplateWorkflow.Connection;
import org.scaledimaging.knime.nodes.TemplateWorkflow.Placed;
import org.w3c.dom.Element;
import org.w3c.dom.Node;

/** The workflows agree with the nodes: factories, ports, settings, states. */
class WorkflowsTest {
    private static final String WORKFLOW = "knime://knime.workflow/";

    static List<String> names() {
        return TemplateWorkflow.names();
    }

    static List<String> all() throws Exception {
        return TemplateWorkflow.all();
    }

    @Test
    void everyFolderIsOne() throws Exception {
        try (Stream<Path> folders = Files.list(TemplateWorkflow.ALL)) {
            assertEquals(
                    new TreeSet<>(names()),
                    new TreeSet<>(folders.filter(folder -> Files.exists(folder.resolve("workflow.knime")))
                            .map(folder -> folder.getFileName().toString())
                            .toList()));
        }
    }

    @ParameterizedTest
    @MethodSource("all")
    void theOldestSupportedKnimeCanLoadIt(String name) throws Exception {
        WorkflowXml xml = TemplateWorkflow.of(name).xml();
        assertEquals("5.8.0", xml.text("created_by"));
        assertEquals("5.1.0", xml.text("version"));
        for (WorkflowXml annotation : xml.config("annotations").configs().values()) {
            checkAnnotation(annotation);
        }
        assertFalse(xml.config("annotations").configs().isEmpty());
    }

    private static void checkAnnotation(WorkflowXml annotation) {
        assertFalse(annotation.text("text").isBlank());
        assertTrue(annotation
                .entries()
                .keySet()
                .containsAll(List.of("bgcolor", "x-coordinate", "y-coordinate", "width", "height", "alignment")));
    }

    /** Which plugins are installed is not the template's to say. */
    private static Class<? extends NodeParameters> withoutPlugins(Class<? extends NodeParameters> type) {
        return type.getName().contains(".made.") ? type.getSuperclass().asSubclass(NodeParameters.class) : type;
    }

    @ParameterizedTest
    @MethodSource("names")
    void everyNodeHasTheSettingsOfItsFactory(String name) throws Exception {
        for (Placed node : TemplateWorkflow.of(name).nodes().values()) {
            if (!node.isOurs()) {
                assertTrue(TemplateWorkflow.BASE_PORTS.containsKey(node.factory()), node.factory());
                assertFalse(node.settings().config("model").entries().isEmpty());
                continue;
            }
            node.parameters(Map.of());
            assertEquals(
                    new TreeSet<>(NodeSetTest.settings(withoutPlugins(NodeSetTest.parameters(node.ours())))
                            .keySet()),
                    new TreeSet<>(node.settings().config("model").entries().keySet()));
            String title = (String) NodeRunner.field(NodeRunner.definition(node.ours()), "m_name");
            assertEquals(title, node.settings().text("node-name"));
            assertEquals("org.scaledimaging.knime", node.settings().text("node-bundle-symbolic-name"));
            for (String key : node.variables().keySet()) {
                assertTrue(node.settings().config("model").entries().containsKey(key), key);
            }
        }
    }

    /** Settings that came after a test was saved are not in it: it tests that what was saved is still loaded. */
    @Test
    void everyNodeIsTestedByAWorkflowThatIsStillLoaded() throws Exception {
        TreeSet<String> tested = new TreeSet<>();
        for (String test : TemplateWorkflow.tests()) {
            List<String> factories = new ArrayList<>();
            for (Placed node : TemplateWorkflow.of(test).nodes().values()) {
                factories.add(node.factory());
                if (node.isOurs()) {
                    node.parameters(Map.of());
                    tested.add(node.ours().getClass().getName());
                }
            }
            assertEquals(1, Collections.frequency(factories, TemplateWorkflow.TEST_CONFIGURATION), test);
        }
        for (var factory : NodeSetTest.factories()) {
            assertTrue(tested.contains(factory.getClass().getName()), () -> factory + " is in no workflow of testing");
        }
    }

    /** In the form that KNIME reads, which refuses anything else: elements in this order. */
    @ParameterizedTest
    @MethodSource("all")
    void itSaysWhatItIs(String name) throws Exception {
        Element root = DocumentBuilderFactory.newInstance()
                .newDocumentBuilder()
                .parse(TemplateWorkflow.of(name)
                        .folder()
                        .resolve("workflow-metadata.xml")
                        .toFile())
                .getDocumentElement();
        assertEquals("workflow-metadata", root.getTagName());
        assertEquals("http://www.knime.org/core/node/workflow/metadata/v1.0", root.getAttribute("xmlns"));
        assertEquals("text/plain", root.getAttribute("content-type"));
        Map<String, String> texts = new LinkedHashMap<>();
        for (Node child = root.getFirstChild(); child != null; child = child.getNextSibling()) {
            if (child instanceof Element element) {
                assertEquals(null, texts.put(element.getTagName(), element.getTextContent()));
            }
        }
        List<String> order =
                new ArrayList<>(List.of("author", "created", "last-modified", "description", "tags", "links"));
        order.retainAll(texts.keySet());
        assertEquals(order, List.copyOf(texts.keySet()));
        assertTrue(
                !OffsetDateTime.parse(texts.get("last-modified")).isBefore(OffsetDateTime.parse(texts.get("created"))));
        String[] lines = texts.get("description").split("\n");
        assertTrue(lines.length > 2 && !lines[0].isBlank() && lines[0].length() <= 60, lines[0]);
        assertTrue(root.getElementsByTagName("tag").getLength() > 0);
    }

    @ParameterizedTest
    @MethodSource("all")
    void everyNodeHasACommentOfItsOwn(String name) throws Exception {
        TreeSet<String> comments = new TreeSet<>();
        for (Placed node : TemplateWorkflow.of(name).nodes().values()) {
            WorkflowXml comment = node.settings().config("nodeAnnotation");
            checkAnnotation(comment);
            assertTrue(comments.add(comment.text("text")), comment.text("text"));
        }
    }

    @ParameterizedTest
    @MethodSource("all")
    void everyConnectionJoinsPortsThatAreThereAndOfOneType(String name) throws Exception {
        TemplateWorkflow workflow = TemplateWorkflow.of(name);
        Map<Integer, Placed> nodes = workflow.nodes();
        TreeSet<String> taken = new TreeSet<>();
        for (Connection connection : workflow.connections()) {
            Placed from = nodes.get(connection.from());
            Placed to = nodes.get(connection.to());
            boolean order = connection.fromPort() == 0 && connection.toPort() == 0; // one after the other, no more
            assertTrue(order || connection.fromPort() >= 1, connection::toString);
            assertTrue(connection.fromPort() <= from.outputs(), connection::toString);
            assertTrue(connection.toPort() >= 0 && connection.toPort() <= to.inputs(), connection::toString);
            assertTrue(taken.add(connection.to() + ":" + connection.toPort()), connection::toString);
            if (!order && from.isOurs() && to.isOurs()) {
                PortType given = from.knime().getOutputType(connection.fromPort());
                assertEquals(given, to.knime().getInputType(connection.toPort()), connection::toString);
            }
        }
        for (Placed node : nodes.values()) {
            for (int port = 1; port <= node.inputs(); port++) {
                assertTrue(
                        taken.contains(node.id() + ":" + port), node.factory() + " port " + port + " is not connected");
            }
        }
    }

    @ParameterizedTest
    @MethodSource("all")
    void theDataAreInTheWorkflow(String name) throws Exception {
        TemplateWorkflow workflow = TemplateWorkflow.of(name);
        TreeSet<String> written = new TreeSet<>();
        for (Placed node : workflow.nodes().values()) {
            Map<String, String> model = node.settings().config("model").entries();
            written.add(model.getOrDefault("file", ""));
            for (String key : List.of("path", "place", "default_value_string")) {
                String path = model.getOrDefault(key, "");
                if (!path.isEmpty()) {
                    assertTrue(path.startsWith(WORKFLOW + "data/"), path);
                    assertTrue(
                            written.contains(path)
                                    || Files.exists(workflow.folder().resolve(path.substring(WORKFLOW.length()))),
                            path);
                }
            }
        }
    }

    /**
     * KNIME configures nodes when it loads a workflow, and warns of each whose state is another then than was saved. So all
     * have to be configured, those of a loop by the values that its start has before there is a table; but for those behind
     * a port of which nothing is known before it is executed.
     */
    @ParameterizedTest
    @MethodSource("all")
    void everyNodeIsConfiguredAsSaved(String name) throws Exception {
        NodeRunner.assumeDeclarationsOnly();
        TemplateWorkflow workflow = TemplateWorkflow.of(name);
        System.setProperty("knime.test.workflow", workflow.folder().toString());
        Map<String, String> variables = new TreeMap<>();
        Map<String, PortObjectSpec> specs = new TreeMap<>();
        for (Placed node : workflow.nodes().values()) {
            PortObjectSpec[] inputs = new PortObjectSpec[node.inputs()];
            boolean known = true;
            for (Connection connection : workflow.connections()) {
                if (connection.to() == node.id() && connection.toPort() > 0) {
                    inputs[connection.toPort() - 1] = specs.get(connection.from() + ":" + connection.fromPort());
                    known &= inputs[connection.toPort() - 1] != null;
                }
            }
            assertTrue(known || !names().contains(name), node::factory);
            assertEquals(known ? "CONFIGURED" : "IDLE", node.settings().text("state"), node.factory());
            if (!known) {
                continue;
            }
            if (node.factory().equals(TemplateWorkflow.LOOP_START)) {
                startLoop(node, (DataTableSpec) inputs[0], variables);
            } else if (node.isOurs()) {
                assertTrue(variables.keySet().containsAll(node.variables().values()), node::factory);
                NodeRunner runner = new NodeRunner(node.ours(), node.parameters(variables));
                PortObjectSpec[] outputs = runner.configure(inputs);
                for (int port = 0; port < outputs.length; port++) {
                    specs.put(node.id() + ":" + (port + 1), outputs[port]);
                }
            }
        }
    }

    /** With this policy the start sets its variables when it is configured, too. */
    private static void startLoop(Placed start, DataTableSpec table, Map<String, String> variables) {
        Map<String, String> model = start.settings().config("model").entries();
        assertEquals("DEFAULT", model.get("missing_value_policy"));
        List<String> columns = List.of(table.getColumnNames());
        model.forEach((key, column) -> {
            if (key.matches("column_selection/(in|ex)cluded_names/\\d+")) {
                assertTrue(columns.contains(column), column);
            }
            if (key.matches("column_selection/included_names/\\d+")) {
                variables.put(column, model.get("default_value_string"));
            }
        });
    }
}
