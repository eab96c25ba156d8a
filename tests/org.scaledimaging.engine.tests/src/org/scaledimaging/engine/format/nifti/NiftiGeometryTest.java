package org.scaledimaging.engine.format.nifti;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Optional;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.scaledimaging.engine.block.PixelType;
import org.scaledimaging.engine.execute.Execution;
import org.scaledimaging.engine.format.NiftiWriteOptions;
import org.scaledimaging.engine.image.Affine;
import org.scaledimaging.engine.image.Axis;
import org.scaledimaging.engine.image.Dimension;
import org.scaledimaging.engine.image.ImageMetadata;
import org.scaledimaging.engine.image.ImageSource;
import org.scaledimaging.engine.image.WorldFrame;

class NiftiGeometryTest {
    @TempDir
    Path folder;

    private ImageMetadata open(HandMadeNifti file) throws IOException {
        int voxels = 1;
        for (int d = 1; d <= file.dim[0]; d++) {
            voxels *= (int) file.dim[d];
        }
        try (ImageSource image =
                new NiftiReader().open(file.voxels(new short[voxels]).write(folder.resolve("in.nii")))) {
            return image.metadata();
        }
    }

    private boolean keepUnit;

    /** Writes an image that has this metadata and gives the file's bytes. */
    private ByteBuffer write(ImageMetadata metadata) throws IOException {
        Path path = folder.resolve("out.nii");
        int[] chunk = new int[metadata.dimensions().size()];
        Arrays.fill(chunk, 4);
        Object voxels = metadata.pixelType().allocate(metadata.interval().voxels());
        NiftiWriter.write(
                Samples.memory(metadata, voxels, chunk),
                path,
                NiftiWriteOptions.defaults().withOverwrite(true).withKeepUnit(keepUnit),
                Execution.standard());
        return ByteBuffer.wrap(Files.readAllBytes(path)).order(ByteOrder.LITTLE_ENDIAN);
    }

    @Test
    void framesAreWrittenAsTheyWereReadBitForBit() throws IOException {
        Random random = new Random(5);
        int longer = 0;
        for (int i = 0; i < 200; i++) {
            HandMadeNifti file = HandMadeNifti.of(1, i % 2 == 0 ? ByteOrder.LITTLE_ENDIAN : ByteOrder.BIG_ENDIAN);
            file.sformCode = random.nextInt(5);
            file.qformCode = random.nextInt(5);
            if (file.sformCode == 0 && file.qformCode == 0) {
                continue;
            }
            for (int k = 0; k < 12; k++) {
                file.srow[k] = 100 * random.nextGaussian();
            }
            for (int k = 0; k < 6; k++) {
                file.quaternion[k] = (k < 3 ? 0.5 : 100) * random.nextGaussian();
            }
            file.pixdim =
                    new double[] {random.nextBoolean() ? 1 : -1, 0.1 + random.nextDouble(), 1 / 3.0, 0.7, 1, 1, 1, 1};
            ByteBuffer in = ByteBuffer.wrap(file.bytes()).order(file.order);
            ByteBuffer out = write(open(file));
            assertEquals(in.getShort(252), out.getShort(252));
            assertEquals(in.getShort(254), out.getShort(254));
            double square = 0;
            double written = 0;
            for (int k = 0; k < 3; k++) {
                square += Math.pow(in.getFloat(256 + 4 * k), 2);
                written += Math.pow(out.getFloat(256 + 4 * k), 2);
            }
            for (int k = square > 1 ? 3 : 0; k < 6 && file.qformCode > 0; k++) {
                assertEquals(in.getInt(256 + 4 * k), out.getInt(256 + 4 * k));
            }
            if (square > 1.001 && file.qformCode > 0) {
                longer++;
                assertEquals(1, written, 1e-6); // no quaternion of a rotation: others refuse it
                for (int k = 0; k < 3; k++) {
                    assertEquals(in.getFloat(256 + 4 * k) / Math.sqrt(square), out.getFloat(256 + 4 * k), 1e-6);
                }
            }
            for (int k = 0; k < 12 && file.sformCode > 0; k++) {
                assertEquals(in.getInt(280 + 4 * k), out.getInt(280 + 4 * k));
            }
            for (int k = 0; k < 4 && file.qformCode > 0; k++) {
                assertEquals(in.getInt(76 + 4 * k), out.getInt(76 + 4 * k));
            }
        }
        assertTrue(longer > 5);
    }

    @Test
    void nifti2KeepsTheDigitsOfDoubles() throws IOException {
        HandMadeNifti file = HandMadeNifti.of(2, ByteOrder.BIG_ENDIAN).shape(40_000, 1, 1);
        file.sformCode = 4;
        file.qformCode = 1;
        file.srow = new double[] {0.1, 0, 0, 1 / 3.0, 0, 0.2, 0, -Math.PI, 0, 0, 0.3, 1e-9};
        file.quaternion = new double[] {0.1, 0.2, 0.3, Math.E, -1 / 7.0, 1e10};
        file.pixdim = new double[] {-1, 0.1, 0.2, 0.3, 1, 1, 1, 1};
        ImageMetadata metadata = open(file);
        WorldFrame frame = metadata.frame().orElseThrow();
        assertEquals(Affine.of(file.srow), frame.sform().orElseThrow());
        assertEquals(4, frame.sformCode());
        assertEquals(
                new WorldFrame.QForm(1, 0.1, 0.2, 0.3, -1, 0.1, 0.2, 0.3, Math.E, -1 / 7.0, 1e10),
                frame.qform().orElseThrow());
        write(metadata);
        try (ImageSource image = new NiftiReader().open(folder.resolve("out.nii"))) {
            assertEquals(metadata.withName("out"), image.metadata());
        }
    }

    @Test
    void originAndVoxelSizeFollowFromTheFrame() throws IOException {
        HandMadeNifti file = HandMadeNifti.simple();
        file.sformCode = 1;
        file.srow = new double[] {-2, 0, 0, 90, 0, 0, 3, -126, 0, 4, 0, -72}; // x to L, y to S, z to A
        file.pixdim = new double[] {1, 2, 4, 3, 1, 1, 1, 1};
        file.units = 3;
        ImageMetadata metadata = open(file);
        assertEquals(
                new Dimension(Axis.X, 4, 2, "micrometer", -90),
                metadata.dimensions().get(2));
        assertEquals(
                new Dimension(Axis.Y, 3, 4, "micrometer", -72),
                metadata.dimensions().get(1));
        assertEquals(
                new Dimension(Axis.Z, 2, 3, "micrometer", -126),
                metadata.dimensions().get(0));
        assertEquals("LSA", metadata.frame().orElseThrow().affine().orientation());
    }

    @Test
    void voxelSizesComeFromPixdimUnlessTheAffineContradictsThem() throws IOException {
        HandMadeNifti file = HandMadeNifti.of(2, ByteOrder.LITTLE_ENDIAN);
        file.sformCode = 1;
        file.srow = new double[] {1.0000001, 0, 0, 0, 0, 2, 0, 0, 0, 0, 3, 0};
        file.pixdim = new double[] {1, 1, 2.5, 3, 1, 1, 1, 1};
        ImageMetadata metadata = open(file);
        assertEquals(1, metadata.dimensions().get(2).voxelSize());
        assertEquals(2, metadata.dimensions().get(1).voxelSize());
        assertEquals(3, metadata.dimensions().get(0).voxelSize());
    }

    @Test
    void voxelSizesThatAreNoneCountAsOne() throws IOException {
        HandMadeNifti file = HandMadeNifti.simple().shape(4, 3, 2, 2);
        file.pixdim = new double[] {1, -2, 0, Double.NaN, Double.POSITIVE_INFINITY, 1, 1, 1};
        ImageMetadata metadata = open(file);
        assertEquals(Optional.empty(), metadata.frame());
        assertEquals(2, metadata.dimensions().get(3).voxelSize());
        assertEquals(1, metadata.dimensions().get(2).voxelSize());
        assertEquals(1, metadata.dimensions().get(1).voxelSize());
        assertEquals(1, metadata.dimensions().get(0).voxelSize());
    }

    @Test
    void aTransformThatIsNotMadeOfNumbersCountsAsAbsent() throws IOException {
        HandMadeNifti file = HandMadeNifti.simple();
        file.sformCode = 2;
        file.srow[7] = Double.NaN;
        file.qformCode = 1;
        WorldFrame frame = open(file).frame().orElseThrow();
        assertEquals(Optional.empty(), frame.sform());
        assertEquals(0, frame.sformCode());
        file.quaternion[0] = Double.NEGATIVE_INFINITY;
        assertEquals(Optional.empty(), open(file).frame());
    }

    @Test
    void unitsAndStartOfTimeAreRead() throws IOException {
        String[] space = {"", "meter", "millimeter", "micrometer"};
        String[] time = {"", "second", "millisecond", "microsecond", "", "", ""};
        for (int s = 0; s < space.length; s++) {
            for (int t = 0; t < time.length; t++) {
                HandMadeNifti file = HandMadeNifti.simple().shape(4, 3, 2, 2);
                file.units = s | t << 3;
                file.toffset = -7.5;
                file.pixdim[4] = 0.5;
                ImageMetadata metadata = open(file);
                assertEquals(space[s], metadata.dimensions().get(3).unit());
                assertEquals(
                        new Dimension(Axis.T, 2, 0.5, time[t], -7.5),
                        metadata.dimensions().get(0));
            }
        }
    }

    @Test
    void unitsThatNiftiLacksAreConverted() throws IOException {
        keepUnit = true;
        assertUnit("meter", 1, 1);
        assertUnit("millimeter", 2, 1);
        assertUnit("micrometer", 3, 1);
        assertUnit("nanometer", 3, 0.001);
        assertUnit("angstrom", 3, 0.0001);
        assertUnit("centimeter", 2, 10);
        assertUnit("inch", 2, 25.4f);
        assertUnit("kilometer", 2, 1e6);
        assertUnit("", 0, 1);
        assertUnit("pixel", 0, 1);
    }

    @Test
    void lengthsAreInMillimetersUnlessTheUnitIsKept() throws IOException {
        assertUnit("meter", 2, 1000);
        assertUnit("millimeter", 2, 1);
        assertUnit("micrometer", 2, 0.001);
        assertUnit("nanometer", 2, 1e-6);
        assertUnit("inch", 2, 25.4f);
        assertUnit("", 0, 1);
        assertUnit("pixel", 0, 1);
    }

    private void assertUnit(String unit, int code, double factor) throws IOException {
        Affine affine = Affine.of(2, 0, 0, 8, 0, 4, 0, -16, 0, 0, 8, 32);
        WorldFrame frame = new WorldFrame(
                Optional.of(affine), 2, Optional.of(new WorldFrame.QForm(3, 0, 0, 0, 1, 2, 4, 8, 8, -16, 32)));
        for (Optional<WorldFrame> known : Arrays.asList(Optional.of(frame), Optional.<WorldFrame>empty())) {
            ByteBuffer out = write(ImageMetadata.of(
                            "image",
                            PixelType.UINT8,
                            new Dimension(Axis.Z, 2, 8, unit, 32),
                            new Dimension(Axis.Y, 2, 4, unit, -16),
                            new Dimension(Axis.X, 2, 2, unit, 8))
                    .withFrame(known));
            assertEquals(code, out.get(123));
            float[] pixdim = {2, 4, 8};
            float[] offset = {8, -16, 32};
            for (int i = 0; i < 3; i++) {
                assertEquals((float) (pixdim[i] * factor), out.getFloat(80 + 4 * i), 1e-6 * factor);
                assertEquals((float) (pixdim[i] * factor), out.getFloat(280 + 20 * i), 1e-6 * factor);
                assertEquals((float) (offset[i] * factor), out.getFloat(292 + 16 * i), 1e-5 * factor);
                assertEquals(known.isPresent() ? offset[i] * factor : 0, out.getFloat(268 + 4 * i), 1e-5 * factor);
            }
            assertEquals(known.isPresent() ? 2 : 1, out.getShort(254));
            assertEquals(known.isPresent() ? 3 : 0, out.getShort(252));
        }
    }

    @Test
    void spatialAxesOfDifferentUnitsAreBroughtToOne() throws IOException {
        ByteBuffer out = write(ImageMetadata.of(
                "image",
                PixelType.UINT8,
                new Dimension(Axis.Z, 2, 5, "micrometer", 20),
                new Dimension(Axis.Y, 2, 4, "meter", 0.5),
                new Dimension(Axis.X, 2, 2, "millimeter", 8)));
        assertEquals(2, out.get(123));
        assertEquals(2f, out.getFloat(80));
        assertEquals(4000f, out.getFloat(84));
        assertEquals(0.005f, out.getFloat(88));
        assertEquals(0.02f, out.getFloat(324));
    }

    @Test
    void timesAreConvertedAsWell() throws IOException {
        String[] units = {"second", "millisecond", "microsecond", "nanosecond", "minute", "fortnight"};
        int[] codes = {8, 16, 24, 24, 8, 0};
        float[] steps = {2, 2, 2, 0.002f, 120, 2};
        for (int i = 0; i < units.length; i++) {
            ByteBuffer out = write(ImageMetadata.of(
                    "image",
                    PixelType.UINT8,
                    new Dimension(Axis.T, 2, 2, units[i], 4),
                    Dimension.of(Axis.Z, 1),
                    Dimension.of(Axis.Y, 2),
                    Dimension.of(Axis.X, 2)));
            assertEquals(codes[i], out.get(123));
            assertEquals(steps[i], out.getFloat(92));
            assertEquals(2 * steps[i], out.getFloat(136));
        }
    }
}
