package org.scaledimaging.plugins.n4;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.scaledimaging.engine.Image;
import org.scaledimaging.engine.ParameterImage;
import org.scaledimaging.engine.block.Interval;
import org.scaledimaging.engine.execute.Execution;
import org.scaledimaging.engine.image.Axis;
import org.scaledimaging.engine.image.Dimension;
import org.scaledimaging.engine.image.ImageMetadata;
import org.scaledimaging.engine.message.ImageFormatException;
import org.scaledimaging.engine.message.ParameterException;
import org.scaledimaging.engine.plugin.LowResolutionImage;
import org.scaledimaging.engine.scaled.ScaledProcessingOptions;

/** Masks and weights given as images. */
class MaskTest {
    private static final Map<String, Object> PARAMETERS = Map.of("splineSpacing", "1x1x1", "iterations", "8,8");

    @TempDir
    private Path folder;

    /** A full-resolution image of 9×10×11 voxels downsampled by 2. */
    private final LowResolutionImage image = Volumes.image(low(), new int[] {2, 2, 2}, 9, 10, 11);

    private static float[] low() {
        return Arrays.copyOfRange(Volumes.Phantom.of(12).voxels(), 700, 700 + 5 * 5 * 6);
    }

    private String saved(String name, float[] voxels, long... shape) throws Exception {
        Path path = folder.resolve(name);
        try (Image mask = Image.of(new Volumes.InMemory(Volumes.metadata(shape), voxels))) {
            if (name.endsWith(".zarr")) {
                mask.saveOmeZarr(path);
            } else {
                mask.saveNifti(path);
            }
        }
        return path.toString();
    }

    private boolean[] mask(String value) throws Exception {
        return ParameterImage.mask("mask", value, image, Execution.standard());
    }

    private float[] field(String parameter, String value) throws Exception {
        Map<String, Object> parameters = new java.util.HashMap<>(PARAMETERS);
        parameters.put("mask", "none");
        parameters.put(parameter, value);
        return N4BiasFieldCorrectionTest.field(parameters, image);
    }

    /** A pattern that no transposition or reversal leaves as it is. */
    private static float[] pattern(int z, int y, int x) {
        float[] pattern = new float[z * y * x];
        for (int i = 0; i < pattern.length; i++) {
            pattern[i] = (i / (y * x) * 5 + i / x % y * 3 + i % x) % 7 < 3 ? 0 : 1 + i % 3;
        }
        return pattern;
    }

    private static boolean[] inside(float[] values) {
        boolean[] inside = new boolean[values.length];
        for (int i = 0; i < values.length; i++) {
            inside[i] = values[i] != 0;
        }
        return inside;
    }

    @Test
    void aMaskOnTheLowResolutionGridIsTakenAsItIs() throws Exception {
        float[] pattern = pattern(5, 5, 6);
        assertArrayEquals(inside(pattern), mask(saved("low.nii.gz", pattern, 5, 5, 6)));
        assertArrayEquals(inside(pattern), mask(saved("low.ome.zarr", pattern, 5, 5, 6)));
    }

    @Test
    void aMaskAtFullResolutionCountsWhereHalfOfAVoxelIsInIt() throws Exception {
        float[] pattern = pattern(9, 10, 11);
        boolean[] expected = new boolean[5 * 5 * 6];
        for (int i = 0; i < expected.length; i++) {
            int in = 0;
            int all = 0;
            for (int k = 0; k < 8; k++) {
                int z = i / 30 * 2 + k / 4;
                int y = i / 6 % 5 * 2 + k / 2 % 2;
                int x = i % 6 * 2 + k % 2;
                if (z < 9 && x < 11) {
                    all++;
                    in += pattern[(z * 10 + y) * 11 + x] != 0 ? 1 : 0;
                }
            }
            expected[i] = 2 * in >= all;
        }
        assertArrayEquals(expected, mask(saved("full.nii", pattern, 9, 10, 11)));
    }

    @Test
    void aCoarserMaskIsTakenWhereTheCentresOfVoxelsLie() throws Exception {
        // Two halves along x: full-resolution voxels 0 to 5.5 and 5.5 to 11; low-resolution centres at 1, 3, 5, 7, 9,
        // 11.
        boolean[] found =
                mask(sized("halves.ome.zarr", new double[] {36, 40, 22}, "millimeter", new float[] {0, 1}, 1, 1, 2));
        for (int i = 0; i < found.length; i++) {
            assertEquals(i % 6 >= 3, found[i], "at x = " + i % 6);
        }
    }

    @Test
    void axesOfAMaskAreToldByTheirNames() throws Exception {
        List<Dimension> reversed = new ArrayList<>(Volumes.metadata(5, 5, 6).dimensions());
        java.util.Collections.reverse(reversed);
        float[] pattern = pattern(5, 5, 6);
        float[] transposed = new float[pattern.length];
        for (int i = 0; i < pattern.length; i++) {
            transposed[(i % 6 * 5 + i / 6 % 5) * 5 + i / 30] = pattern[i];
        }
        Path path = folder.resolve("reversed.nii");
        ImageMetadata metadata = Volumes.metadata(5, 5, 6).withDimensions(reversed);
        try (Image image = Image.of(new Volumes.InMemory(metadata, transposed))) {
            image.saveNifti(path);
        }
        assertArrayEquals(inside(pattern), mask(path.toString()));
    }

    @Test
    void aRecipeIsAMaskToo() throws Exception {
        float[] pattern = pattern(5, 5, 6);
        String path = saved("recipe.ome.zarr", pattern, 5, 5, 6);
        try (Image opened = Image.open(path)) {
            String recipe = opened.toJson();
            assertTrue(recipe.startsWith("{"), recipe);
            assertArrayEquals(inside(pattern), mask(recipe));
            assertArrayEquals(field("mask", path), field("mask", recipe));
        }
    }

    @Test
    void anImageMadeWithAMaskOpensAgainFromItsRecipe() throws Exception {
        String brain = saved("brain.nii", Volumes.Phantom.of(12).voxels(), 12, 12, 12);
        String path = saved("mask.ome.zarr", pattern(6, 6, 6), 6, 6, 6);
        ScaledProcessingOptions options = ScaledProcessingOptions.defaults().withDownsampleFactor(2);
        try (Image mask = Image.open(path)) {
            for (String given : List.of(path, mask.toJson())) {
                Map<String, Object> parameters = new java.util.HashMap<>(PARAMETERS);
                parameters.put("mask", given);
                try (Image made = Image.open(brain).applyScaledProcessing("n4", parameters, options);
                        Image again = Image.fromJson(made.toJson(), Execution.standard())) {
                    assertArrayEquals(voxels(made), voxels(again));
                    assertTrue(!Arrays.equals(Volumes.Phantom.of(12).voxels(), voxels(again)), "a correction");
                }
            }
        }
    }

    private static float[] voxels(Image image) throws Exception {
        return (float[]) image.source().read(image.metadata().interval()).voxels();
    }

    @Test
    void voxelsOutsideTheMaskHaveNoSay() throws Exception {
        float[] pattern = pattern(5, 5, 6);
        String path = saved("mask.nii", pattern, 5, 5, 6);
        float[] field = field("mask", path);
        float[] changed = low();
        for (int i = 0; i < changed.length; i++) {
            if (pattern[i] == 0) {
                changed[i] = 1e4f + i;
            }
        }
        Map<String, Object> parameters = new java.util.HashMap<>(PARAMETERS);
        parameters.put("mask", path);
        float[] other =
                N4BiasFieldCorrectionTest.field(parameters, Volumes.image(changed, new int[] {2, 2, 2}, 9, 10, 11));
        assertArrayEquals(field, other);
    }

    @Test
    void weightsOf0AreAMaskAndTheirScaleHasNoSay() throws Exception {
        float[] pattern = pattern(5, 5, 6);
        float[] binary = new float[pattern.length];
        float[] small = new float[pattern.length];
        for (int i = 0; i < pattern.length; i++) {
            binary[i] = pattern[i] == 0 ? -1 : 1;
            small[i] = pattern[i] / 4096;
        }
        assertArrayEquals(
                field("mask", saved("mask.nii", pattern, 5, 5, 6)),
                field("weight", saved("binary.nii", binary, 5, 5, 6)));
        float[] weighted = field("weight", saved("weights.nii", pattern, 5, 5, 6));
        assertArrayEquals(weighted, field("weight", saved("small.nii", small, 5, 5, 6)));
        assertTrue(!Arrays.equals(weighted, field("weight", saved("binary2.nii", binary, 5, 5, 6))), "weights matter");
    }

    @Test
    void whatIsNoMaskIsRefused() throws Exception {
        String empty = saved("empty.nii", new float[150], 5, 5, 6);
        assertEquals(
                "Parameter mask: found " + empty
                        + ", in which no voxel is different from 0 at low resolution, expected a mask with a voxel in it.",
                assertThrows(ParameterException.class, () -> field("mask", empty))
                        .getMessage());
        assertEquals(
                "Parameter weight: found an image in which no voxel is above 0, expected a weight above 0 somewhere.",
                assertThrows(ParameterException.class, () -> field("weight", empty))
                        .getMessage());
        String flat = saved("flat.ome.zarr", new float[30], 5, 6);
        assertEquals(
                "Parameter mask: found " + flat
                        + " with the axes y 5, x 6, expected the axes of the image, z, y, x, and"
                        + " others of length 1 only.",
                assertThrows(ParameterException.class, () -> field("mask", flat))
                        .getMessage());
        Path channels = folder.resolve("channels.ome.zarr");
        List<Dimension> dimensions = new ArrayList<>(Volumes.metadata(5, 5, 6).dimensions());
        dimensions.add(0, Dimension.of(Axis.C, 2));
        try (Image two =
                Image.of(new Volumes.InMemory(Volumes.metadata(5, 5, 6).withDimensions(dimensions), new float[300]))) {
            two.saveOmeZarr(channels);
        }
        assertEquals(
                "Parameter mask: found " + channels
                        + " with the axes c 2, z 5, y 5, x 6, expected the axes of the image, z, y,"
                        + " x, and others of length 1 only.",
                assertThrows(ParameterException.class, () -> field("mask", channels.toString()))
                        .getMessage());
        String missing = folder.resolve("missing.nii").toString();
        IOException e = assertThrows(IOException.class, () -> field("mask", missing));
        assertTrue(e.getMessage().contains("missing.nii"), e.getMessage());
    }

    @Test
    void aLabelImageIsAMaskLikeAnyOther() throws Exception {
        float[] pattern = pattern(9, 10, 11);
        Path labels = folder.resolve("labels.ome.zarr");
        Volumes.InMemory plain = new Volumes.InMemory(Volumes.metadata(9, 10, 11), pattern);
        try (Image mask = Image.of(plain).segmentThreshold(List.of(0.0), false)) {
            mask.saveOmeZarr(labels);
        }
        assertArrayEquals(mask(saved("plain.nii", pattern, 9, 10, 11)), mask(labels.toString()));
    }

    @Test
    void aMaskThatChangedIsNoticedWhenTheRecipeIsOpened() throws Exception {
        Path mask = Path.of(saved("mask.nii", pattern(9, 10, 11), 9, 10, 11));
        float[] voxels = pattern(9, 10, 11);
        Path source = Path.of(saved("source.nii", voxels, 9, 10, 11));
        String recipe;
        try (Image image = Image.open(source);
                Image corrected = image.applyScaledProcessing(
                        "n4",
                        Map.of("mask", mask.toString(), "iterations", "2"),
                        ScaledProcessingOptions.defaults().withDownsampleFactor(2))) {
            recipe = corrected.toJson();
            assertEquals(List.of(source, mask), corrected.recipe().orElseThrow().sources());
        }
        Image.fromJson(recipe, Execution.standard()).close();
        java.nio.file.Files.setLastModifiedTime(mask, java.nio.file.attribute.FileTime.fromMillis(0));
        String message = assertThrows(ImageFormatException.class, () -> Image.fromJson(recipe, Execution.standard()))
                .getMessage();
        assertTrue(message.startsWith(mask + ": found an image changed since the recipe was made"), message);
    }

    @Test
    void aMaskOfAnotherFieldOfViewIsRefusedWhereVoxelSizesTell() throws Exception {
        String coarse = sized("coarse.ome.zarr", 12, "millimeter", 3, 3, 3); // 36 mm; the image has 36, 40, 44
        assertArrayEquals(new boolean[] {true, true}, new boolean[] {mask(coarse)[0], mask(coarse)[149]});
        String half = sized("half.ome.zarr", 4, "millimeter", 9, 10, 5);
        assertEquals(
                "Parameter mask: found " + half
                        + " with 5 voxels along x (20.0 millimeter), expected the field of view of test,"
                        + " 11 voxels along x (44.0 millimeter), or an image that says where it lies.",
                assertThrows(ParameterException.class, () -> mask(half)).getMessage());
        sized("unknown.ome.zarr", 1, "", 9, 10, 5);
        assertEquals(150, mask(folder.resolve("unknown.ome.zarr").toString()).length);
        assertEquals(150, mask(sized("same.ome.zarr", 7, "millimeter", 9, 10, 11)).length);
    }

    private String sized(String name, double voxelSize, String unit, long... shape) throws Exception {
        float[] ones = new float[(int) Interval.ofShape(shape).voxels()];
        Arrays.fill(ones, 1);
        return sized(name, new double[] {voxelSize, voxelSize, voxelSize}, unit, ones, shape);
    }

    private String sized(String name, double[] voxelSizes, String unit, float[] voxels, long... shape)
            throws Exception {
        List<Dimension> dimensions = new ArrayList<>();
        for (Dimension plain : Volumes.metadata(shape).dimensions()) {
            double size = voxelSizes[dimensions.size()];
            dimensions.add(new Dimension(plain.axis(), plain.length(), size, unit, 0));
        }
        Path path = folder.resolve(name);
        ImageMetadata metadata = Volumes.metadata(shape).withDimensions(dimensions);
        try (Image mask = Image.of(new Volumes.InMemory(metadata, voxels))) {
            mask.saveOmeZarr(path);
        }
        return path.toString();
    }
}
