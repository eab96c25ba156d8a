package org.scaledimaging.engine.align;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.function.ToDoubleFunction;
import org.junit.jupiter.api.Test;
import org.scaledimaging.engine.block.AxisOrder;
import org.scaledimaging.engine.block.Block;
import org.scaledimaging.engine.block.Interval;
import org.scaledimaging.engine.block.PixelType;
import org.scaledimaging.engine.execute.Execution;
import org.scaledimaging.engine.execute.Notice;
import org.scaledimaging.engine.execute.Progress;
import org.scaledimaging.engine.image.Affine;
import org.scaledimaging.engine.image.Axis;
import org.scaledimaging.engine.image.Dimension;
import org.scaledimaging.engine.image.FormulaSource;
import org.scaledimaging.engine.image.ImageMetadata;
import org.scaledimaging.engine.image.ImageSource;
import org.scaledimaging.engine.image.WorldFrame;
import org.scaledimaging.engine.message.ParameterException;
import org.scaledimaging.engine.message.Setting;
import org.scaledimaging.engine.plugin.LowResolutionImage;
import org.scaledimaging.engine.view.DownsampledSource;

/** Masks, weights and guides, brought onto the grid of a low-resolution image. */
class GridImageTest {
    private static final int[] FACTORS = {2, 3, 2};
    private static final long[] SHAPE = {7, 9, 8};
    private static final Affine AFFINE = Affine.of(2, 0, 0, -10, 0, 3, 0, 20, 0, 0, 4, 5);

    private final List<Notice> notices = new ArrayList<>();
    private final Execution execution = new Execution(2, Progress.none()).withNotices(notices::add);

    /** z, y, x; the frame in a unit of length. */
    private static ImageMetadata metadata(String name, String unit, Affine affine, long... shape) {
        Dimension[] dimensions = new Dimension[3];
        for (int d = 0; d < 3; d++) {
            int column = 2 - d;
            dimensions[d] = new Dimension(
                    List.of(Axis.Z, Axis.Y, Axis.X).get(d),
                    shape[d],
                    affine.voxelSize(column),
                    unit,
                    affine.originAlong(column));
        }
        return ImageMetadata.of(name, PixelType.FLOAT32, dimensions).withFrame(Optional.of(WorldFrame.of(affine)));
    }

    private static FormulaSource image(ImageMetadata metadata, ToDoubleFunction<long[]> formula) {
        return new FormulaSource(metadata, new int[] {3, 4, 5}, formula);
    }

    /** Fractions, so that sums depend on their order. */
    private static double weight(long z, long y, long x) {
        return FormulaSource.scattered(new long[] {z, y, x}) / 7;
    }

    private static LowResolutionImage low(ImageMetadata full, int... factors) {
        ImageMetadata low = full.downsampled(factors);
        return new LowResolutionImage(low, Block.allocate(PixelType.FLOAT32, low.interval()), factors, full);
    }

    private static LowResolutionImage low() {
        return low(metadata("image", "millimeter", AFFINE, SHAPE), FACTORS);
    }

    private float[] values(ImageSource given, LowResolutionImage low) throws Exception {
        return GridImage.values(Setting.parameter("mask"), "given.nii", given, low, execution);
    }

    private static float[] all(ImageSource image) throws Exception {
        return (float[]) image.read(image.metadata().interval()).voxels();
    }

    /** An affine after another: first the one on the right. */
    private static Affine times(Affine a, Affine b) {
        double[] result = new double[12];
        for (int row = 0; row < 3; row++) {
            for (int column = 0; column < 4; column++) {
                result[4 * row + column] = column == 3 ? a.get(row, 3) : 0;
                for (int k = 0; k < 3; k++) {
                    result[4 * row + column] += a.get(row, k) * b.get(k, column);
                }
            }
        }
        return Affine.of(result);
    }

    /** The image stored with its axes in another order, some of them reversed; x, y, z. */
    private static FormulaSource stored(Affine affine, int[] order, int flips, String unit) {
        long[] lengths = {SHAPE[2], SHAPE[1], SHAPE[0]};
        double[] toOriginal = new double[12];
        long[] shape = new long[3];
        for (int column = 0; column < 3; column++) {
            int original = order[column];
            boolean flipped = (flips >> column & 1) == 1;
            shape[2 - column] = lengths[original];
            toOriginal[4 * original + column] = flipped ? -1 : 1;
            toOriginal[4 * original + 3] = flipped ? lengths[original] - 1 : 0;
        }
        ImageMetadata metadata = metadata("given", unit, times(affine, Affine.of(toOriginal)), shape);
        return image(metadata, position -> {
            long[] original = new long[3];
            for (int column = 0; column < 3; column++) {
                long at = position[2 - column];
                original[order[column]] = (flips >> column & 1) == 1 ? lengths[order[column]] - 1 - at : at;
            }
            return weight(original[2], original[1], original[0]);
        });
    }

    @Test
    void howAnImageIsStoredChangesNoBit() throws Exception {
        ImageSource straight = image(metadata("given", "millimeter", AFFINE, SHAPE), p -> weight(p[0], p[1], p[2]));
        float[] expected = all(DownsampledSource.of(straight, FACTORS, PixelType.FLOAT32));
        assertArrayEquals(expected, values(straight, low()));
        for (int[] order : new int[][] {{0, 1, 2}, {0, 2, 1}, {1, 0, 2}, {1, 2, 0}, {2, 0, 1}, {2, 1, 0}}) {
            for (int flips = 0; flips < 8; flips++) {
                float[] found = values(stored(AFFINE, order, flips, "millimeter"), low());
                assertArrayEquals(expected, found, Arrays.toString(order) + " flipped " + flips);
            }
        }
        assertEquals(List.of(), notices);
    }

    @Test
    void unitsAreConvertedAndAMissingOneIsTheOthers() throws Exception {
        float[] expected = values(stored(AFFINE, new int[] {0, 1, 2}, 0, "millimeter"), low());
        Affine thousand = Affine.of(2000, 0, 0, -10000, 0, 3000, 0, 20000, 0, 0, 4000, 5000);
        assertArrayEquals(expected, values(stored(thousand, new int[] {1, 0, 2}, 5, "micrometer"), low()));
        assertArrayEquals(expected, values(stored(AFFINE, new int[] {0, 1, 2}, 0, ""), low()));
        LowResolutionImage unknown = low(metadata("image", "", thousand, SHAPE), FACTORS);
        assertArrayEquals(expected, values(stored(thousand, new int[] {0, 1, 2}, 0, "micrometer"), unknown));
        ImageSource pixels = stored(AFFINE, new int[] {0, 1, 2}, 0, "pixel");
        assertEquals(
                "Parameter mask: found given.nii with the unit pixel along z, expected a unit that compares with"
                        + " millimeter, that of image.",
                assertThrows(ParameterException.class, () -> values(pixels, low()))
                        .getMessage());
    }

    @Test
    void whatLiesElsewhereOrHasAnotherSizeIsRefused() throws Exception {
        String image = "expected an image of what image shows, which lies at x -11 to 5, y 18.5 to 45.5, z 3 to 31 mm.";
        for (double apart : new double[] {2, 6, 500}) { // a voxel, three, nowhere near
            Affine moved = Affine.of(2, 0, 0, -10 + apart, 0, 3, 0, 20, 0, 0, 4, 5);
            String found = String.format(
                    java.util.Locale.ROOT,
                    "Parameter mask: found given.nii, which lies elsewhere, at x %.0f to %.0f, y 18.5 to 45.5, z 3 to 31"
                            + " mm, ",
                    -11 + apart,
                    5 + apart);
            ImageSource given = stored(moved, new int[] {2, 1, 0}, 3, "millimeter");
            assertEquals(
                    found + image,
                    assertThrows(ParameterException.class, () -> values(given, low()))
                            .getMessage());
        }
        for (double times : new double[] {1000, 0.001, 1e6, 0.1}) {
            double[] scaled =
                    Arrays.stream(AFFINE.toArray()).map(v -> v * times).toArray();
            ImageSource given = stored(Affine.of(scaled), new int[] {0, 1, 2}, 0, "millimeter");
            String message = assertThrows(ParameterException.class, () -> values(given, low()))
                    .getMessage();
            assertTrue(message.contains("x -11 to 5, y"), message);
            assertTrue(message.contains("given.nii"), message);
        }
        values(stored(Affine.of(2, 0, 0, -9, 0, 3, 0, 20, 0, 0, 4, 5), new int[] {0, 1, 2}, 0, "millimeter"), low());
    }

    @Test
    void aFinerImageIsAveragedAndACoarserOneLookedUp() throws Exception {
        // Twice as fine along x, half as fine along z, from 2 voxels before the image on along y.
        Affine affine = Affine.of(-1, 0, 0, 4.5, 0, 3, 0, 14, 0, 0, 8, 7);
        ImageMetadata metadata = metadata("given", "millimeter", affine, 4, 12, 16);
        float[] found = values(image(metadata, p -> weight(p[0], p[1], p[2])), low());
        int at = 0;
        for (int z = 0; z < 4; z++) {
            for (int y = 0; y < 3; y++) {
                for (int x = 0; x < 4; x++) {
                    double sum = 0;
                    int count = 0;
                    for (int b = 3 * y + 2; b < 3 * y + 5; b++) {
                        for (int c = 4 * x; c < 4 * x + 4; c++) {
                            sum += (float) weight(z, b, 15 - c);
                            count++;
                        }
                    }
                    assertEquals(sum / count, found[at++], 1e-4, z + " " + y + " " + x);
                }
            }
        }
    }

    @Test
    void aRotatedImageIsSampledThroughBothAffines() throws Exception {
        double turn = Math.toRadians(20);
        Affine rotated = Affine.of(
                Math.cos(turn), -Math.sin(turn), 0.1, -8, Math.sin(turn), Math.cos(turn), 0, 18, 0, 0.2, 1.5, 4);
        ImageMetadata metadata = metadata("given", "millimeter", rotated, 21, 33, 25);
        FormulaSource given = image(metadata, p -> weight(p[0], p[1], p[2]));
        float[] found = values(given, low());
        double[] sums = new double[found.length];
        int[] counts = new int[found.length];
        for (int z = 0; z < 21; z++) {
            for (int y = 0; y < 33; y++) {
                for (int x = 0; x < 25; x++) {
                    double[] world = new double[3];
                    for (int row = 0; row < 3; row++) {
                        world[row] = rotated.get(row, 0) * x
                                + rotated.get(row, 1) * y
                                + rotated.get(row, 2) * z
                                + rotated.get(row, 3);
                    }
                    double[] full = {(world[2] - 5) / 4, (world[1] - 20) / 3, (world[0] + 10) / 2};
                    int index = 0;
                    for (int d = 0; d < 3 && index >= 0; d++) {
                        boolean inside = full[d] >= -0.5 && full[d] < SHAPE[d] - 0.5;
                        int length = (int) ((SHAPE[d] + FACTORS[d] - 1) / FACTORS[d]);
                        index = inside ? index * length + (int) ((full[d] + 0.5) / FACTORS[d]) : -1;
                    }
                    if (index >= 0) {
                        sums[index] += (float) weight(z, y, x);
                        counts[index]++;
                    }
                }
            }
        }
        int met = 0;
        for (int i = 0; i < found.length; i++) {
            if (counts[i] > 0) {
                assertEquals(sums[i] / counts[i], found[i], 1e-4, "voxel " + i);
                met++;
            }
        }
        assertTrue(met > found.length / 2, met + " of " + found.length);
        // A coarse one is looked up at the centre: here one voxel that holds all, turned.
        Affine coarse = Affine.of(0, -20, 2, -3, 20, 0, 0, 30, 0, 1.5, 20, 17);
        float[] one = values(image(metadata("given", "millimeter", coarse, 2, 2, 2), p -> 3), low());
        assertEquals(3f, one[one.length / 2]);
    }

    @Test
    void whatIsNotCoveredIsNoNumberAndSaid() throws Exception {
        ImageMetadata full = metadata("image", "millimeter", AFFINE, SHAPE);
        double[] shift = {4, 0, 0};
        ImageMetadata part = full.resampled(new long[] {3, 9, 8}, new double[] {1, 1, 1}, shift);
        FormulaSource given = image(part, p -> weight(p[0] + 4, p[1], p[2]));
        float[] found = values(given, low(full, FACTORS));
        float[] whole =
                all(DownsampledSource.of(image(full, p -> weight(p[0], p[1], p[2])), FACTORS, PixelType.FLOAT32));
        for (int i = 0; i < found.length; i++) {
            assertEquals(i < found.length / 2 ? Float.NaN : whole[i], found[i]);
        }
        assertEquals(Notice.Kind.INFORMATION, notices.get(0).kind());
        assertTrue(notices.get(0).sentence().contains("covers 50.0 % of image"), notices.toString());
        // The other way: the image is a part of what the mask shows.
        float[] ofPart = values(image(full, p -> weight(p[0], p[1], p[2])), low(part, FACTORS));
        assertArrayEquals(Arrays.copyOfRange(whole, whole.length / 2, whole.length), ofPart);
        assertEquals(1, notices.size());
        ImageMetadata less = full.resampled(new long[] {1, 9, 8}, new double[] {1, 1, 1}, shift);
        values(image(less, p -> 1), low(full, FACTORS));
        assertEquals(Notice.Kind.WARNING, notices.get(1).kind());
    }

    private static ImageMetadata plain(String name, String unit, double size, double origin, long... shape) {
        Dimension[] dimensions = new Dimension[3];
        for (int d = 0; d < 3; d++) {
            dimensions[d] = new Dimension(List.of(Axis.Z, Axis.Y, Axis.X).get(d), shape[d], size, unit, origin);
        }
        return ImageMetadata.of(name, PixelType.FLOAT32, dimensions);
    }

    @Test
    void withoutOrientationVoxelsAreMatchedByIndexAndSizesCompared() throws Exception {
        LowResolutionImage low = low(plain("image", "micrometer", 2, 0, SHAPE), FACTORS);
        ToDoubleFunction<long[]> formula = p -> weight(p[0], p[1], p[2]);
        float[] expected =
                all(DownsampledSource.of(image(plain("", "", 1, 0, SHAPE), formula), FACTORS, PixelType.FLOAT32));
        assertArrayEquals(expected, values(image(plain("", "", 1, 0, SHAPE), formula), low));
        assertArrayEquals(expected, values(image(plain("", "nanometer", 2000, 0, SHAPE), formula), low));
        assertEquals(List.of(), notices);
        assertArrayEquals(expected, values(image(plain("", "micrometer", 1, 0, SHAPE), formula), low));
        assertTrue(notices.get(0).sentence().contains("of another size"), notices.toString());
        ImageSource meters = image(plain("", "millimeter", 2, 0, SHAPE), formula);
        assertThrows(ParameterException.class, () -> values(meters, low));
        // At the low resolution, at half of it, and at one that is no such thing.
        float[] own = values(image(plain("", "", 1, 0, 4, 3, 4), formula), low);
        assertArrayEquals(all(image(plain("", "", 1, 0, 4, 3, 4), formula)), own);
        assertEquals(48, values(image(plain("", "", 1, 0, 4, 5, 4), formula), low).length);
        ImageSource other = image(plain("", "", 1, 0, 7, 9, 5), formula);
        assertEquals(
                "Parameter mask: found given.nii with 5 voxels along x, expected the field of view of image, 8 voxels"
                        + " along x (16.0 micrometer), or an image that says where it lies.",
                assertThrows(ParameterException.class, () -> values(other, low)).getMessage());
    }

    @Test
    void withoutOrientationOriginsTellPartsFromTheWhole() throws Exception {
        ImageMetadata full = plain("image", "micrometer", 2, 0, SHAPE);
        ImageMetadata part = full.resampled(new long[] {5, 9, 6}, new double[] {1, 1, 1}, new double[] {2, 0, 2});
        float[] whole = all(DownsampledSource.of(
                image(full, p -> weight(p[0], p[1], p[2])), new int[] {1, 3, 2}, PixelType.FLOAT32));
        float[] found = values(image(part, p -> weight(p[0] + 2, p[1], p[2] + 2)), low(full, 1, 3, 2));
        for (int i = 0; i < found.length; i++) {
            boolean covered = i / 12 >= 2 && i % 4 >= 1;
            assertEquals(covered ? whole[i] : Float.NaN, found[i], "voxel " + i);
        }
        float[] ofPart = values(image(full, p -> weight(p[0], p[1], p[2])), low(part, 1, 3, 2));
        assertEquals(whole[2 * 12 + 1], ofPart[0]);
        // Same size, other origins: elsewhere where both tell, else an assumption, and said.
        ImageSource moved = image(plain("", "micrometer", 2, 100, SHAPE), p -> 1);
        assertThrows(
                ParameterException.class,
                () -> values(moved, low(plain("image", "micrometer", 2, 50, SHAPE), FACTORS)));
        notices.clear();
        values(moved, low(full, FACTORS));
        assertTrue(notices.get(0).sentence().contains("voxel by voxel, though it lies at"), notices.toString());
    }

    @Test
    void whereOneIsNotOrientedTheUserIsTold() throws Exception {
        ToDoubleFunction<long[]> formula = p -> weight(p[0], p[1], p[2]);
        float[] expected = values(stored(AFFINE, new int[] {0, 1, 2}, 0, "millimeter"), low());
        assertArrayEquals(expected, values(image(plain("", "", 1, 0, SHAPE), formula), low()));
        assertEquals(Notice.Kind.WARNING, notices.get(0).kind());
        assertTrue(notices.get(0).sentence().contains("given.nii does not say how it lies"), notices.toString());
        LowResolutionImage plain = low(plain("image", "", 1, 0, SHAPE), FACTORS);
        assertArrayEquals(expected, values(stored(AFFINE, new int[] {0, 1, 2}, 0, "millimeter"), plain));
        assertTrue(notices.get(1).sentence().contains("image does not say how it lies"), notices.toString());
        ImageSource other = image(plain("", "", 1, 0, 7, 9, 5), formula);
        assertThrows(ParameterException.class, () -> values(other, low()));
    }

    @Test
    void axesAreToldByTheirNames() throws Exception {
        float[] expected = values(stored(AFFINE, new int[] {0, 1, 2}, 0, "millimeter"), low());
        FormulaSource given = stored(AFFINE, new int[] {0, 1, 2}, 2, "millimeter");
        ImageSource turned = org.scaledimaging.engine.view.TransposedSource.of(given, AxisOrder.of(2, 0, 1));
        assertArrayEquals(expected, values(turned, low()));
        ImageMetadata xyz = metadata("image", "millimeter", AFFINE, SHAPE);
        List<Dimension> reversed = new ArrayList<>(xyz.dimensions());
        java.util.Collections.reverse(reversed);
        float[] found = values(given, low(xyz.withDimensions(reversed), 2, 3, 2));
        for (int i = 0; i < found.length; i++) {
            assertEquals(expected[(i % 4 * 3 + i / 4 % 3) * 4 + i / 12], found[i], 1e-4);
        }
    }

    @Test
    void planesAreMatchedToo() throws Exception {
        ImageMetadata full = ImageMetadata.of(
                "image",
                PixelType.FLOAT32,
                new Dimension(Axis.Y, 6, 2, "millimeter", 0),
                new Dimension(Axis.X, 8, 1, "millimeter", 0));
        Affine affine = Affine.of(1, 0, 0, 3, 0, 2, 0, 4, 0, 0, 0, 0);
        Affine flipped = Affine.of(-1, 0, 0, 10, 0, 2, 0, 4, 0, 0, 0, 9);
        ImageMetadata oriented = full.withFrame(Optional.of(WorldFrame.of(affine)));
        FormulaSource given = new FormulaSource(
                full.withFrame(Optional.of(WorldFrame.of(flipped))), new int[] {4, 4}, p -> weight(0, p[0], 7 - p[1]));
        FormulaSource straight = new FormulaSource(oriented, new int[] {4, 4}, p -> weight(0, p[0], p[1]));
        float[] expected = all(DownsampledSource.of(straight, new int[] {2, 4}, PixelType.FLOAT32));
        assertArrayEquals(expected, values(given, low(oriented, 2, 4)));
        assertArrayEquals(expected, values(straight, low(oriented, 2, 4)));
        assertFalse(Arrays.equals(expected, values(given, low(full, 2, 4))), "by index it is another");
        assertNotEquals(0, notices.size());
    }

    @Test
    void onlyWhatTheImageShowsIsRead() throws Exception {
        ImageMetadata large = metadata("given", "millimeter", AFFINE, 70, 90, 80);
        FormulaSource given = image(large, p -> weight(p[0], p[1], p[2]));
        values(given, low());
        assertEquals(Interval.ofShape(SHAPE).voxels(), given.voxelsRead());
    }
}
