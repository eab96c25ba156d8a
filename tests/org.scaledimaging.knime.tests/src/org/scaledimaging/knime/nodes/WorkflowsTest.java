package org.scaledimaging.knime.nodes;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.TreeSet;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.knime.core.node.BufferedDataTable;
import org.knime.core.node.Node;
import org.knime.core.node.port.PortObject;
import org.knime.core.node.port.PortType;
import org.knime.core.webui.node.dialog.defaultdialog.NodeParametersUtil;
import org.knime.node.DefaultNodeFactory;
import org.knime.node.parameters.NodeParameters;
import org.osgi.framework.FrameworkUtil;
import org.scaledimaging.engine.Image;
import org.scaledimaging.engine.execute.Execution;
import org.scaledimaging.engine.plugin.PluginRegistry;
import org.scaledimaging.engine.scaled.ScaledProcessingOptions;
import org.scaledimaging.knime.port.ScaledImagePortObject;

/** The workflows agree with the nodes: factories, ports, settings; and those without a loop do what they say. */
class WorkflowsTest {
    private static final Path FOLDER = Path.of(System.getProperty("project.root"), "workflows");

    /** Of KNIME's own nodes: how many ports they have without the one for flow variables, inputs and outputs. */
    private static final Map<String, int[]> BASE_PORTS = Map.of(
            "org.knime.filehandling.utility.nodes.listpaths.ListFilesAndFoldersNodeFactory", new int[] {0, 1},
            "org.knime.filehandling.utility.nodes.pathtostring.PathToStringNodeFactory", new int[] {1, 1},
            "org.knime.base.node.meta.looper.variable.start.LoopStartVariable3NodeFactory", new int[] {1, 1},
            "org.knime.base.node.meta.looper.LoopEndDynamicNodeFactory", new int[] {1, 1});

    @TempDir
    private Path temporary;

    static List<String> names() {
        return List.of("n4-correction", "chained-segmentation", "batch");
    }

    /** A node of a workflow. */
    private record Placed(int id, WorkflowXml settings) {
        String factory() {
            return settings.text("factory");
        }

        boolean isOurs() {
            return factory().startsWith("org.scaledimaging.");
        }

        DefaultNodeFactory ours() throws Exception {
            return (DefaultNodeFactory)
                    Class.forName(factory()).getConstructor().newInstance();
        }

        NodeParameters parameters() throws Exception {
            Class<? extends NodeParameters> type = NodeSetTest.parameters(ours());
            NodeParameters loaded =
                    NodeParametersUtil.loadSettings(settings.config("model").settings(), type);
            loaded.validate();
            return loaded;
        }
    }

    /** From a node's output port to another's input port; port 0 is the one for flow variables. */
    private record Connection(int from, int fromPort, int to, int toPort) {}

    private static Map<Integer, Placed> nodes(Path workflow) throws Exception {
        Map<Integer, Placed> nodes = new TreeMap<>();
        WorkflowXml xml = WorkflowXml.read(workflow.resolve("workflow.knime"));
        for (WorkflowXml node : xml.config("nodes").configs().values()) {
            WorkflowXml settings = WorkflowXml.read(workflow.resolve(node.text("node_settings_file")));
            nodes.put(node.number("id"), new Placed(node.number("id"), settings));
        }
        return nodes;
    }

    private static List<Connection> connections(Path workflow) throws Exception {
        List<Connection> connections = new ArrayList<>();
        WorkflowXml xml = WorkflowXml.read(workflow.resolve("workflow.knime"));
        for (WorkflowXml connection : xml.config("connections").configs().values()) {
            connections.add(new Connection(
                    connection.number("sourceID"),
                    connection.number("sourcePort"),
                    connection.number("destID"),
                    connection.number("destPort")));
        }
        return connections;
    }

    @ParameterizedTest
    @MethodSource("names")
    void theOldestSupportedKnimeCanLoadIt(String name) throws Exception {
        WorkflowXml xml = WorkflowXml.read(FOLDER.resolve(name).resolve("workflow.knime"));
        assertEquals("5.8.0", xml.text("created_by"));
        assertEquals("5.1.0", xml.text("version"));
        for (WorkflowXml annotation : xml.config("annotations").configs().values()) {
            assertFalse(annotation.text("text").isBlank());
            assertTrue(annotation.entries().keySet().containsAll(List.of("bgcolor", "alignment", "height", "width")));
        }
        assertFalse(xml.config("annotations").configs().isEmpty());
    }

    @ParameterizedTest
    @MethodSource("names")
    void everyNodeHasTheSettingsOfItsFactory(String name) throws Exception {
        for (Placed node : nodes(FOLDER.resolve(name)).values()) {
            if (!node.isOurs()) {
                assertTrue(BASE_PORTS.containsKey(node.factory()), node.factory());
                assertFalse(node.settings.config("model").entries().isEmpty());
                continue;
            }
            node.parameters();
            assertEquals(
                    new TreeSet<>(NodeSetTest.settings(NodeSetTest.parameters(node.ours()))
                            .keySet()),
                    new TreeSet<>(node.settings.config("model").entries().keySet()));
            String title = (String) NodeRunner.field(NodeRunner.definition(node.ours()), "m_name");
            assertEquals(title, node.settings.text("node-name"));
            assertEquals("org.scaledimaging.knime", node.settings.text("node-bundle-symbolic-name"));
            if (node.settings.has("variables")) {
                for (String path : node.settings
                        .config("variables")
                        .config("tree")
                        .entries()
                        .keySet()) {
                    String key = path.replaceAll("/(used|exposed)_variable$", "");
                    assertTrue(node.settings.config("model").entries().containsKey(key), key);
                }
            }
        }
    }

    @ParameterizedTest
    @MethodSource("names")
    void everyConnectionJoinsPortsThatAreThereAndOfOneType(String name) throws Exception {
        Map<Integer, Placed> nodes = nodes(FOLDER.resolve(name));
        TreeSet<String> taken = new TreeSet<>();
        for (Connection connection : connections(FOLDER.resolve(name))) {
            Placed from = nodes.get(connection.from);
            Placed to = nodes.get(connection.to);
            assertTrue(connection.fromPort >= 1 && connection.fromPort <= outputs(from), connection::toString);
            assertTrue(connection.toPort >= 0 && connection.toPort <= inputs(to), connection::toString);
            assertTrue(taken.add(connection.to + ":" + connection.toPort), connection::toString);
            if (from.isOurs() && to.isOurs()) {
                PortType given = knime(from).getOutputType(connection.fromPort);
                assertEquals(given, knime(to).getInputType(connection.toPort), connection::toString);
            }
        }
        for (Placed node : nodes.values()) {
            for (int port = 1; port <= inputs(node); port++) {
                assertTrue(
                        taken.contains(node.id + ":" + port), node.factory() + " port " + port + " is not connected");
            }
        }
    }

    private static Node knime(Placed node) throws Exception {
        return new NodeRunner(node.ours(), null).node();
    }

    private static int inputs(Placed node) throws Exception {
        return node.isOurs() ? knime(node).getNrInPorts() - 1 : BASE_PORTS.get(node.factory())[0];
    }

    private static int outputs(Placed node) throws Exception {
        return node.isOurs() ? knime(node).getNrOutPorts() - 1 : BASE_PORTS.get(node.factory())[1];
    }

    @ParameterizedTest
    @MethodSource("names")
    void theDataAreInTheWorkflow(String name) throws Exception {
        for (Placed node : nodes(FOLDER.resolve(name)).values()) {
            Map<String, String> model = node.settings.config("model").entries();
            String path = model.getOrDefault("path", "");
            if (!path.isEmpty()) {
                assertTrue(path.startsWith("knime://knime.workflow/data/"), path);
                assertTrue(
                        Files.exists(FOLDER.resolve(name).resolve(path.substring("knime://knime.workflow/".length()))));
            }
            if (model.containsKey("file_chooser/path/path")) {
                assertEquals("knime.workflow.data", model.get("file_chooser/path/file_system_specifier"));
                assertTrue(Files.isDirectory(
                        FOLDER.resolve(name).resolve("data").resolve(model.get("file_chooser/path/path"))));
            }
        }
    }

    /** Runs a workflow without a loop, in the order of its nodes' ids, in a folder of its own. */
    private Map<Integer, PortObject[]> run(String name) throws Exception {
        assumeTrue(
                "Scaled Imaging"
                        .equals(FrameworkUtil.getBundle(Node.class).getHeaders().get("Bundle-Vendor")),
                "Skipped: a real KNIME resolves addresses in the workflows that it runs itself");
        Files.createDirectories(temporary.resolve("data"));
        Files.copy(Samples.BRAIN, temporary.resolve("data/brain.nii.gz"));
        System.setProperty("knime.test.workflow", temporary.toString());
        Map<Integer, PortObject[]> outputs = new TreeMap<>();
        for (Placed node : nodes(FOLDER.resolve(name)).values()) {
            PortObject[] inputs = new PortObject[inputs(node)];
            for (Connection connection : connections(FOLDER.resolve(name))) {
                if (connection.to == node.id) {
                    inputs[connection.toPort - 1] = outputs.get(connection.from)[connection.fromPort - 1];
                }
            }
            outputs.put(node.id, new NodeRunner(node.ours(), node.parameters()).execute(inputs));
        }
        return outputs;
    }

    private static Image process(Image image, String plugin, Map<String, ?> parameters, int factor) throws Exception {
        return image.applyScaledProcessing(
                PluginRegistry.installed().create(plugin, parameters),
                ScaledProcessingOptions.defaults().withDownsampleFactor(factor),
                Execution.standard());
    }

    @Test
    void theN4CorrectionIsTheCommandLinesToTheBit() throws Exception {
        run("n4-correction");
        try (Image expected = process(Image.open(Samples.BRAIN), "n4", Map.of(), 2)) {
            assertArrayEquals(Samples.voxels(expected), Samples.voxels(temporary.resolve("data/corrected.ome.zarr")));
        }
    }

    @Test
    void theChainIsTheCommandLinesToTheBit() throws Exception {
        Map<Integer, PortObject[]> outputs = run("chained-segmentation");
        try (Image chain =
                process(process(Image.open(Samples.BRAIN), "gaussian", Map.of("sigma", 8), 4), "n4", Map.of(), 4)) {
            assertArrayEquals(Samples.voxels(chain), Samples.voxels(temporary.resolve("data/corrected.ome.zarr")));
            assertEquals(1, ((BufferedDataTable) outputs.get(6)[0]).size());
            assertEquals(
                    "zyx",
                    ((ScaledImagePortObject) outputs.get(7)[0])
                            .getSpec()
                            .metadata()
                            .axes());
        }
        double[] labels = Samples.voxels(temporary.resolve("data/labels.ome.zarr"));
        assertEquals(2, java.util.Arrays.stream(labels).max().orElseThrow());
    }
}
