package org.scaledimaging.knime.nodes;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.knime.core.data.DataTableSpec;
import org.knime.core.node.port.PortObjectSpec;
import org.knime.core.node.port.PortType;
import org.knime.node.parameters.NodeParameters;
import org.scaledimaging.knime.nodes.TemplateWorkflow.Connection;
import org.scaledimaging.knime.nodes.TemplateWorkflow.Placed;

/** The workflows agree with the nodes: factories, ports, settings, states. */
class WorkflowsTest {
    private static final String WORKFLOW = "knime://knime.workflow/";

    static List<String> names() {
        return TemplateWorkflow.names();
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
    @MethodSource("names")
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

    @ParameterizedTest
    @MethodSource("names")
    void everyNodeHasACommentOfItsOwn(String name) throws Exception {
        TreeSet<String> comments = new TreeSet<>();
        for (Placed node : TemplateWorkflow.of(name).nodes().values()) {
            WorkflowXml comment = node.settings().config("nodeAnnotation");
            checkAnnotation(comment);
            assertTrue(comments.add(comment.text("text")), comment.text("text"));
        }
    }

    @ParameterizedTest
    @MethodSource("names")
    void everyConnectionJoinsPortsThatAreThereAndOfOneType(String name) throws Exception {
        TemplateWorkflow workflow = TemplateWorkflow.of(name);
        Map<Integer, Placed> nodes = workflow.nodes();
        TreeSet<String> taken = new TreeSet<>();
        for (Connection connection : workflow.connections()) {
            Placed from = nodes.get(connection.from());
            Placed to = nodes.get(connection.to());
            assertTrue(connection.fromPort() >= 1 && connection.fromPort() <= from.outputs(), connection::toString);
            assertTrue(connection.toPort() >= 0 && connection.toPort() <= to.inputs(), connection::toString);
            assertTrue(taken.add(connection.to() + ":" + connection.toPort()), connection::toString);
            if (from.isOurs() && to.isOurs()) {
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
    @MethodSource("names")
    void theDataAreInTheWorkflow(String name) throws Exception {
        TemplateWorkflow workflow = TemplateWorkflow.of(name);
        for (Placed node : workflow.nodes().values()) {
            Map<String, String> model = node.settings().config("model").entries();
            for (String key : List.of("path", "place", "default_value_string")) {
                String path = model.getOrDefault(key, "");
                if (!path.isEmpty()) {
                    assertTrue(path.startsWith(WORKFLOW + "data/"), path);
                    assertTrue(Files.exists(workflow.folder().resolve(path.substring(WORKFLOW.length()))), path);
                }
            }
        }
    }

    /**
     * KNIME configures nodes when it loads a workflow, and warns of each whose state is another then than was saved. So all
     * have to be configured, those of a loop by the values that its start has before there is a table.
     */
    @ParameterizedTest
    @MethodSource("names")
    void everyNodeIsConfiguredAsSaved(String name) throws Exception {
        NodeRunner.assumeDeclarationsOnly();
        TemplateWorkflow workflow = TemplateWorkflow.of(name);
        System.setProperty("knime.test.workflow", workflow.folder().toString());
        Map<String, String> variables = new TreeMap<>();
        Map<String, PortObjectSpec> specs = new TreeMap<>();
        for (Placed node : workflow.nodes().values()) {
            assertEquals("CONFIGURED", node.settings().text("state"));
            PortObjectSpec[] inputs = new PortObjectSpec[node.inputs()];
            for (Connection connection : workflow.connections()) {
                if (connection.to() == node.id() && connection.toPort() > 0) {
                    inputs[connection.toPort() - 1] = specs.get(connection.from() + ":" + connection.fromPort());
                    assertTrue(inputs[connection.toPort() - 1] != null, connection::toString);
                }
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
