package org.scaledimaging.engine.format.nifti;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.ByteOrder;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Random;
import java.util.function.Consumer;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.scaledimaging.engine.block.PixelType;
import org.scaledimaging.engine.format.raw.UnpackOptions;
import org.scaledimaging.engine.image.ImageSource;
import org.scaledimaging.engine.message.ImageFormatException;

class NiftiBadFilesTest {
    @TempDir
    Path folder;

    private final NiftiReader reader = new NiftiReader();

    @Test
    void aHeaderThatMakesNoSenseIsRefusedInASentenceThatNamesTheFault() throws IOException {
        assertRefused("header's length", file -> file.sizeofHdr = 347);
        assertRefused("wrong magic number", file -> file.magic = "n+3\0");
        assertRefused("ANALYZE", file -> file.magic = "\0\0\0\0");
        assertRefused("0 axes", file -> file.dim[0] = 0);
        assertRefused("-2 axes", file -> file.dim[0] = -2);
        assertRefused("8 axes", file -> file.dim[0] = 8);
        assertRefused("1 axis", file -> file.shape(5));
        assertRefused("along axis 6", file -> file.shape(2, 2, 2, 1, 1, 2));
        assertRefused("along axis 7", file -> file.shape(2, 2, 2, 1, 1, 1, 3));
        assertRefused("length 0 of axis 2", file -> file.dim[2] = 0);
        assertRefused("length -3 of axis 3", file -> file.dim[3] = -3);
        assertRefused("bitpix 8", file -> file.bitpix = 8);
        assertRefused("datatype 77", file -> file.datatype = 77);
        assertRefused("offset of 0", file -> file.voxOffset = 0.0);
        assertRefused("offset of 347", file -> file.voxOffset = 347.0);
        assertRefused("offset of -1", file -> file.voxOffset = -1.0);
        assertRefused("offset of 352.5", file -> file.voxOffset = 352.5);
        assertRefused("offset of NaN", file -> file.voxOffset = Double.NaN);
        assertRefused("offset of Infinity", file -> file.voxOffset = Double.POSITIVE_INFINITY);
        assertRefused("RGB colour in an image of 5 axes", file -> {
            file.shape(2, 2, 2, 1, 2);
            file.datatype = 128;
            file.bitpix = 24;
        });
        assertRefused("scl_inter", file -> {
            file.slope = 2;
            file.intercept = Double.NaN;
        });
    }

    @Test
    void typesThatNoVoxelCanHaveAreNamedAlongWithThoseThatItCan() throws IOException {
        int[][] types = {{1, 1}, {32, 64}, {1536, 128}, {1792, 128}, {2048, 256}};
        String[] names = {"bitmap", "complex64", "float128", "complex128", "complex256"};
        for (int i = 0; i < types.length; i++) {
            int[] type = types[i];
            String message = assertRefused(names[i], file -> {
                file.datatype = type[0];
                file.bitpix = type[1];
            });
            for (PixelType supported : PixelType.values()) {
                assertTrue(message.contains(supported.label()), message);
            }
        }
    }

    @Test
    void moreVoxelsThanAFileCanHoldAreRefused() throws IOException {
        long huge = 1L << 31;
        assertRefused2("2^63", file -> file.shape(huge, huge, huge));
        assertRefused2("2^63", file -> file.shape(1L << 62, 1));
        assertRefused2("offset", file -> {
            file.shape(1L << 60, 1);
            file.voxOffset = 9e18;
        });
    }

    @Test
    void aHeaderThatClaimsFarMoreVoxelsThanThereAreTakesNoMemory() throws IOException {
        assertRefused2("as its header says", file -> file.shape(1L << 20, 1L << 20));
    }

    @Test
    void aHeaderThatClaimsMoreThanThereIsFailsWhenRead() throws IOException {
        // 200 kB of noise: enough compressed data to stand for 100 MB, by its size alone.
        HandMadeNifti file =
                HandMadeNifti.simple().shape(10_000, 5_000).voxels(Samples.voxels(PixelType.INT16, 100_000));
        Path path = file.write(folder.resolve("a.nii.gz"));
        for (long limit : new long[] {0, 1L << 30}) {
            try (ImageSource image = new NiftiReader(new UnpackOptions(limit, folder)).open(path)) {
                String message = assertThrows(
                                ImageFormatException.class,
                                () -> image.read(image.metadata().interval()))
                        .getMessage();
                assertTrue(message.contains("200000 bytes") && message.contains("100000000 bytes"), message);
            }
        }
        try (var files = Files.list(folder)) {
            assertEquals(1, files.count());
        }
    }

    @Test
    void aPlainFileThatEndsEarlyIsRefusedWhenOpened() throws IOException {
        byte[] whole = HandMadeNifti.simple().voxels(new short[24]).bytes();
        for (int length : new int[] {4, 347, 348, 352, 399}) {
            Path path = Files.write(folder.resolve("a.nii"), Arrays.copyOf(whole, length));
            String message = assertThrows(ImageFormatException.class, () -> reader.open(path))
                    .getMessage();
            assertTrue(message.contains(length + " bytes"), message);
        }
    }

    @Test
    void aCompressedFileThatEndsEarlyOrIsDamagedIsRefused() throws IOException {
        Object voxels = Samples.voxels(PixelType.INT16, 100 * 100 * 10);
        byte[] whole = HandMadeNifti.gzip(
                HandMadeNifti.simple().shape(100, 100, 10).voxels(voxels).bytes());
        for (long limit : new long[] {0, 1L << 30}) {
            for (int length : new int[] {11, 300, 2000, whole.length / 2, whole.length - 5}) {
                assertDamaged(Arrays.copyOf(whole, length), limit);
            }
            byte[] flipped = whole.clone();
            flipped[flipped.length - 6] ^= 1; // the checksum
            assertDamaged(flipped, limit);
            byte[] scrambled = whole.clone();
            new Random(4).nextBytes(scrambled);
            System.arraycopy(whole, 0, scrambled, 0, 5000);
            assertDamaged(scrambled, limit);
        }
    }

    private void assertDamaged(byte[] content, long limit) throws IOException {
        Path path = Files.write(folder.resolve("a.nii.gz"), content);
        ImageFormatException failure = assertThrows(ImageFormatException.class, () -> {
            try (ImageSource image = new NiftiReader(new UnpackOptions(limit, folder)).open(path)) {
                image.read(image.metadata().interval());
            }
        });
        assertTrue(failure.getMessage().startsWith(path.toString()), failure.getMessage());
        try (var files = Files.list(folder)) {
            assertEquals(1, files.count());
        }
    }

    @Test
    void voxelsThatBeginBehindTheEndAreRefused() throws IOException {
        HandMadeNifti file = HandMadeNifti.simple().voxels(new short[24]);
        file.voxOffset = 5000.0;
        assertThrows(ImageFormatException.class, () -> reader.open(file.write(folder.resolve("a.nii"))));
        try (ImageSource image = reader.open(file.write(folder.resolve("a.nii.gz")))) {
            assertThrows(
                    ImageFormatException.class,
                    () -> image.read(image.metadata().interval()));
        }
    }

    @Test
    void halfAPairIsRefused() throws IOException {
        HandMadeNifti file = HandMadeNifti.simple();
        file.magic = "ni1\0";
        Path header = Files.write(folder.resolve("a.hdr"), file.header());
        String message = assertThrows(ImageFormatException.class, () -> reader.open(header))
                .getMessage();
        assertTrue(message.contains("a.img"), message);
        Path voxels = Files.write(folder.resolve("b.img"), new byte[48]);
        message = assertThrows(ImageFormatException.class, () -> reader.open(voxels))
                .getMessage();
        assertTrue(message.contains("b.hdr"), message);
        Path shortVoxels = Files.write(folder.resolve("a.img"), new byte[47]);
        message = assertThrows(ImageFormatException.class, () -> reader.open(header))
                .getMessage();
        assertTrue(message.contains("47 bytes") && message.contains(shortVoxels.toString()), message);
    }

    @Test
    void noFileAndAFolderAreNoImages() {
        assertThrows(ImageFormatException.class, () -> reader.open(folder.resolve("missing.nii")));
        assertThrows(ImageFormatException.class, () -> reader.open(folder));
    }

    private String assertRefused(String fault, Consumer<HandMadeNifti> change) throws IOException {
        HandMadeNifti file = HandMadeNifti.simple().voxels(new short[24]);
        change.accept(file);
        return assertRefused(file, fault);
    }

    private String assertRefused2(String fault, Consumer<HandMadeNifti> change) throws IOException {
        HandMadeNifti file = HandMadeNifti.of(2, ByteOrder.BIG_ENDIAN).voxels(new short[24]);
        change.accept(file);
        return assertRefused(file, fault);
    }

    private String assertRefused(HandMadeNifti file, String fault) throws IOException {
        String message = "";
        for (String name : new String[] {"bad.nii", "bad.nii.gz"}) {
            Path path = file.write(folder.resolve(name));
            message = assertThrows(ImageFormatException.class, () -> reader.open(path), fault)
                    .getMessage();
            assertTrue(message.contains(fault), message);
            assertTrue(message.startsWith(path + ": found ") && message.endsWith("."), message);
        }
        return message;
    }
}
