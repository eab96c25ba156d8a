package org.scaledimaging.engine.format.nifti;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.scaledimaging.engine.Image;
import org.scaledimaging.engine.execute.Execution;
import org.scaledimaging.engine.execute.Notice;
import org.scaledimaging.engine.format.NiftiWriteOptions;
import org.scaledimaging.engine.format.OmeZarrWriteOptions;
import org.scaledimaging.engine.image.ImageMetadata;
import org.scaledimaging.engine.message.ParameterException;

/** Other fields of a header are passed on from file to file, for as long as they hold. */
class NiftiHeaderFieldsTest {
    private static final byte[] NOTE = padded("a note of the scanner");
    private static final byte[] AFNI = padded("<AFNI_attributes/>");

    @TempDir
    Path folder;

    private final List<String> said = new ArrayList<>();
    private final Execution execution = Execution.standard().withNotices(notice -> {
        if (notice.kind() != Notice.Kind.DETAIL) {
            said.add(notice.sentence());
        }
    });

    private static byte[] padded(String text) {
        return Arrays.copyOf(text.getBytes(StandardCharsets.US_ASCII), (8 + text.length() + 15) / 16 * 16 - 8);
    }

    /** Of 6 × 7 × 8 voxels and 3 points in time, slices along z, with all fields that NIfTI-1 has. */
    private static byte[] file(int version, ByteOrder order) {
        HandMadeNifti file = HandMadeNifti.of(version, order).shape(6, 7, 8, 3).voxels(new short[6 * 7 * 8 * 3]);
        file.pixdim = new double[] {1, 2, 2, 3, 2000, 1, 1, 1};
        file.units = 2 | 16;
        file.toffset = 1.5;
        file.sformCode = 2;
        file.srow = new double[] {2, 0, 0, 0, 0, 2, 0, 0, 0, 0, 3, 0};
        ByteBuffer extensions =
                ByteBuffer.allocate(16 + NOTE.length + AFNI.length).order(order);
        extensions.putInt(8 + NOTE.length).putInt(6).put(NOTE);
        extensions.putInt(8 + AFNI.length).putInt(4).put(AFNI);
        file.extension = extensions.array();
        ByteBuffer bytes = ByteBuffer.wrap(file.bytes()).order(order);
        if (version == 1) {
            bytes.put(39, (byte) 57).putFloat(56, 10).putFloat(60, 0.5f).putShort(68, (short) 3);
            bytes.putShort(74, (short) 1).putShort(120, (short) 7).put(122, (byte) 1);
            bytes.putFloat(124, 500).putFloat(128, 1).putFloat(132, 0.0625f);
            bytes.put(148, "scanner 1; \u00e9".getBytes(StandardCharsets.UTF_8));
            bytes.put(228, "aux".getBytes()).put(328, "tt".getBytes());
        } else {
            bytes.put(524, (byte) 57).putDouble(80, 10).putDouble(88, 0.5).putInt(504, 3);
            bytes.putLong(224, 1).putLong(232, 7).putInt(496, 1);
            bytes.putDouble(192, 500).putDouble(200, 1).putDouble(208, 0.0625);
            bytes.put(240, "scanner 1; \u00e9".getBytes(StandardCharsets.UTF_8));
            bytes.put(320, "aux".getBytes()).put(508, "tt".getBytes());
        }
        return bytes.array();
    }

    private Path sample() throws IOException {
        return Files.write(folder.resolve("sample.nii"), file(1, ByteOrder.LITTLE_ENDIAN));
    }

    private interface Making {
        Image of(Image image) throws IOException, ParameterException;
    }

    private ByteBuffer made(Path source, Making making) throws IOException, ParameterException {
        Path target = folder.resolve("made.nii");
        said.clear();
        try (Image image = making.of(Image.open(source))) {
            image.saveNifti(target, NiftiWriteOptions.defaults().withOverwrite(true), execution);
        }
        return ByteBuffer.wrap(Files.readAllBytes(target)).order(ByteOrder.LITTLE_ENDIAN);
    }

    private static boolean holds(ByteBuffer file, byte[] content) {
        return new String(file.array(), StandardCharsets.ISO_8859_1)
                .contains(new String(content, StandardCharsets.ISO_8859_1));
    }

    private static void assertSame(ByteBuffer expected, ByteBuffer found, int from, int to) {
        assertArrayEquals(
                Arrays.copyOfRange(expected.array(), from, to),
                Arrays.copyOfRange(found.array(), from, to),
                from + " to " + to);
    }

    @Test
    void everyFieldSurvivesFromFileToFile() throws IOException, ParameterException {
        ByteBuffer expected = ByteBuffer.wrap(file(1, ByteOrder.LITTLE_ENDIAN));
        for (int version : new int[] {1, 2}) {
            for (ByteOrder order : new ByteOrder[] {ByteOrder.LITTLE_ENDIAN, ByteOrder.BIG_ENDIAN}) {
                Path source = Files.write(folder.resolve("a.nii"), file(version, order));
                ByteBuffer found = made(source, image -> image);
                assertAllFields(expected, found);
                assertTrue(holds(found, NOTE) && holds(found, AFNI));
                assertEquals(List.of(), said);
            }
        }
    }

    private static void assertAllFields(ByteBuffer expected, ByteBuffer found) {
        assertSame(expected, found, 39, 70); // dim_info, dim, intent
        assertSame(expected, found, 74, 108); // slice_start, pixdim
        assertSame(expected, found, 120, 344); // but for vox_offset and the scaling all that follows
    }

    @Test
    void everyFieldSurvivesOmeZarr() throws IOException, ParameterException {
        for (String version : new String[] {"0.4", "0.5"}) {
            Path zarr = folder.resolve(version + ".ome.zarr");
            try (Image image = Image.open(sample())) {
                image.saveOmeZarr(zarr, OmeZarrWriteOptions.defaults().withVersion(version), execution);
            }
            ByteBuffer found = made(zarr, image -> image);
            assertAllFields(ByteBuffer.wrap(file(1, ByteOrder.LITTLE_ENDIAN)), found);
            assertTrue(holds(found, NOTE) && holds(found, AFNI));
        }
    }

    @Test
    void whatNoLongerHoldsIsLeftOutAndSaid() throws IOException, ParameterException {
        Path source = sample();
        ByteBuffer expected = ByteBuffer.wrap(Files.readAllBytes(source)).order(ByteOrder.LITTLE_ENDIAN);
        ByteBuffer along = made(source, image -> image.crop(List.of(2L, 0L, 0L), List.of(8L, 7L, 6L)));
        assertEquals(0, along.getShort(74));
        assertEquals(0, along.getInt(120) & 0xffffff); // slice_end, slice_code; the unit follows
        assertEquals(0, along.getFloat(132));
        assertSame(expected, along, 56, 70);
        assertSame(expected, along, 124, 132);
        assertTrue(holds(along, NOTE) && !holds(along, AFNI));
        assertEquals(1, said.size());
        for (String name : List.of("slice_code", "slice_start", "slice_end", "slice_duration", "AFNI")) {
            assertTrue(said.get(0).contains(name), said.get(0));
        }

        ByteBuffer across = made(source, image -> image.crop(List.of(0L, 0L, 1L), List.of(8L, 7L, 6L)));
        assertSame(expected, across, 120, 136);
        assertEquals(1, across.getShort(74));
        assertFalse(said.get(0).contains("slice"), said.get(0));

        Path zarr = folder.resolve("cut.ome.zarr");
        said.clear();
        try (Image image = Image.open(source).crop(List.of(2L, 0L, 0L), List.of(8L, 7L, 6L))) {
            image.saveOmeZarr(zarr, OmeZarrWriteOptions.defaults(), execution);
        }
        assertTrue(said.toString().contains("slice_code"), said.toString());
    }

    @Test
    void otherValuesHaveNoIntentAndNoWindow() throws IOException {
        try (Image image = Image.open(sample())) {
            ImageMetadata other = image.metadata().withOtherValues();
            var header = other.header().orElseThrow();
            assertTrue(header.get("intent_code").isMissingNode());
            assertTrue(header.get("cal_max").isMissingNode());
            assertEquals(1, header.get("slice_code").asInt());
            assertEquals(
                    List.of("intent_code", "intent_p", "intent_name", "cal_min", "cal_max", "an extension of AFNI"),
                    header.dropped());
        }
    }

    @Test
    void anImageThatIsNowhereStaysNowhere() throws IOException, ParameterException {
        HandMadeNifti file = HandMadeNifti.simple().voxels(new short[24]);
        file.pixdim = new double[] {1, 3, 3, 3, 1, 1, 1, 1};
        Path source = file.write(folder.resolve("nowhere.nii"));
        Path zarr = folder.resolve("nowhere.ome.zarr");
        try (Image image = Image.open(source)) {
            image.saveOmeZarr(zarr, OmeZarrWriteOptions.defaults(), execution);
        }
        for (Path path : new Path[] {source, zarr}) {
            ByteBuffer found = made(path, image -> image.crop(List.of(0L, 1L, 1L), List.of(2L, 3L, 4L)));
            assertEquals(0, found.getInt(252)); // both codes
            assertEquals(3f, found.getFloat(80));
            assertTrue(said.toString().contains("which side is left"), said.toString());
        }
    }

    @Test
    void anImageOfOneVolumeKeepsItsTime() throws IOException, ParameterException {
        for (long[] shape : new long[][] {{2, 3, 4}, {2, 3, 4, 1}}) {
            HandMadeNifti file = HandMadeNifti.simple().shape(shape).voxels(new short[24]);
            file.pixdim = new double[] {1, 1, 1, 1, 0, 1, 1, 1};
            file.units = 2 | 40; // parts per million
            file.toffset = 7;
            ByteBuffer found = made(file.write(folder.resolve("volume.nii")), image -> image);
            assertEquals(3, found.getShort(40));
            assertEquals(0f, found.getFloat(92));
            assertEquals(2 | 40, found.get(123));
            assertEquals(7f, found.getFloat(136));
        }
    }
}
