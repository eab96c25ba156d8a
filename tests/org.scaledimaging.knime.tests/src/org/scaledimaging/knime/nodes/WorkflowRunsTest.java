package org.scaledimaging.knime.nodes;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.Collectors;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.knime.core.data.DataRow;
import org.knime.core.node.BufferedDataTable;
import org.knime.core.node.port.PortObject;
import org.scaledimaging.engine.Image;
import org.scaledimaging.engine.execute.Execution;
import org.scaledimaging.engine.plugin.PluginRegistry;
import org.scaledimaging.engine.scaled.ScaledProcessingOptions;
import org.scaledimaging.knime.nodes.TemplateWorkflow.Connection;
import org.scaledimaging.knime.nodes.TemplateWorkflow.Placed;
import org.scaledimaging.knime.port.ScaledImagePortObject;

/** The workflows do what they say. A real KNIME resolves addresses in the workflows that it runs itself. */
class WorkflowRunsTest {
    private static final String CHECKERS = "org.knime.testing.internal.diffcheckers.";

    @TempDir
    private Path temporary;

    private final Map<Integer, PortObject[]> outputs = new TreeMap<>();
    private final List<BufferedDataTable> collected = new ArrayList<>();
    private int compared;

    @BeforeEach
    void workflowFolder() throws Exception {
        NodeRunner.assumeDeclarationsOnly();
        Files.createDirectories(temporary.resolve("data/images"));
        Files.copy(Samples.BRAIN, temporary.resolve("data/brain.nii.gz"));
        Files.copy(Samples.SERIES, temporary.resolve("data/series.nii.gz"));
        System.setProperty("knime.test.workflow", temporary.toString());
    }

    /** Runs a workflow in the order of its nodes' ids, what is between a loop's start and end for each row. */
    private void run(String name) throws Exception {
        TemplateWorkflow workflow = TemplateWorkflow.of(name);
        List<Placed> nodes = new ArrayList<>(workflow.nodes().values());
        for (int i = 0; i < nodes.size(); i++) {
            if (!nodes.get(i).factory().equals(TemplateWorkflow.LOOP_START)) {
                execute(workflow, nodes.get(i), Map.of());
                continue;
            }
            int end = i;
            while (!nodes.get(end).factory().equals(TemplateWorkflow.LOOP_END)) {
                end++;
            }
            BufferedDataTable table = (BufferedDataTable) inputs(workflow, nodes.get(i))[0];
            for (var rows = table.iterator(); rows.hasNext(); ) {
                Map<String, String> variables = variables(table, rows.next());
                for (Placed node : nodes.subList(i + 1, end)) {
                    execute(workflow, node, variables);
                }
                collected.add((BufferedDataTable) inputs(workflow, nodes.get(end))[0]);
            }
            i = end;
        }
    }

    private static Map<String, String> variables(BufferedDataTable table, DataRow row) {
        Map<String, String> variables = new TreeMap<>();
        for (int column = 0; column < row.getNumCells(); column++) {
            if (!row.getCell(column).isMissing()) {
                variables.put(
                        table.getSpec().getColumnSpec(column).getName(),
                        row.getCell(column).toString());
            }
        }
        return variables;
    }

    private PortObject[] inputs(TemplateWorkflow workflow, Placed node) throws Exception {
        PortObject[] inputs = new PortObject[node.inputs()];
        for (Connection connection : workflow.connections()) {
            if (connection.to() == node.id() && connection.toPort() > 0) {
                inputs[connection.toPort() - 1] = outputs.get(connection.from())[connection.fromPort() - 1];
            }
        }
        return inputs;
    }

    private void execute(TemplateWorkflow workflow, Placed node, Map<String, String> variables) throws Exception {
        if (node.factory().equals(TemplateWorkflow.TEST_CONFIGURATION)) {
            return;
        }
        if (node.factory().equals(TemplateWorkflow.DIFFERENCE_CHECKER)) {
            PortObject[] tables = inputs(workflow, node);
            compare(
                    (BufferedDataTable) tables[0],
                    (BufferedDataTable) tables[1],
                    node.settings().config("model"));
            return;
        }
        NodeRunner runner = new NodeRunner(node.ours(), node.parameters(variables));
        outputs.put(node.id(), runner.execute(inputs(workflow, node)));
    }

    /** As KNIME's Difference Checker does: columns, names of rows and values, but for columns that it is told to ignore. */
    private void compare(BufferedDataTable test, BufferedDataTable reference, WorkflowXml settings) {
        List<String> columns = List.of(reference.getSpec().getColumnNames());
        assertEquals(columns, List.of(test.getSpec().getColumnNames()));
        assertEquals(
                new TreeSet<>(columns),
                settings.configs().keySet().stream()
                        .map(key -> key.substring("columnConfig_".length()))
                        .collect(Collectors.toCollection(TreeSet::new)));
        assertEquals(reference.size(), test.size());
        assertTrue(test.size() > 0);
        var expected = reference.iterator();
        for (var found = test.iterator(); found.hasNext(); ) {
            DataRow right = expected.next();
            DataRow row = found.next();
            assertEquals(right.getKey().getString(), row.getKey().getString());
            for (int column = 0; column < columns.size(); column++) {
                String checker =
                        settings.config("columnConfig_" + columns.get(column)).text("checkerFactory");
                if (checker.equals(CHECKERS + "EqualityChecker$Factory")) {
                    assertEquals(value(right, column), value(row, column), columns.get(column));
                    compared++;
                } else {
                    assertEquals(CHECKERS + "IgnoreChecker$Factory", checker);
                }
            }
        }
    }

    private static String value(DataRow row, int column) {
        return row.getCell(column).isMissing() ? "missing" : row.getCell(column).toString();
    }

    static List<String> tests() throws Exception {
        return TemplateWorkflow.tests();
    }

    @ParameterizedTest
    @MethodSource("tests")
    void whatIsForKnimesTestRunnerPasses(String name) throws Exception {
        Files.copy(Samples.BRAIN, temporary.resolve("data/images/brain.nii.gz"));
        run(name);
        boolean compares = TemplateWorkflow.of(name).nodes().values().stream()
                .anyMatch(node -> node.factory().equals(TemplateWorkflow.DIFFERENCE_CHECKER));
        assertEquals(compares, compared > 10, () -> compared + " values were compared");
    }

    private static Image process(Image image, String plugin, Map<String, ?> parameters, int factor) throws Exception {
        return process(
                image, plugin, parameters, ScaledProcessingOptions.defaults().withDownsampleFactor(factor));
    }

    private static Image process(Image image, String plugin, Map<String, ?> parameters, ScaledProcessingOptions options)
            throws Exception {
        return image.applyScaledProcessing(
                PluginRegistry.installed().create(plugin, parameters), options, Execution.standard());
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
        run("chained-segmentation");
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

    @Test
    void theLoopCorrectsEachImageOfTheFolder() throws Exception {
        Files.copy(Samples.BRAIN, temporary.resolve("data/images/first.nii.gz"));
        Files.writeString(temporary.resolve("data/images/notes.txt"), "no image");
        try (Image image = Image.open(Samples.BRAIN).downsample(List.of(2))) {
            image.saveOmeZarr(temporary.resolve("data/images/second.ome.zarr"));
        }
        run("batch");
        assertEquals(2, collected.size());
        for (String name : new String[] {"first.nii.gz", "second.ome.zarr"}) {
            Path written = temporary.resolve("data/corrected/" + name.replaceAll("\\..*", "") + ".ome.zarr");
            try (Image expected =
                    process(Image.open(temporary.resolve("data/images").resolve(name)), "n4", Map.of(), 2)) {
                assertArrayEquals(Samples.voxels(expected), Samples.voxels(written));
            }
        }
    }

    @Test
    void theSeriesHasOneFieldForAllTimes() throws Exception {
        run("series-correction");
        ScaledProcessingOptions options = ScaledProcessingOptions.defaults()
                .withDownsampleFactor(1)
                .withEstimateFrom("mean")
                .withShare("time");
        try (Image expected = process(Image.open(Samples.SERIES), "n4", Map.of(), options)) {
            assertArrayEquals(Samples.voxels(expected), Samples.voxels(temporary.resolve("data/corrected.ome.zarr")));
            double[] field = Samples.voxels(expected.field().orElseThrow());
            int volume = field.length / 6;
            for (int time = 1; time < 6; time++) {
                assertArrayEquals(
                        java.util.Arrays.copyOf(field, volume),
                        java.util.Arrays.copyOfRange(field, time * volume, (time + 1) * volume));
            }
        }
        assertEquals(1, ((BufferedDataTable) outputs.get(4)[0]).size());
    }
}
