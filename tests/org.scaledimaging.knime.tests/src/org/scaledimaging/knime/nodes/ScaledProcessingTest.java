package org.scaledimaging.knime.nodes;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.File;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.knime.core.data.filestore.FileStoreUtil;
import org.knime.core.node.InvalidSettingsException;
import org.knime.core.node.NodeSettings;
import org.knime.core.node.port.PortObject;
import org.knime.core.node.port.PortObjectSpec;
import org.knime.core.webui.node.dialog.defaultdialog.NodeParametersUtil;
import org.scaledimaging.engine.Image;
import org.scaledimaging.engine.block.PixelType;
import org.scaledimaging.engine.execute.Execution;
import org.scaledimaging.engine.plugin.PluginRegistry;
import org.scaledimaging.engine.scaled.ScaledProcessingOptions;
import org.scaledimaging.knime.port.ScaledImagePortObject;
import org.scaledimaging.knime.port.ScaledImagePortObjectSpec;
import org.scaledimaging.knime.setting.LoadImageParameters;
import org.scaledimaging.knime.setting.N4Parameters;
import org.scaledimaging.knime.setting.ScaledProcessingParameters;
import org.scaledimaging.knime.setting.save.SaveNiftiParameters;
import org.scaledimaging.knime.setting.save.SaveOmeZarrParameters;
import org.scaledimaging.knime.setting.text.ChosenPlace;
import org.scaledimaging.knime.setting.text.OutputType;
import org.scaledimaging.knime.setting.text.ParameterLines;

class ScaledProcessingTest {
    private static final Map<String, Object> QUICK = Map.of("iterations", List.of(5L, 5L), "mask", "otsu");

    @TempDir
    private Path folder;

    private static ScaledProcessingParameters gaussian(double sigma) {
        ScaledProcessingParameters parameters = new ScaledProcessingParameters();
        parameters.plugin = "gaussian";
        parameters.gaussian.sigma = sigma;
        return parameters;
    }

    private static ScaledProcessingParameters n4() {
        ScaledProcessingParameters parameters = new ScaledProcessingParameters();
        parameters.plugin = "n4";
        parameters.n4.iterations = "5,5";
        parameters.n4.mask = N4Parameters.Mask.OTSU;
        parameters.downsampleFactor = "2";
        return parameters;
    }

    private static NodeRunner node(ScaledProcessingParameters parameters) throws Exception {
        return new NodeRunner(new ScaledProcessingNodeFactory(), parameters);
    }

    private static Image engine(Image image, String plugin, Map<String, ?> parameters, int factor) throws Exception {
        return image.applyScaledProcessing(
                PluginRegistry.installed().create(plugin, parameters),
                ScaledProcessingOptions.defaults().withDownsampleFactor(factor),
                Execution.standard());
    }

    private static Path store(PortObject object) throws Exception {
        File file = FileStoreUtil.getFileStores((ScaledImagePortObject) object)
                .get(0)
                .getFile();
        return file.toPath();
    }

    @Test
    void theResultIsTheEnginesToTheBit() throws Exception {
        PortObject[] outputs = node(gaussian(2)).execute(Samples.brain());
        try (Image expected = engine(Image.open(Samples.BRAIN), "gaussian", Map.of("sigma", 2), 4)) {
            assertArrayEquals(Samples.voxels(expected), Samples.voxels((ScaledImagePortObject) outputs[0]));
            assertArrayEquals(Samples.voxels(expected.field().orElseThrow()), Samples.voxels((ScaledImagePortObject)
                    NodeRunner.copy(outputs[1])));
        }
    }

    @Test
    void aChainIsTheEnginesChainWhereverItsFoldersAreMoved() throws Exception {
        ScaledImagePortObject first = node(gaussian(3)).image(Samples.brain());
        ScaledImagePortObject second = node(n4()).image(first);
        try (Image expected =
                engine(engine(Image.open(Samples.BRAIN), "gaussian", Map.of("sigma", 3), 4), "n4", QUICK, 2)) {
            assertArrayEquals(Samples.voxels(expected), Samples.voxels(second));
            deleteAll(store(first)); // as resetting a node and going on with a copy would
            assertArrayEquals(Samples.voxels(expected), Samples.voxels(second));
            try (Image opened = second.open(Execution.standard())) {
                assertEquals(expected.toJson(), opened.toJson());
            }
        }
    }

    private static void deleteAll(Path folder) throws Exception {
        try (Stream<Path> files = Files.walk(folder)) {
            for (Path file : files.sorted(java.util.Comparator.reverseOrder()).toList()) {
                Files.delete(file);
            }
        }
    }

    @Test
    void openingAResultRunsNoLowResolutionStep() throws Exception {
        ScaledImagePortObject result = node(n4()).image(Samples.brain());
        assertEquals(1, FileStoreUtil.getFileStores(result).size());
        try (Stream<Path> files = Files.list(store(result))) {
            assertEquals(
                    List.of("process-1.estimate"),
                    files.map(file -> file.getFileName().toString()).toList());
        }
        Files.write(store(result).resolve("process-1.estimate"), new byte[10]);
        String sentence = new NodeRunner(new SaveOmeZarrNodeFactory(), save("x.ome.zarr")).failure(result);
        assertTrue(sentence.contains("process-1.estimate: found a damaged file"), sentence);
    }

    private SaveOmeZarrParameters save(String name) {
        SaveOmeZarrParameters parameters = new SaveOmeZarrParameters();
        parameters.folder = ChosenPlace.of(folder.resolve(name).toString());
        return parameters;
    }

    @Test
    void aChainOverAPyramidReadsFullResolutionWhenItIsSavedOnly() throws Exception {
        SaveOmeZarrParameters pyramid = save("pyramid.ome.zarr");
        pyramid.chunkSize = "16";
        new NodeRunner(new SaveOmeZarrNodeFactory(), pyramid).execute(Samples.brain());
        Map<Path, byte[]> full = new HashMap<>();
        try (Stream<Path> files = Files.walk(folder.resolve("pyramid.ome.zarr/0/c"))) {
            for (Path chunk : files.filter(Files::isRegularFile).toList()) {
                full.put(chunk, Files.readAllBytes(chunk));
                FileTime time = Files.getLastModifiedTime(chunk);
                Files.write(chunk, new byte[] {1, 2, 3}); // whoever reads it fails
                Files.setLastModifiedTime(chunk, time);
            }
        }
        LoadImageParameters load = new LoadImageParameters();
        load.path = ChosenPlace.of(ChosenPlace.text(pyramid.folder));
        ScaledImagePortObject image = new NodeRunner(new LoadImageNodeFactory(), load).image();
        ScaledImagePortObject chain = node(gaussian(1)).image(node(gaussian(3)).image(image));
        NodeRunner saving = new NodeRunner(new SaveOmeZarrNodeFactory(), save("chain.ome.zarr"));
        assertTrue(saving.failure(chain).contains("pyramid.ome.zarr"), "reading the full resolution fails");
        for (Map.Entry<Path, byte[]> chunk : full.entrySet()) {
            FileTime asOpened = Files.getLastModifiedTime(chunk.getKey());
            Files.write(chunk.getKey(), chunk.getValue());
            Files.setLastModifiedTime(chunk.getKey(), asOpened); // as if it had never been another
        }
        ScaledImagePortObject saved = saving.image(chain);
        try (Image expected = engine(
                engine(Image.open(Path.of(ChosenPlace.text(pyramid.folder))), "gaussian", Map.of("sigma", 3), 4),
                "gaussian",
                Map.of("sigma", 1),
                4)) {
            assertArrayEquals(Samples.voxels(expected), Samples.voxels(saved));
        }
    }

    @Test
    void aMaterialisedResultHasTheSameVoxelsInTheWorkflow() throws Exception {
        ScaledProcessingParameters parameters = gaussian(2);
        PortObject lazy = node(parameters).image(Samples.brain());
        parameters.result = ScaledProcessingParameters.Result.MATERIALISED;
        parameters.useTemporary = true;
        NodeRunner node = node(parameters);
        PortObject[] outputs = node.execute(Samples.brain());
        assertNull(node.warning());
        assertEquals(
                1,
                FileStoreUtil.getFileStores((ScaledImagePortObject) outputs[0]).size());
        assertTrue(Files.exists(store(outputs[0]).resolve("image.ome.zarr")));
        assertArrayEquals(
                Samples.voxels((ScaledImagePortObject) lazy), Samples.voxels((ScaledImagePortObject) outputs[0]));
        ScaledImagePortObject next = node(gaussian(1)).image(outputs[0]);
        assertEquals(1, FileStoreUtil.getFileStores(next).size());
        try (Image expected = engine(
                engine(Image.open(Samples.BRAIN), "gaussian", Map.of("sigma", 2), 4),
                "gaussian",
                Map.of("sigma", 1),
                4)) {
            // the pixels were written and their own means are the low-resolution image now
            assertEquals(expected.metadata(), next.getSpec().metadata());
        }
        double[] voxels = Samples.voxels(next);
        deleteAll(store(outputs[0]));
        assertArrayEquals(voxels, Samples.voxels(next));
    }

    @Test
    void specsAreKnownBeforeAnythingIsComputed() throws Exception {
        ScaledImagePortObject brain = Samples.brain();
        for (ScaledProcessingParameters.Result result : ScaledProcessingParameters.Result.values()) {
            ScaledProcessingParameters parameters = n4();
            parameters.n4.rescale = true;
            parameters.result = result;
            parameters.pixelType = "uint8";
            NodeRunner node = node(parameters);
            PortObjectSpec[] specs = node.configure(brain.getSpec());
            PortObject[] outputs = node.execute(brain);
            assertEquals(outputs[0].getSpec(), specs[0]);
            assertEquals(outputs[1].getSpec(), specs[1]);
            assertEquals(
                    "czyx", ((ScaledImagePortObjectSpec) specs[1]).metadata().axes());
        }
    }

    @Test
    void thePixelTypeIsTheOneAskedFor() throws Exception {
        ScaledProcessingParameters parameters = gaussian(2);
        for (String type : List.of("unchanged", "same as input", "int16")) {
            parameters.pixelType = type;
            PixelType found =
                    node(parameters).image(Samples.brain()).getSpec().metadata().pixelType();
            PixelType expected = type.equals("unchanged")
                    ? PixelType.FLOAT32
                    : type.equals("int16")
                            ? PixelType.INT16
                            : Samples.brain().getSpec().metadata().pixelType();
            assertEquals(expected, found);
        }
        parameters.pixelType = "int24";
        assertTrue(assertThrows(InvalidSettingsException.class, parameters::validate)
                .getMessage()
                .startsWith("Pixel type: found 'int24', expected one of unchanged, same as input, int8, "));
    }

    @Test
    void aMaskIsHandedToThePluginThatTakesOne() throws Exception {
        Path mask = folder.resolve("mask.ome.zarr");
        try (Image image = Image.open(Samples.BRAIN)) {
            image.segmentOtsu().saveOmeZarr(mask);
        }
        LoadImageParameters load = new LoadImageParameters();
        load.path = ChosenPlace.of(mask.toString());
        ScaledImagePortObject maskImage = new NodeRunner(new LoadImageNodeFactory(), load).image();
        ScaledProcessingParameters parameters = n4();
        parameters.n4.mask = N4Parameters.Mask.NONE;
        ScaledImagePortObject masked = node(parameters).image(Samples.brain(), maskImage);
        Map<String, Object> expected = Map.of("iterations", List.of(5L, 5L), "mask", mask.toString());
        try (Image image = engine(Image.open(Samples.BRAIN), "n4", expected, 2)) {
            assertArrayEquals(Samples.voxels(image), Samples.voxels(masked));
        }
        deleteAll(mask); // only the estimate needed it
        assertTrue(Samples.voxels(masked).length > 0);
    }

    @Test
    void aMaskIsForPluginsThatTakeNoneAsWell() throws Exception {
        Path mask = folder.resolve("mask.ome.zarr");
        try (Image image = Image.open(Samples.BRAIN)) {
            image.segmentOtsu().saveOmeZarr(mask);
        }
        LoadImageParameters load = new LoadImageParameters();
        load.path = ChosenPlace.of(mask.toString());
        ScaledImagePortObject maskImage = new NodeRunner(new LoadImageNodeFactory(), load).image();
        NodeRunner gaussian = node(gaussian(2));
        gaussian.configure(Samples.brain().getSpec(), maskImage.getSpec());
        ScaledImagePortObject masked = gaussian.image(Samples.brain(), maskImage);
        ScaledProcessingOptions options = ScaledProcessingOptions.defaults().withMask(mask.toString());
        try (Image image = Image.open(Samples.BRAIN).applyScaledProcessing("gaussian", Map.of("sigma", 2), options)) {
            assertArrayEquals(Samples.voxels(image), Samples.voxels(masked));
        }
        deleteAll(mask); // only the estimate needed it
        assertTrue(Samples.voxels(masked).length > 0);
    }

    @Test
    void whatTheEstimateIsMadeFromIsSet() throws Exception {
        ScaledProcessingParameters parameters = gaussian(2);
        parameters.downsampleTo = "2mm,4mm,6mm";
        parameters.estimateFrom = Samples.BRAIN.toAbsolutePath().toString();
        parameters.share = ScaledProcessingParameters.Share.ALL;
        ScaledProcessingOptions options = ScaledProcessingOptions.defaults()
                .withDownsampleTo("2mm,4mm,6mm")
                .withEstimateFrom(Samples.BRAIN.toString())
                .withShare("all");
        assertEquals(options, parameters.options(Optional.empty()));
        try (Image image = Image.open(Samples.BRAIN).applyScaledProcessing("gaussian", Map.of("sigma", 2), options)) {
            assertArrayEquals(
                    Samples.voxels(image), Samples.voxels(node(parameters).image(Samples.brain())));
        }
        for (String wrong : List.of("time=x", "", "channel=1,2")) {
            parameters.estimateFrom = wrong;
            String message = assertThrows(InvalidSettingsException.class, parameters::validate)
                    .getMessage();
            assertTrue(message.startsWith("Estimate from: found "), message);
        }
        parameters.estimateFrom = "knime://nowhere/a.nii"; // perhaps on another computer
        parameters.validate();
        parameters.downsampleTo = "4";
        assertTrue(assertThrows(InvalidSettingsException.class, parameters::validate)
                .getMessage()
                .startsWith("Size of low-resolution voxels: found 4, expected a voxel size with its unit"));
    }

    @Test
    void aPixelTypeThatHoldsNextToNothingIsRefusedByTheNodeThatIsToldOfIt() throws Exception {
        ScaledProcessingParameters parameters = gaussian(2);
        parameters.pixelType = "uint8";
        node(parameters).execute(Samples.brain());
        parameters.gaussian.keepMean = false;
        String sentence = node(parameters).failure(Samples.brain());
        assertTrue(
                sentence.startsWith("Pixel type: found uint8, in which channel 0 has")
                        && sentence.contains("keepMean=true"),
                sentence);
        SaveNiftiParameters save = new SaveNiftiParameters();
        save.file = ChosenPlace.of(folder.resolve("few.nii").toString());
        save.pixelType = "uint8";
        parameters.pixelType = OutputType.UNCHANGED;
        ScaledImagePortObject around1 = node(parameters).image(Samples.brain());
        assertTrue(new NodeRunner(new SaveNiftiNodeFactory(), save)
                .failure(around1)
                .startsWith("Pixel type: found uint8"));
        assertFalse(Files.exists(folder.resolve("few.nii")));
    }

    @Test
    void nodesSavedBeforeThereWasASettingDoWhatTheyDid() throws Exception {
        ScaledProcessingParameters made = gaussian(2);
        NodeSettings settings = new NodeSettings("model");
        NodeParametersUtil.saveSettings(ScaledProcessingParameters.class, made, settings);
        NodeSettings gaussian = (NodeSettings) settings.getNodeSettings("gaussian");
        NodeSettings older = (NodeSettings) settings.addNodeSettings("gaussian");
        older.addDouble("sigma", gaussian.getDouble("sigma"));
        older.addString("mode", gaussian.getString("mode"));
        ScaledProcessingParameters loaded = NodeParametersUtil.loadSettings(settings, ScaledProcessingParameters.class);
        assertEquals(
                Map.of("sigma", 2.0, "mode", "reflect", "keepMean", false, "allowNonPositive", true),
                loaded.gaussian.values());
        assertEquals(
                Map.of("sigma", 2.0, "mode", "reflect", "keepMean", true, "allowNonPositive", false),
                NodeRunner.throughSettings(made).gaussian.values());
        ScaledProcessingParameters plain = gaussian(2);
        plain.gaussian.keepMean = false;
        assertArrayEquals(
                Samples.voxels(node(plain).image(Samples.brain())),
                Samples.voxels(node(loaded).image(Samples.brain())));
    }

    @Test
    void whatCanHaveHadNoEffectIsTheNodesMessage() throws Exception {
        ScaledProcessingParameters parameters = n4();
        parameters.n4.splineSpacing = "200";
        parameters.n4.iterations = "50";
        parameters.n4.tolerance = 0.001;
        parameters.n4.mask = N4Parameters.Mask.NONE;
        NodeRunner node = node(parameters);
        node.execute(Samples.brain());
        String[] lines = node.warning().split("\n");
        assertEquals(2, lines.length, node.warning());
        assertTrue(lines[0].startsWith("n4's spans of 200 mm are longer than the image"), lines[0]);
        assertTrue(lines[1].startsWith("n4 ended its first level after one iteration"), lines[1]);
        NodeRunner good = node(n4());
        good.execute(Samples.brain());
        assertNull(good.warning());
    }

    @Test
    void theTemporaryOmeZarrIsKeptWhereItIsAskedFor() throws Exception {
        ScaledProcessingParameters parameters = gaussian(2);
        parameters.useTemporary = true;
        NodeRunner node = node(parameters);
        node.execute(Samples.brain());
        assertEquals(
                "The temporary OME-Zarr was not written: a result that is computed when needed interpolates the field.",
                node.warning());
        parameters.keepTemporary = true;
        parameters.temporaryFolder = folder.resolve("field.ome.zarr").toString();
        PortObject[] outputs = node(parameters).execute(Samples.brain());
        assertArrayEquals(
                Samples.voxels(folder.resolve("field.ome.zarr")), Samples.voxels((ScaledImagePortObject) outputs[1]));
        NodeRunner again = node(parameters);
        again.configure(Samples.brain().getSpec());
        assertTrue(again.warning().startsWith(parameters.temporaryFolder + ": found an existing folder"));
        assertEquals(again.warning(), again.failure(Samples.brain()));
    }

    @Test
    void mistakesAreFoundWhenTheNodeIsConfigured() throws Exception {
        ScaledProcessingParameters parameters = gaussian(2);
        parameters.downsampleFactor = "4,4";
        assertEquals(
                "Downsample factor: found 2 numbers, expected one number, or one for each axis, in the order z,y,x.",
                refused(parameters));
        parameters.downsampleFactor = "1000,4,4";
        assertTrue(refused(parameters).startsWith("Downsample factor along z: found 1000, expected at most"));
        parameters.downsampleFactor = "4";
        parameters.estimateFrom = "Mean";
        assertTrue(refused(parameters).startsWith("Estimate from: found 'Mean', expected each, mean, median, max, "));
        parameters.estimateFrom = "each";
        parameters.gaussian.sigma = 2000;
        assertEquals(
                "Sigma (low-resolution voxels): found 2000, expected a number from 0 to 1000.",
                assertThrows(InvalidSettingsException.class, parameters::validate)
                        .getMessage());
        // KNIME drops settings that are refused when a workflow is opened: what another computer may lack is not.
        parameters.plugin = "n4";
        parameters.n4.weight = "Q:\\weights\\brain.nii";
        parameters.validate();
        assertTrue(refused(parameters).startsWith("Weight image: found 'Q:"), refused(parameters));
        parameters.n4.iterations = "many";
        assertThrows(InvalidSettingsException.class, parameters::validate);
        parameters.plugin = "gone";
        parameters.parameters = "width = 3";
        parameters.validate();
        assertTrue(refused(parameters).matches("Plugin: found 'gone', expected one of .*gaussian,.* n4,.*\\."));
    }

    private static String refused(ScaledProcessingParameters parameters) throws Exception {
        NodeRunner node = node(parameters);
        PortObjectSpec spec = Samples.brain().getSpec();
        return assertThrows(InvalidSettingsException.class, () -> node.configure(spec))
                .getMessage();
    }

    @Test
    void parametersOfOtherPluginsAreLinesThatAreChecked() throws Exception {
        assertEquals(Map.of("a", "1", "b", "x = y"), ParameterLines.parse("a = 1\n\n b=x = y \n"));
        for (String wrong : List.of("sigma", "= 3", "a=1\na=2")) {
            ParameterMistake.expect(() -> ParameterLines.parse(wrong));
        }
    }

    /** Asserts a sentence. */
    private interface ParameterMistake {
        void run() throws Exception;

        static void expect(ParameterMistake mistake) {
            String sentence = assertThrows(org.scaledimaging.engine.message.ParameterException.class, mistake::run)
                    .getMessage();
            assertTrue(sentence.matches("Parameters: found .*, expected .*\\."), sentence);
        }
    }

    @Test
    void aNodeThatIsCancelledStopsWithinASecond() throws Exception {
        ScaledProcessingParameters parameters = n4();
        parameters.downsampleFactor = "1";
        parameters.n4.iterations = "10000,10000,10000";
        parameters.n4.tolerance = 0;
        NodeRunner node = node(parameters);
        ScaledImagePortObject brain = Samples.brain();
        Thread canceller = new Thread(() -> {
            try {
                while (node.progress.getProgress() == null || node.progress.getProgress() == 0) {
                    Thread.sleep(10);
                }
                Thread.sleep(500);
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
            }
            cancelledAt = System.nanoTime();
            node.progress.setExecuteCanceled();
        });
        canceller.start();
        assertTrue(node.isCancelled(brain));
        long millis = (System.nanoTime() - cancelledAt) / 1_000_000;
        assertTrue(cancelledAt > 0 && millis < 1000, millis + " ms");
        assertFalse(node.progress.getMessage().isBlank());
    }

    private volatile long cancelledAt;
}
