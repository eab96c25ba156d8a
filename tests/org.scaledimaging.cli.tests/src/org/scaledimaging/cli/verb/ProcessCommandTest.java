package org.scaledimaging.cli.verb;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.OutputStream;
import java.io.PrintStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.scaledimaging.cli.Main;
import org.scaledimaging.cli.Run;
import org.scaledimaging.cli.Samples;
import org.scaledimaging.cli.terminal.Exit;
import org.scaledimaging.engine.Image;
import org.scaledimaging.engine.block.Block;
import org.scaledimaging.engine.block.PixelType;
import org.scaledimaging.engine.image.Axis;
import org.scaledimaging.engine.image.Dimension;
import org.scaledimaging.engine.image.ImageMetadata;
import org.scaledimaging.engine.image.ImageSource;
import org.scaledimaging.engine.scaled.ScaledProcessingOptions;
import org.scaledimaging.engine.target.AtomicTarget;

/** The main job as users ask for it. */
class ProcessCommandTest {
    @TempDir
    Path folder;

    private Path input;
    private Path output;

    @BeforeEach
    void makeInput() throws Exception {
        input = Samples.nifti(folder);
        output = folder.resolve("out.ome.zarr");
    }

    private Run process(Object... more) {
        Object[] arguments = {"process", input, output, "--plugin", "gaussian"};
        Object[] all = Arrays.copyOf(arguments, arguments.length + more.length);
        System.arraycopy(more, 0, all, arguments.length, more.length);
        return Run.of(all);
    }

    private double[] expected(Map<String, ?> parameters, int... factors) throws Exception {
        ScaledProcessingOptions options = ScaledProcessingOptions.defaults().withDownsampleFactor(factors);
        try (Image image = Image.open(input).applyScaledProcessing("gaussian", parameters, options)) {
            return Samples.voxels(image);
        }
    }

    @Test
    void theResultIsThatOfTheJavaInterface() throws Exception {
        process().done();
        assertArrayEquals(expected(Map.of(), 4), Samples.voxels(output));
        assertEquals(PixelType.FLOAT32, Samples.metadata(output).pixelType());
        assertEquals(
                Samples.metadata(input).dimensions(), Samples.metadata(output).dimensions());
    }

    @Test
    void parametersReachThePlugin() throws Exception {
        process("-p", "sigma=1.5", "-p", "mode=wrap").done();
        assertArrayEquals(expected(Map.of("sigma", 1.5, "mode", "wrap"), 4), Samples.voxels(output));
    }

    @Test
    void n4TakesAMaskByItsPathAndItsFieldCanBeSaved() throws Exception {
        Path mask = folder.resolve("mask.nii.gz");
        Samples.volume(20, 24, 28).saveNifti(mask);
        Path field = folder.resolve("field.nii.gz");
        String relative = Path.of("").toAbsolutePath().relativize(mask).toString();
        Run.of(
                        "process",
                        input,
                        output,
                        "--plugin",
                        "n4",
                        "-p",
                        "splineSpacing=2x1x1",
                        "-p",
                        "iterations=5,5",
                        "-p",
                        "mask=" + relative,
                        "--save-field",
                        field)
                .done();
        Map<String, Object> parameters = Map.of("splineSpacing", "2x1x1", "iterations", "5,5", "mask", mask.toString());
        try (Image image =
                Image.open(input).applyScaledProcessing("n4", parameters, ScaledProcessingOptions.defaults())) {
            assertArrayEquals(Samples.voxels(image), Samples.voxels(output));
            assertArrayEquals(Samples.voxels(image.field().orElseThrow()), Samples.voxels(field));
        }
    }

    @Test
    void theDownsampleFactorMayDifferAlongAxes() throws Exception {
        process("--downsample-factor", "1,3,4").done();
        assertArrayEquals(expected(Map.of(), 1, 3, 4), Samples.voxels(output));
    }

    @Test
    void pluginsAreChainedInOrder() throws Exception {
        process("-p", "sigma=2", "--plugin", "gaussian", "-p", "sigma=1", "-p", "mode=nearest")
                .done();
        ScaledProcessingOptions options = ScaledProcessingOptions.defaults();
        try (Image image = Image.open(input)
                .applyScaledProcessing("gaussian", Map.of("sigma", 2), options)
                .applyScaledProcessing("gaussian", Map.of("sigma", 1, "mode", "nearest"), options)) {
            assertArrayEquals(Samples.voxels(image), Samples.voxels(output));
        }
    }

    @Test
    void theOutputTypeIsAsAsked() throws Exception {
        process("--output-type", "same").done();
        assertEquals(PixelType.UINT16, Samples.metadata(output).pixelType());
        process("--output-type", "float64", "--overwrite").done();
        assertEquals(PixelType.FLOAT64, Samples.metadata(output).pixelType());
    }

    @Test
    void theFieldIsSavedAtFullResolution() throws Exception {
        Path field = folder.resolve("field.nii.gz");
        process("--save-field", field).done();
        assertArrayEquals(new long[] {20, 24, 28}, Samples.metadata(field).shape());
        double[] voxels = Samples.voxels(input);
        double[] values = Samples.voxels(field);
        double[] result = Samples.voxels(output);
        for (int i = 0; i < voxels.length; i++) {
            assertEquals(voxels[i] / values[i], result[i], 1e-5);
        }
    }

    @Test
    void aTemporaryOmeZarrChangesNothingAndGoesAway() throws Exception {
        Path temporary = folder.resolve("temporary.ome.zarr");
        process("--temp-zarr-path", temporary, "--chunk-size", 8).done();
        assertArrayEquals(expected(Map.of(), 4), Samples.voxels(output));
        assertEquals(List.of("out.ome.zarr", "sample.nii.gz"), Samples.names(folder));
    }

    @Test
    void aKeptTemporaryOmeZarrHoldsTheFieldInChunksAsAsked() throws Exception {
        Path temporary = folder.resolve("temporary.ome.zarr");
        Run run = process("--temp-zarr-path", temporary, "--keep-temp", "--chunk-size", "4,8,8")
                .done();
        assertTrue(run.err().contains("Kept " + temporary), run.err());
        try (Image field = Image.open(temporary)) {
            assertArrayEquals(new int[] {4, 8, 8}, field.source().chunkShape());
        }
    }

    @Test
    void whereATemporaryOmeZarrWithoutAPathIsKeptIsSaid() throws Exception {
        Run run = process("--use-temp-zarr", "--keep-temp").done();
        String line = run.err()
                .lines()
                .filter(text -> text.startsWith("Kept "))
                .findFirst()
                .orElseThrow();
        Path kept = Path.of(line.substring("Kept ".length()));
        assertArrayEquals(new long[] {20, 24, 28}, Samples.metadata(kept).shape());
        AtomicTarget.deleteAll(kept.getParent());
    }

    @Test
    void channelsAndTimePointsAreProcessedEachOnItsOwn() throws Exception {
        Path five = Samples.fiveAxes(folder);
        Path whole = folder.resolve("whole.ome.zarr");
        Path part = folder.resolve("part.ome.zarr");
        Run.of("process", five, whole, "--plugin", "gaussian").done();
        Run.of("process", five, part, "--plugin", "gaussian", "--channel", 2, "--time", 1)
                .done();
        double[] all = Samples.voxels(whole);
        double[] last = Samples.voxels(part);
        assertArrayEquals(last, Arrays.copyOfRange(all, all.length - last.length, all.length));
    }

    @Test
    void niftiIsWrittenToo() throws Exception {
        output = folder.resolve("out.nii");
        process().done();
        assertArrayEquals(expected(Map.of(), 4), Samples.voxels(output));
    }

    @Test
    void progressIsToldInLinesAtMostOneForEachTenth() {
        Run run = process().done();
        long lines = run.err().lines().filter(line -> line.matches("\\d+ % .*")).count();
        assertTrue(lines >= 1 && lines <= 10, run.err());
    }

    @Test
    void aCancelledJobLeavesNothing() throws Exception {
        PrintStream nowhere = new PrintStream(OutputStream.nullOutputStream());
        int exitCode = Main.run(
                nowhere, nowhere, () -> true, "process", input.toString(), output.toString(), "--plugin", "gaussian");
        assertEquals(1, exitCode);
        assertFalse(Files.exists(output));
        assertEquals(List.of("sample.nii.gz"), Samples.names(folder));
    }

    @Test
    void voxelsThatAreNotFiniteStayOutOfTheEstimateAndComeThrough() throws Exception {
        ImageMetadata metadata = ImageMetadata.of(
                "holes", PixelType.FLOAT32, Dimension.of(Axis.Z, 8), Dimension.of(Axis.Y, 8), Dimension.of(Axis.X, 8));
        double[] odd = {Double.NaN, Double.POSITIVE_INFINITY, Double.NEGATIVE_INFINITY};
        ImageSource holes = new ImageSource() {
            @Override
            public ImageMetadata metadata() {
                return metadata;
            }

            @Override
            public int[] chunkShape() {
                return new int[] {8, 8, 8};
            }

            @Override
            public void read(Block target) {
                Object voxels = target.voxels();
                Arrays.fill((float[]) voxels, 3);
                for (int i = 0; i < odd.length; i++) {
                    ((float[]) voxels)[100 * i] = (float) odd[i];
                }
            }
        };
        input = folder.resolve("holes.nii");
        Image.of(holes).saveNifti(input);
        process("--downsample-factor", "2").done();
        double[] voxels = Samples.voxels(output);
        for (int i = 0; i < voxels.length; i++) {
            boolean hole = i % 100 == 0 && i / 100 < odd.length;
            assertEquals(hole ? odd[i / 100] : 3, voxels[i], 1e-6);
        }
    }

    @Test
    void anIntegerTypeThatHoldsNextToNothingIsRefusedBeforeTheWork() throws Exception {
        Path field = folder.resolve("field.nii");
        Run run = process("-p", "keepMean=false", "--output-type", "same", "--save-field", field, "--quiet");
        run.refused(Exit.FAILED, List.of("--output-type: found", "1 grey level from", "keepMean=true", "float32"));
        assertFalse(Files.exists(output) || Files.exists(field));
        process("--output-type", "same").done();
    }

    @Test
    void whatWasToldIsShownWithoutTheNumbersOfEachIteration() throws Exception {
        Path corrected = folder.resolve("corrected.ome.zarr");
        Run.of("process", input, corrected, "--plugin", "n4", "-p", "iterations=5", "-p", "mask=none")
                .done();
        String text = Run.of("info", corrected).done().out();
        assertTrue(text.contains("\ntold         n4, level 1 of 1: convergence from "), text);
        assertFalse(text.contains("values="), text);
    }

    @Test
    void whatIsWrittenTellsHowItWasMade() throws Exception {
        process("-p", "sigma=3", "--downsample-factor", "2,4,4").done();
        String text = Run.of("info", output).done().out();
        assertTrue(text.contains("made from    " + input.toAbsolutePath()), text);
        assertTrue(text.contains("made by      process, plugin gaussian"), text);
        assertTrue(text.contains("sigma=3.0"), text);
        assertTrue(text.contains("\ntold         gaussian: the field goes from "), text);
        var step = Run.of("info", output, "--json").done().json().at("/recipe/operations/0");
        assertEquals(3, step.at("/parameters/sigma").asDouble());
        assertEquals(2, step.at("/downsampleFactor/0").asInt());
        String plain = Run.of("info", input).done().out();
        assertFalse(plain.contains("made"), plain);
    }
}
