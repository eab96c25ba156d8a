package org.scaledimaging.engine.format.nifti;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.scaledimaging.engine.block.PixelType;
import org.scaledimaging.engine.execute.Execution;
import org.scaledimaging.engine.format.NiftiWriteOptions;
import org.scaledimaging.engine.image.Axis;
import org.scaledimaging.engine.image.Dimension;
import org.scaledimaging.engine.image.ImageMetadata;
import org.scaledimaging.engine.image.ImageSource;

/** Channels, colours and headers of the format before NIfTI, as other programs of the field have them. */
class NiftiForToolsTest {
    @TempDir
    Path folder;

    private ByteBuffer written(ImageSource image) throws IOException {
        Path path = folder.resolve("out.nii");
        NiftiWriter.write(
                image, path, NiftiWriteOptions.defaults().withOverwrite(true).withVerify(true), Execution.standard());
        return ByteBuffer.wrap(Files.readAllBytes(path)).order(ByteOrder.LITTLE_ENDIAN);
    }

    private static ImageSource channels(int times, List<String> names) {
        ImageMetadata metadata = ImageMetadata.of(
                        "image",
                        PixelType.UINT8,
                        Dimension.of(Axis.T, times),
                        Dimension.of(Axis.C, 2),
                        Dimension.of(Axis.Z, 1),
                        Dimension.of(Axis.Y, 2),
                        Dimension.of(Axis.X, 3))
                .withChannels(names, Optional.empty());
        byte[] voxels = new byte[times * 12];
        for (int i = 0; i < voxels.length; i++) {
            voxels[i] = (byte) i;
        }
        return Samples.memory(metadata, voxels, 1, 1, 1, 2, 3);
    }

    private static int[] dim(ByteBuffer file) {
        int[] dim = new int[8];
        for (int d = 0; d < 8; d++) {
            dim[d] = file.getShort(40 + 2 * d);
        }
        return dim;
    }

    @Test
    void channelsTakeTheFourthAxisWhereThereIsNoTime() throws IOException {
        for (List<String> names : List.of(List.<String>of(), List.of("DAPI", "µ-GFP\""))) {
            assertArrayEquals(new int[] {4, 3, 2, 1, 2, 1, 1, 1}, dim(written(channels(1, names))));
            try (ImageSource image = new NiftiReader().open(folder.resolve("out.nii"))) {
                assertEquals("czyx", image.metadata().axes());
                assertEquals(names, image.metadata().channelNames());
                assertEquals(
                        7, ((byte[]) image.read(image.metadata().interval()).voxels())[7]);
                assertArrayEquals(new int[] {4, 3, 2, 1, 2, 1, 1, 1}, dim(written(image)));
            }
        }
    }

    @Test
    void channelsBesideTimesTakeTheFifthAxis() throws IOException {
        List<String> names = List.of("a", "b");
        assertArrayEquals(new int[] {5, 3, 2, 1, 3, 2, 1, 1}, dim(written(channels(3, names))));
        try (ImageSource image = new NiftiReader().open(folder.resolve("out.nii"))) {
            assertEquals("ctzyx", image.metadata().axes());
            assertEquals(names, image.metadata().channelNames());
        }
    }

    @Test
    void vectorsStayOnTheFifthAxis() throws IOException {
        Path path = HandMadeNifti.simple()
                .shape(2, 2, 2, 1, 3)
                .voxels(new short[24])
                .write(folder.resolve("warp.nii"));
        try (ImageSource image = new NiftiReader().open(path)) {
            assertArrayEquals(new int[] {5, 2, 2, 2, 1, 3, 1, 1}, dim(written(image)));
        }
    }

    @Test
    void coloursAreChannelsAndBecomeColoursAgain() throws IOException {
        for (int colours : new int[] {3, 4}) {
            HandMadeNifti file = HandMadeNifti.simple().shape(3, 2, 2, 2);
            file.datatype = colours == 3 ? 128 : 2304;
            file.bitpix = 8 * colours;
            byte[] voxels = new byte[24 * colours];
            for (int i = 0; i < voxels.length; i++) {
                voxels[i] = (byte) (3 * i);
            }
            file.voxels = voxels;
            for (String name : new String[] {"colours.nii", "colours.nii.gz"}) {
                try (ImageSource image = new NiftiReader().open(file.write(folder.resolve(name)))) {
                    ImageMetadata metadata = image.metadata();
                    assertEquals("ctzyx", metadata.axes());
                    assertEquals(PixelType.UINT8, metadata.pixelType());
                    assertEquals(List.of("red", "green", "blue", "alpha").subList(0, colours), metadata.channelNames());
                    byte[] read = (byte[]) image.read(metadata.interval()).voxels();
                    for (int c = 0; c < colours; c++) {
                        for (int i = 0; i < 24; i++) {
                            assertEquals(voxels[i * colours + c], read[c * 24 + i]);
                        }
                    }
                    ByteBuffer out = written(image);
                    assertEquals(file.datatype, out.getShort(70));
                    assertEquals(file.bitpix, out.getShort(72));
                    assertArrayEquals(new int[] {4, 3, 2, 2, 2, 1, 1, 1}, dim(out));
                    assertArrayEquals(
                            voxels,
                            Arrays.copyOfRange(out.array(), out.array().length - voxels.length, out.array().length));
                }
            }
        }
    }

    @Test
    void analyzeIsReadWithoutAnOrientation() throws IOException {
        short[] voxels = new short[24];
        for (int i = 0; i < 24; i++) {
            voxels[i] = (short) (i - 5);
        }
        for (ByteOrder order : new ByteOrder[] {ByteOrder.LITTLE_ENDIAN, ByteOrder.BIG_ENDIAN}) {
            for (double slope : new double[] {0, 0.5}) {
                HandMadeNifti file = HandMadeNifti.of(1, order).voxels(voxels);
                file.magic = "\0\0\0\0";
                file.pixdim = new double[] {0, 1, 2, 3, 0, 0, 0, 0};
                file.voxOffset = 0.0;
                file.slope = slope;
                // What are other fields in ANALYZE: the orientation, the patient, the date.
                file.qformCode = 2;
                file.sformCode = 0x3031;
                file.srow[3] = 1e30;
                file.units = 77;
                file.toffset = 9;
                ByteBuffer header = ByteBuffer.wrap(file.header()).order(order);
                header.put(148, "old mouse".getBytes()).put(39, (byte) '0');
                Path path = Files.write(folder.resolve("old.hdr"), header.array());
                Files.write(folder.resolve("old.img"), file.voxels);
                assertTrue(new NiftiFormat().recognises(path));
                for (String name : new String[] {"old.hdr", "old.img"}) {
                    try (ImageSource image = new NiftiReader().open(folder.resolve(name))) {
                        ImageMetadata metadata = image.metadata();
                        assertEquals(Optional.empty(), metadata.frame());
                        assertEquals(
                                List.of(
                                        new Dimension(Axis.Z, 2, 3, "millimeter", 0),
                                        new Dimension(Axis.Y, 3, 2, "millimeter", 0),
                                        new Dimension(Axis.X, 4, 1, "millimeter", 0)),
                                metadata.dimensions());
                        Object read = image.read(metadata.interval()).voxels();
                        if (slope == 0) {
                            assertArrayEquals(voxels, (short[]) read);
                        } else {
                            assertEquals(-2.5f, ((float[]) read)[0]);
                        }
                        ByteBuffer out = written(image);
                        assertEquals(0, out.getInt(252));
                        assertEquals(0, out.get(39));
                        assertEquals(0f, out.getFloat(136));
                        assertEquals('o', out.get(148));
                    }
                }
            }
        }
    }
}
