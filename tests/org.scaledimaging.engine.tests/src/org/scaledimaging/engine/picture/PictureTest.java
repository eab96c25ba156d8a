package org.scaledimaging.engine.picture;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.ToDoubleFunction;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.scaledimaging.engine.block.Block;
import org.scaledimaging.engine.block.PixelType;
import org.scaledimaging.engine.execute.Execution;
import org.scaledimaging.engine.image.Axis;
import org.scaledimaging.engine.image.Dimension;
import org.scaledimaging.engine.image.ImageMetadata;
import org.scaledimaging.engine.image.ImageSource;
import org.scaledimaging.engine.picture.plane.Cut;
import org.scaledimaging.engine.picture.plane.Plane;
import org.scaledimaging.engine.picture.plane.Slices;

/** A picture is what its planes, colours and levels say, whatever the threads and chunks. */
class PictureTest {
    /** The image as its metadata say, at the first time point. */
    private static final Display STANDARD = new Display(List.of(), 0, Optional.empty(), false);

    private static final Execution EXECUTION = Execution.standard();

    /** Voxels by a formula of their position. */
    private record Formula(
            ImageMetadata metadata, int[] chunkShape, ToDoubleFunction<long[]> value, List<ImageSource> coarser)
            implements ImageSource {
        @Override
        public void read(Block target) throws IOException {
            double[] values = (double[]) target.voxels();
            int next = 0;
            for (long[] p : target.interval().positions()) {
                values[next++] = value.applyAsDouble(p);
            }
        }

        @Override
        public List<ImageSource> levels() {
            return coarser.isEmpty()
                    ? List.of(this)
                    : Stream.concat(Stream.of(this), coarser.stream()).toList();
        }
    }

    private static ImageMetadata cube(long length, double voxel) {
        return ImageMetadata.of(
                "cube",
                PixelType.FLOAT64,
                new Dimension(Axis.Z, length, voxel, "micrometer", 0),
                new Dimension(Axis.Y, length, voxel, "micrometer", 0),
                new Dimension(Axis.X, length, voxel, "micrometer", 0));
    }

    private static ImageSource constant(long length, double voxel, double value, ImageSource... coarser) {
        return new Formula(cube(length, voxel), new int[] {4, 4, 4}, p -> value, List.of(coarser));
    }

    @Test
    void theCoarsestLevelThatHasThePixelsIsRead() throws IOException {
        ImageSource image = constant(16, 1, 0, constant(8, 2, 1), constant(4, 4, 2));
        for (int[] wanted : new int[][] {{16, 0}, {9, 0}, {8, 1}, {5, 1}, {4, 2}, {1, 2}}) {
            Plane plane = Slices.of(image).slice(Axis.Z, 8, 0, 0, wanted[0], EXECUTION);
            assertEquals(wanted[1], plane.position().level(), wanted[0] + " pixels");
            assertEquals(wanted[1], plane.at(0, 0), wanted[0] + " pixels");
            assertTrue(plane.width() >= wanted[0], wanted[0] + " pixels");
            assertEquals(16, plane.extentAcross(), 1e-9);
        }
    }

    @Test
    void threadsAndChunksMakeNoDifference() throws IOException {
        byte[] first = null;
        for (int[] chunks : new int[][] {{20, 20, 20}, {3, 5, 7}, {1, 20, 2}}) {
            ImageSource image =
                    new Formula(cube(20, 1), chunks, p -> Math.sin(p[0] * 0.7 + p[1] * 1.3) / (1 + p[2]), List.of());
            for (int threads : new int[] {1, 4}) {
                for (boolean projection : new boolean[] {false, true}) {
                    Slices slices = Slices.of(image);
                    List<Cut> cuts = projection ? Cut.projections(slices) : Cut.middle(slices);
                    Raster raster =
                            Picture.of(image, Optional.empty(), cuts, STANDARD, 7, EXECUTION.withThreads(threads));
                    if (!projection) {
                        first = first == null ? raster.png() : first;
                        assertArrayEquals(first, raster.png());
                    } else {
                        assertNotEquals(List.of(first), List.of(raster.png()));
                    }
                }
            }
        }
    }

    @Test
    void orthogonalPlanesShareEdgesAtOneScale() throws IOException {
        ImageMetadata metadata = ImageMetadata.of( // 15 x 4 x 6 micrometres
                "box",
                PixelType.FLOAT64,
                new Dimension(Axis.Z, 3, 5, "micrometer", 0),
                new Dimension(Axis.Y, 4, 1, "micrometer", 0),
                new Dimension(Axis.X, 6, 1, "micrometer", 0));
        ImageSource image = new Formula(metadata, new int[] {3, 4, 6}, p -> p[0] * 100 + p[1] * 10 + p[2], List.of());
        Display display = new Display(List.of(), 0, Optional.of(planes -> new Window(0, 255)), false);
        Raster raster = Picture.of(image, Optional.empty(), Cut.middle(Slices.of(image)), display, 150, EXECUTION);
        // xy is 60 x 40 in the corner, xz 60 x 150 below it, zy 150 x 40 to its right; a gap of 4 between
        assertEquals(60 + 4 + 150, raster.width());
        assertTrue(raster.height() > 40 + 4 + 150);
        assertEquals(grey(100), raster.at(0, 0)); // z 1, y 0, x 0
        assertEquals(grey(135), raster.at(59, 39)); // z 1, y 3, x 5
        assertEquals(grey(20), raster.at(0, 44)); // z 0, y 2, x 0
        assertEquals(grey(225), raster.at(59, 44 + 149)); // z 2, y 2, x 5
        assertEquals(grey(3), raster.at(64, 0)); // z 0, y 0, x 3
        assertEquals(grey(233), raster.at(64 + 149, 39)); // z 2, y 3, x 3
        assertEquals(0xFF000000, raster.at(61, 0));
    }

    private static int grey(int value) {
        return 0xFF << 24 | value * 0x010101;
    }

    @Test
    void labelsLieOverTheImageAndAreNeverAveraged() throws IOException {
        ImageSource image = constant(8, 1, 128);
        ImageSource labels =
                new Formula(cube(8, 1), new int[] {8, 8, 8}, p -> p[2] < 4 ? 0 : 1 + p[2] % 2 * 6, List.of());
        Display display = new Display(List.of(), 0, Optional.of(planes -> new Window(0, 255)), false);
        Raster raster = Picture.of(image, Optional.of(labels), List.of(Cut.slice(Axis.Z, 0)), display, 2, EXECUTION);
        int first = ColourMap.labels().argb(1, new Window(0, 1));
        assertEquals(grey(128), raster.at(0, 0));
        for (int shift = 0; shift < 24; shift += 8) {
            long half = Math.round(((first >> shift & 0xFF) + 128) / 2.0);
            assertEquals(half, raster.at(1, 0) >> shift & 0xFF);
        }
    }

    @Test
    void channelsAreAddedInTheirColours() throws Exception {
        ImageMetadata metadata = ImageMetadata.of(
                        "channels",
                        PixelType.FLOAT64,
                        Dimension.of(Axis.C, 3),
                        Dimension.of(Axis.Y, 2),
                        Dimension.of(Axis.X, 2))
                .withChannels(
                        List.of("a", "b", "c"),
                        Optional.of(new ObjectMapper()
                                .readTree(
                                        "{\"channels\":[{\"color\":\"FF0000\",\"active\":true,\"window\":{\"start\":0,\"end\":20}},"
                                                + "{\"color\":\"8000FF\",\"active\":true,\"window\":{\"start\":0,\"end\":20}},"
                                                + "{\"color\":\"00FF00\",\"active\":false}]}")));
        ImageSource image = new Formula(metadata, new int[] {1, 2, 2}, p -> p[0] == 2 ? 99 : 10, List.of());
        ChannelDisplay second = ChannelDisplay.of(metadata, 1);
        assertEquals(0x8000FF, second.colour());
        assertEquals(Optional.of(new Window(0, 20)), second.window());
        assertTrue(!ChannelDisplay.of(metadata, 2).active());
        Raster raster = Picture.of(image, Optional.empty(), List.of(Cut.slice(Axis.Z, 0)), STANDARD, 2, EXECUTION);
        assertEquals(0xFFC00080, raster.at(0, 0)); // FF0000 and 8000FF at 0.5: 800000 + 400080
        Raster alone = Picture.of(
                image,
                Optional.empty(),
                List.of(Cut.slice(Axis.Z, 0)),
                new Display(List.of(1L), 0, Optional.empty(), false),
                2,
                EXECUTION);
        assertEquals(0xFF400080, alone.at(1, 1));
    }

    @Test
    void nothingFiniteAndNothingThatDiffersCanBeShown() throws IOException {
        for (double value : new double[] {Double.NaN, 7, Double.POSITIVE_INFINITY}) {
            for (boolean field : new boolean[] {false, true}) {
                ImageSource image = constant(5, 1, value);
                Display display = new Display(List.of(), 0, Optional.empty(), field);
                Raster raster =
                        Picture.of(image, Optional.empty(), Cut.middle(Slices.of(image)), display, 50, EXECUTION);
                assertEquals(Double.isNaN(value), raster.at(10, 10) == 0xFF000000);
            }
        }
    }

    @Test
    void aFieldGetsEverLighterAndLabelsAreToldApart() {
        ColourMap map = ColourMap.perceptual();
        double before = -1;
        for (int i = 0; i <= 20; i++) {
            int colour = map.argb(i, new Window(0, 20));
            double luminance = 0.2126 * linear(colour >> 16) + 0.7152 * linear(colour >> 8) + 0.0722 * linear(colour);
            assertTrue(luminance > before, i + " of 20");
            before = luminance;
        }
        Set<Integer> colours = new HashSet<>();
        for (int label = 1; label <= 200; label++) {
            colours.add(ColourMap.labels().argb(label, new Window(0, 1)));
        }
        assertTrue(colours.size() > 195, colours.size() + " colours");
        assertEquals(ColourMap.TRANSPARENT, ColourMap.labels().argb(0, new Window(0, 1)));
    }

    private static double linear(int channel) {
        double coded = (channel & 0xFF) / 255.0;
        return coded <= 0.04045 ? coded / 12.92 : Math.pow((coded + 0.055) / 1.055, 2.4);
    }

    @Test
    void scaleBarsAreRoundAndNoLongerThanWanted() {
        assertEquals(Optional.of(new ScaleBar(100, "50 \u00b5m")), ScaleBar.of(0.5, "micrometer", 170));
        assertEquals(Optional.of(new ScaleBar(100, "100 mm")), ScaleBar.of(1, "millimeter", 199));
        assertEquals(Optional.of(new ScaleBar(50, "1 mm")), ScaleBar.of(20, "micrometer", 99));
        assertEquals(Optional.of(new ScaleBar(20, "200 nm")), ScaleBar.of(0.01, "micrometer", 20));
        assertEquals(Optional.empty(), ScaleBar.of(1, "second", 100));
        assertEquals(Optional.empty(), ScaleBar.of(1, "", 100));
    }

    @Test
    void numbersOfColourBarsHaveFourDigits() {
        assertEquals("0", ColourBar.number(0));
        assertEquals("1.235", ColourBar.number(1.23456));
        assertEquals("-0.001", ColourBar.number(-0.001));
        assertEquals("65540", ColourBar.number(65535));
        assertEquals("1.5e-7", ColourBar.number(1.5e-7));
        assertEquals("1e9", ColourBar.number(1e9));
        assertEquals("-1.234e300", ColourBar.number(-1.234e300));
    }
}
