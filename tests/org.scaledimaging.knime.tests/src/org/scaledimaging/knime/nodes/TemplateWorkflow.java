package org.scaledimaging.knime.nodes;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.knime.core.node.Node;
import org.knime.core.node.NodeSettings;
import org.knime.core.webui.node.dialog.defaultdialog.NodeParametersUtil;
import org.knime.node.DefaultNodeFactory;
import org.knime.node.parameters.NodeParameters;

/** A workflow of the folder workflows, as it is saved. */
record TemplateWorkflow(Path folder, WorkflowXml xml) {
    static final Path ALL = Path.of(System.getProperty("project.root"), "workflows");
    static final String LOOP_START = "org.knime.base.node.meta.looper.variable.start.LoopStartVariable3NodeFactory";
    static final String LOOP_END = "org.knime.base.node.meta.looper.LoopEndDynamicNodeFactory";

    static final String TEST_CONFIGURATION = "org.knime.testing.node.config.TestConfigNodeFactory";
    static final String DIFFERENCE_CHECKER = "org.knime.testing.internal.nodes.differ.DifferenceCheckerNodeFactory";

    /** Of KNIME's own nodes: how many ports they have without the one for flow variables, inputs and outputs. */
    static final Map<String, int[]> BASE_PORTS = Map.of(
            LOOP_START, new int[] {1, 1},
            LOOP_END, new int[] {1, 1},
            TEST_CONFIGURATION, new int[] {0, 0},
            DIFFERENCE_CHECKER, new int[] {2, 0});

    /** What users start from. */
    static List<String> names() {
        return List.of("n4-correction", "chained-segmentation", "batch", "series-correction");
    }

    /** Those that KNIME's test runner runs, one or more for each node. */
    static List<String> tests() throws IOException {
        try (Stream<Path> folders = Files.list(ALL.resolve("testing"))) {
            return folders.map(folder -> "testing/" + folder.getFileName())
                    .sorted()
                    .toList();
        }
    }

    static List<String> all() throws IOException {
        return Stream.concat(names().stream(), tests().stream()).toList();
    }

    static TemplateWorkflow of(String name) throws Exception {
        Path folder = ALL.resolve(name);
        return new TemplateWorkflow(folder, WorkflowXml.read(folder.resolve("workflow.knime")));
    }

    /** A node of a workflow. */
    record Placed(int id, WorkflowXml settings) {
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

        Node knime() throws Exception {
            return new NodeRunner(ours(), null).node();
        }

        int inputs() throws Exception {
            return isOurs() ? knime().getNrInPorts() - 1 : BASE_PORTS.get(factory())[0];
        }

        int outputs() throws Exception {
            return isOurs() ? knime().getNrOutPorts() - 1 : BASE_PORTS.get(factory())[1];
        }

        /** The settings that flow variables set, by the variables' names. */
        Map<String, String> variables() {
            Map<String, String> variables = new TreeMap<>();
            if (settings.has("variables")) {
                settings.config("variables").config("tree").entries().forEach((path, name) -> {
                    if (path.endsWith("/used_variable")) {
                        variables.put(path.replaceAll("/used_variable$", ""), name);
                    }
                });
            }
            return variables;
        }

        /** As saved, but for what flow variables set. */
        NodeParameters parameters(Map<String, String> values) throws Exception {
            NodeSettings model = settings.config("model").settings();
            variables().forEach((key, name) -> {
                if (values.containsKey(name)) {
                    model.addString(key, values.get(name));
                }
            });
            NodeParameters loaded = NodeParametersUtil.loadSettings(model, NodeSetTest.parameters(ours()));
            loaded.validate();
            return loaded;
        }
    }

    /** From a node's output port to another's input port; port 0 is the one for flow variables. */
    record Connection(int from, int fromPort, int to, int toPort) {}

    Map<Integer, Placed> nodes() throws Exception {
        Map<Integer, Placed> nodes = new TreeMap<>();
        for (WorkflowXml node : xml.config("nodes").configs().values()) {
            WorkflowXml settings = WorkflowXml.read(folder.resolve(node.text("node_settings_file")));
            nodes.put(node.number("id"), new Placed(node.number("id"), settings));
        }
        return nodes;
    }

    List<Connection> connections() {
        List<Connection> connections = new ArrayList<>();
        for (WorkflowXml connection : xml.config("connections").configs().values()) {
            connections.add(new Connection(
                    connection.number("sourceID"),
                    connection.number("sourcePort"),
                    connection.number("destID"),
                    connection.number("destPort")));
        }
        return connections;
    }
}
