package org.scaledimaging.engine.format.omezarr;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.scaledimaging.engine.Image;
import org.scaledimaging.engine.block.PixelType;
import org.scaledimaging.engine.execute.Description;
import org.scaledimaging.engine.execute.Execution;
import org.scaledimaging.engine.format.OmeZarrWriteOptions;
import org.scaledimaging.engine.format.PyramidScaling;
import org.scaledimaging.engine.image.Axis;
import org.scaledimaging.engine.image.Dimension;
import org.scaledimaging.engine.image.FormulaSource;
import org.scaledimaging.engine.image.ImageMetadata;
import org.scaledimaging.engine.image.ImageSource;
import org.scaledimaging.engine.message.ParameterException;
import org.scaledimaging.engine.place.ImageLocation;
import org.scaledimaging.engine.view.DownsampledSource;

/** Voxels grow by the wanted factors from each level of a written pyramid to the next. */
class PyramidScalingTest {
    private static final String UM = "micrometer";

    @TempDir
    private Path folder;

    private static ImageMetadata metadata(double z, String unit, double yx, String otherUnit, long... shape) {
        return ImageMetadata.of(
                "image",
                PixelType.UINT16,
                Dimension.of(Axis.C, 2),
                new Dimension(Axis.Z, shape[0], z, unit, 3),
                new Dimension(Axis.Y, shape[1], yx, otherUnit, 4),
                new Dimension(Axis.X, shape[2], yx, otherUnit, 5));
    }

    private static FormulaSource image(ImageMetadata metadata) {
        return new FormulaSource(metadata, new int[] {1, 8, 8, 8}, FormulaSource::scattered);
    }

    /** Lengths along z and x of all levels. */
    private static String lengths(ImageMetadata metadata, PyramidScaling scaling) throws Exception {
        OmeZarrWriteOptions options =
                OmeZarrWriteOptions.defaults().withChunks(8).withPyramid(scaling);
        StringBuilder text = new StringBuilder();
        for (ImageMetadata level : PyramidPlan.of(image(metadata), options).levels()) {
            text.append(text.isEmpty() ? "" : " ")
                    .append(level.shape()[1])
                    .append('x')
                    .append(level.shape()[3]);
        }
        return text.toString();
    }

    @Test
    void longVoxelsWaitUntilTheOthersHaveCaughtUp() throws Exception {
        PyramidScaling isotropic = PyramidScaling.isotropic();
        String sheet = "32x64 32x32 32x16 16x8 8x4";
        String equal = "32x64 16x32 8x16 4x8";
        assertEquals(sheet, lengths(metadata(5, UM, 1.3, UM, 32, 64, 64), isotropic));
        assertEquals(equal, lengths(metadata(5, UM, 5, UM, 32, 64, 64), isotropic));
        assertEquals(equal, lengths(metadata(1.4, UM, 1, UM, 32, 64, 64), isotropic));
        assertEquals("32x64 32x32 16x16 8x8", lengths(metadata(1.5, UM, 1, UM, 32, 64, 64), isotropic));
        assertEquals("32x64 16x64 8x64 4x32 2x16 1x8", lengths(metadata(0.3, UM, 1, UM, 32, 64, 64), isotropic));
        // Units that compare, none, and such that do not.
        assertEquals(sheet, lengths(metadata(0.005, "millimeter", 1.3, UM, 32, 64, 64), isotropic));
        assertEquals(sheet, lengths(metadata(4, "", 1, "", 32, 64, 64), isotropic));
        assertEquals(equal, lengths(metadata(4, "slice", 1, UM, 32, 64, 64), isotropic));
        // An axis of one voxel has no say.
        assertEquals("1x64 1x32 1x16 1x8", lengths(metadata(0.1, UM, 1, UM, 1, 64, 64), isotropic));
        assertEquals(equal, lengths(metadata(5, UM, 1.3, UM, 32, 64, 64), PyramidScaling.halving()));
    }

    @Test
    void eachLevelHoldsTheMeansOfTheOneBeforeAndLiesThere() throws Exception {
        FormulaSource image = image(metadata(5, UM, 1.3, UM, 13, 61, 47));
        Map<Axis, Integer> odd = Map.of(Axis.Z, 1, Axis.Y, 3, Axis.X, 4);
        for (PyramidScaling scaling : List.of(
                PyramidScaling.isotropic(),
                PyramidScaling.given(List.of(odd, Map.of(Axis.Z, 5, Axis.Y, 2), Map.of(Axis.X, 2))))) {
            for (int[] chunks : new int[][] {{8}, {5, 7, 9}, {64}}) {
                Path target = folder.resolve(scaling.label() + chunks[0] + ".zarr");
                OmeZarrWriteOptions options = OmeZarrWriteOptions.defaults()
                        .withChunks(chunks)
                        .withLevels(4)
                        .withPyramid(scaling)
                        .withVerify(true);
                OmeZarrWriter.write(image, target, options, null, Execution.standard());
                List<ImageSource> levels = OmeZarrReader.open(target).levels();
                assertEquals(4, levels.size());
                for (int level = 1; level < 4; level++) {
                    ImageSource finer = levels.get(level - 1);
                    int[] step = scaling.step(finer.metadata(), level - 1);
                    ImageSource expected = DownsampledSource.of(finer, step, PixelType.UINT16);
                    List<Dimension> found = levels.get(level).metadata().dimensions();
                    for (int d = 0; d < 4; d++) {
                        Dimension wanted = expected.metadata().dimensions().get(d);
                        assertEquals(wanted.length(), found.get(d).length());
                        assertEquals(wanted.voxelSize(), found.get(d).voxelSize(), 1e-12);
                        assertEquals(wanted.origin(), found.get(d).origin(), 1e-12);
                    }
                    assertArrayEquals(voxels(expected), voxels(levels.get(level)), scaling + " level " + level);
                }
            }
        }
    }

    private static short[] voxels(ImageSource image) throws Exception {
        return (short[]) image.read(image.metadata().interval()).voxels();
    }

    @Test
    void stagesInOtherProcessesWriteTheSameFiles() throws Exception {
        FormulaSource image = image(metadata(5, UM, 1.3, UM, 13, 61, 47));
        List<PyramidScaling> scalings = List.of(
                PyramidScaling.isotropic(),
                PyramidScaling.halving(),
                PyramidScaling.given(List.of(Map.of(Axis.Y, 4, Axis.X, 2), Map.of(Axis.Z, 3, Axis.X, 3))));
        for (PyramidScaling scaling : scalings) {
            OmeZarrWriteOptions options =
                    OmeZarrWriteOptions.defaults().withChunks(4).withShards(8).withPyramid(scaling);
            Path here = folder.resolve(scaling.label() + ".zarr");
            Path there = folder.resolve(scaling.label() + "-there.zarr");
            OmeZarrWriter.write(image, here, options, null, Execution.standard());
            Execution elsewhere = Execution.standard().withExecutor(new Elsewhere(image, folder, 5000));
            Optional<Description> description =
                    Optional.of(new Description(JsonNodeFactory.instance.objectNode(), Map.of()));
            OmeZarrWriter.write(image, description, List.of(), ImageLocation.of(there), options, null, elsewhere);
            try (Stream<Path> files = Files.walk(here)) {
                for (Path file : files.filter(Files::isRegularFile).toList()) {
                    assertArrayEquals(
                            Files.readAllBytes(file),
                            Files.readAllBytes(there.resolve(here.relativize(file))),
                            file.toString());
                }
            }
        }
    }

    @Test
    void theSourcesOwnFactorsAreFollowedThroughOperations() throws Exception {
        Path source = folder.resolve("source.zarr");
        OmeZarrWriteOptions given = OmeZarrWriteOptions.defaults()
                .withPyramid(PyramidScaling.given(
                        List.of(Map.of(Axis.Y, 2, Axis.X, 2), Map.of(Axis.Z, 3, Axis.Y, 4, Axis.X, 4))));
        FormulaSource image = image(metadata(5, UM, 1.3, UM, 13, 61, 47));
        OmeZarrWriter.write(image, source, given, null, Execution.standard());
        OmeZarrWriteOptions options = OmeZarrWriteOptions.defaults().withPyramid(PyramidScaling.source());
        try (Image opened = Image.open(source)) {
            Image part = opened.crop(List.of(1L, 1L, 1L), List.of(12L, 48L, 45L));
            part.saveOmeZarr(folder.resolve("part.zarr"), options, Execution.standard());
            part.saveOmeZarr(folder.resolve("two.zarr"), options.withLevels(2), Execution.standard());
            opened.level(1).saveOmeZarr(folder.resolve("coarse.zarr"), options, Execution.standard());
            assertEquals("11x47x44 11x24x22 4x6x6", shapes(folder.resolve("part.zarr")));
            assertEquals("11x47x44 11x24x22", shapes(folder.resolve("two.zarr")));
            assertEquals("13x31x24 5x8x6", shapes(folder.resolve("coarse.zarr")));
            Image without = opened.level(2);
            String message = assertThrows(
                            ParameterException.class,
                            () -> without.saveOmeZarr(folder.resolve("no.zarr"), options, Execution.standard()))
                    .getMessage();
            assertEquals("Pyramid: found source, but no pyramid in image, expected isotropic or halving.", message);
        }
    }

    private static String shapes(Path path) throws Exception {
        StringBuilder text = new StringBuilder();
        for (ImageSource level : OmeZarrReader.open(path).levels()) {
            long[] shape = level.metadata().shape();
            text.append(text.isEmpty() ? "" : " ").append(shape[1] + "x" + shape[2] + "x" + shape[3]);
        }
        return text.toString();
    }
}
