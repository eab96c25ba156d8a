package org.scaledimaging.knime.nodes;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.knime.core.data.DataRow;
import org.knime.core.data.DataTableSpec;
import org.knime.core.node.BufferedDataTable;
import org.knime.core.node.InvalidSettingsException;
import org.knime.node.parameters.NodeParameters;
import org.scaledimaging.engine.Image;
import org.scaledimaging.engine.block.PixelType;
import org.scaledimaging.engine.execute.Execution;
import org.scaledimaging.engine.message.ParameterException;
import org.scaledimaging.engine.segmentation.OtsuOptions;
import org.scaledimaging.engine.statistics.Statistics;
import org.scaledimaging.knime.port.ScaledImagePortObject;
import org.scaledimaging.knime.setting.DownsampleImageParameters;
import org.scaledimaging.knime.setting.ImagePropertiesParameters;
import org.scaledimaging.knime.setting.LoadImageParameters;
import org.scaledimaging.knime.setting.ScaledProcessingParameters;
import org.scaledimaging.knime.setting.SegmentImageParameters;
import org.scaledimaging.knime.setting.save.SaveNiftiParameters;
import org.scaledimaging.knime.setting.save.SaveParameters;
import org.scaledimaging.knime.setting.save.SaveTiffParameters;
import org.scaledimaging.knime.setting.text.ChosenPlace;

/** The nodes that are a call of the engine each. */
class SmallNodesTest {
    @TempDir
    private Path folder;

    /** What an engine call gives. */
    private interface Call {
        Image of(Image image) throws Exception;
    }

    private static void check(NodeRunner node, Call call) throws Exception {
        ScaledImagePortObject brain = Samples.brain();
        Object spec = node.configure(brain.getSpec())[0];
        ScaledImagePortObject result = node.image(brain);
        assertEquals(result.getSpec(), spec);
        try (Image image = Image.open(Samples.BRAIN)) {
            assertArrayEquals(Samples.voxels(call.of(image)), Samples.voxels(result));
        }
    }

    private static String refused(NodeParameters parameters) {
        return assertThrows(InvalidSettingsException.class, parameters::validate)
                .getMessage();
    }

    @Test
    void downsamplingIsTheEngines() throws Exception {
        DownsampleImageParameters parameters = new DownsampleImageParameters();
        check(new NodeRunner(new DownsampleImageNodeFactory(), parameters), image -> image.downsample(List.of(2)));
        parameters.factor = "1, 3,50";
        check(
                new NodeRunner(new DownsampleImageNodeFactory(), parameters),
                image -> image.downsample(List.of(1, 3, 50)));
        parameters.factor = "0";
        assertTrue(refused(parameters).startsWith("Factor: found 0, expected a whole number of at least 1"));
    }

    @ParameterizedTest
    @EnumSource(value = SegmentImageParameters.Method.class, mode = EnumSource.Mode.EXCLUDE, names = "PLUGIN")
    void segmentingIsTheEngines(SegmentImageParameters.Method method) throws Exception {
        SegmentImageParameters parameters = new SegmentImageParameters();
        parameters.method = method;
        parameters.classes = 3;
        parameters.bins = Optional.of(100);
        parameters.localBlock = "20,30,40";
        parameters.thresholds = "30.5, 90";
        parameters.inclusive = true;
        OtsuOptions otsu = new OtsuOptions(3, 100, List.of());
        check(new NodeRunner(new SegmentImageNodeFactory(), parameters), image -> switch (method) {
            case OTSU -> image.segmentOtsu(otsu);
            case LOCAL_OTSU -> image.segmentOtsu(otsu.withLocalBlock(20, 30, 40));
            case THRESHOLDS -> image.segmentThreshold(List.of(30.5, 90.0), true);
            case PLUGIN -> throw new AssertionError("see ThirdPartyPluginTest");
        });
    }

    @Test
    void segmentingRefusesWhatMakesNoClasses() {
        SegmentImageParameters parameters = new SegmentImageParameters();
        parameters.classes = 1;
        assertEquals("Classes: found 1, expected 2 to 512.", refused(parameters));
        parameters.method = SegmentImageParameters.Method.THRESHOLDS;
        assertEquals("Thresholds: found nothing, expected numbers with commas between.", refused(parameters));
        parameters.thresholds = "3,2";
        assertTrue(refused(parameters).startsWith("Thresholds: found 3,2, expected finite numbers"));
    }

    @Test
    void anOperationHandsTheFolderOfItsInputOn() throws Exception {
        ScaledImagePortObject processed = new NodeRunner(
                        new ScaledProcessingNodeFactory(), new ScaledProcessingParameters())
                .image(Samples.brain());
        ScaledImagePortObject labels =
                new NodeRunner(new SegmentImageNodeFactory(), new SegmentImageParameters()).image(processed);
        assertEquals(
                processed.store().orElseThrow().getFile(),
                labels.store().orElseThrow().getFile());
        try (Image image = processed.open(Execution.standard())) {
            assertArrayEquals(Samples.voxels(image.segmentOtsu()), Samples.voxels(labels));
        }
    }

    @Test
    void aTiffFileHoldsTheImageAndItsLevels() throws Exception {
        SaveTiffParameters parameters = new SaveTiffParameters();
        parameters.file = ChosenPlace.of(folder.resolve("brain.ome.tif").toString());
        parameters.tileSize = "32";
        parameters.verify = true;
        NodeRunner node = new NodeRunner(new SaveTiffNodeFactory(), parameters);
        node.configure(Samples.brain().getSpec());
        node.execute(Samples.brain());
        assertArrayEquals(Samples.voxels(Samples.BRAIN), Samples.voxels(Path.of(ChosenPlace.text(parameters.file))));
        try (Image image = Image.open(ChosenPlace.text(parameters.file));
                Image brain = Samples.brain().open(Execution.standard())) {
            assertTrue(image.source().levels().size() > 1);
            assertEquals(brain.metadata().dimensions(), image.metadata().dimensions());
            assertEquals(brain.metadata().frame(), image.metadata().frame());
        }
        NodeRunner again = new NodeRunner(new SaveTiffNodeFactory(), parameters);
        again.configure(Samples.brain().getSpec());
        assertTrue(
                again.warning().startsWith(ChosenPlace.text(parameters.file) + ": found an existing file, expected "));
        assertEquals(again.warning(), again.failure(Samples.brain()));
        parameters.tileSize = "1048576";
        parameters.ifExists = SaveParameters.ExistingTarget.OVERWRITE;
        assertTrue(new NodeRunner(new SaveTiffNodeFactory(), parameters)
                .failure(Samples.brain())
                .contains("multiples of 16"));
        parameters.tileSize = "";
        parameters.codecLevel = Optional.of(12);
        assertTrue(assertThrows(ParameterException.class, parameters::options)
                .getMessage()
                .contains("0 to 9"));
    }

    @Test
    void aNiftiFileHoldsTheImage() throws Exception {
        SaveNiftiParameters parameters = new SaveNiftiParameters();
        parameters.file = ChosenPlace.of(folder.resolve("new/brain.nii.gz").toString());
        parameters.createFolders = true;
        NodeRunner node = new NodeRunner(new SaveNiftiNodeFactory(), parameters);
        node.configure(Samples.brain().getSpec());
        node.execute(Samples.brain());
        assertArrayEquals(Samples.voxels(Samples.BRAIN), Samples.voxels(Path.of(ChosenPlace.text(parameters.file))));
        NodeRunner again = new NodeRunner(new SaveNiftiNodeFactory(), parameters);
        again.configure(Samples.brain().getSpec());
        assertTrue(
                again.warning().startsWith(ChosenPlace.text(parameters.file) + ": found an existing file, expected "));
        assertEquals(again.warning(), again.failure(Samples.brain()));
        parameters.ifExists = SaveParameters.ExistingTarget.OVERWRITE;
        assertFalse(parameters.options().verify());
        parameters.verify = true;
        assertTrue(parameters.options().verify() && parameters.options().overwrite());
        parameters.compressionLevel = 9;
        parameters.pixelType = "float64";
        new NodeRunner(new SaveNiftiNodeFactory(), parameters).execute(Samples.brain());
        try (Image image = Image.open(Path.of(ChosenPlace.text(parameters.file)))) {
            assertEquals(PixelType.FLOAT64, image.metadata().pixelType());
        }
        parameters.compressionLevel = 10;
        assertEquals("Compression level: found 10, expected 1 to 9.", refused(parameters));
        parameters.compressionLevel = 3;
        parameters.file = ChosenPlace.of(folder.resolve("brain.png").toString());
        assertEquals(
                "File: found '" + ChosenPlace.text(parameters.file)
                        + "', expected a name that ends with .nii or .nii.gz.",
                refused(parameters));
    }

    private static Map<String, String> row(ImagePropertiesParameters parameters) throws Exception {
        NodeRunner node = new NodeRunner(new ImagePropertiesNodeFactory(), parameters);
        DataTableSpec spec = (DataTableSpec) node.configure(Samples.brain().getSpec())[0];
        BufferedDataTable table = (BufferedDataTable) node.execute(Samples.brain())[0];
        assertArrayEquals(spec.getColumnNames(), table.getSpec().getColumnNames());
        List<DataRow> rows = new ArrayList<>();
        for (var rowIterator = table.iterator(); rowIterator.hasNext(); ) {
            rows.add(rowIterator.next());
        }
        assertEquals(1, rows.size());
        Map<String, String> values = new LinkedHashMap<>();
        for (int i = 0; i < spec.getNumColumns(); i++) {
            values.put(spec.getColumnSpec(i).getName(), rows.get(0).getCell(i).toString());
        }
        return values;
    }

    @Test
    void propertiesAreARowOfMetadata() throws Exception {
        Map<String, String> row = row(new ImagePropertiesParameters());
        assertEquals("brain", row.get("Name"));
        assertEquals(Samples.BRAIN.toString(), row.get("Source"));
        assertEquals("zyx", row.get("Axes"));
        assertEquals("56", row.get("Length z"));
        assertEquals("?", row.get("Length t"));
        assertEquals(3, row.get("Orientation").length());
        assertFalse(row.containsKey("Mean"));
    }

    @Test
    void statisticsAreTheEngines() throws Exception {
        ImagePropertiesParameters parameters = new ImagePropertiesParameters();
        parameters.statistics = true;
        parameters.percentiles = "2.5, 50";
        Map<String, String> row = row(parameters);
        try (Image image = Image.open(Samples.BRAIN)) {
            Statistics expected = image.statistics(List.of(2.5, 50.0), Execution.standard());
            assertEquals(Long.toString(expected.voxels()), row.get("Voxels"));
            assertEquals(Double.toString(expected.mean()), row.get("Mean"));
            assertEquals(Double.toString(expected.maximum()), row.get("Maximum"));
            assertEquals(Double.toString(expected.percentiles().get(0)), row.get("Percentile 2.5"));
            assertEquals(Double.toString(expected.percentiles().get(1)), row.get("Percentile 50"));
        }
        parameters.percentiles = "101";
        assertTrue(refused(parameters).startsWith("Percentiles: found 101, expected a number from 0 to 100"));
        parameters.percentiles = "5,5";
        assertEquals("Percentiles: found 5 twice, expected each number once.", refused(parameters));
    }

    @Test
    void anImageCopiedIntoTheWorkflowNeedsItsFileNoLonger() throws Exception {
        Path copy = Files.copy(Samples.BRAIN, folder.resolve("copy.nii.gz"));
        LoadImageParameters parameters = new LoadImageParameters();
        parameters.path = ChosenPlace.of(copy.toString());
        parameters.copyIntoWorkflow = true;
        NodeRunner node = new NodeRunner(new LoadImageNodeFactory(), parameters);
        Object spec = node.configure()[0];
        ScaledImagePortObject image = node.image();
        assertEquals(image.getSpec(), spec);
        Files.delete(copy);
        assertArrayEquals(
                Samples.voxels(Samples.BRAIN), Samples.voxels((ScaledImagePortObject) NodeRunner.copy(image)));
    }
}
