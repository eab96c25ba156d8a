package org.scaledimaging.engine.format.nifti;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.scaledimaging.engine.Image;
import org.scaledimaging.engine.block.PixelType;
import org.scaledimaging.engine.execute.Execution;
import org.scaledimaging.engine.execute.Notice;
import org.scaledimaging.engine.format.NiftiWriteOptions;
import org.scaledimaging.engine.image.Axis;
import org.scaledimaging.engine.image.Dimension;
import org.scaledimaging.engine.image.ImageMetadata;
import org.scaledimaging.engine.image.ImageSource;
import org.scaledimaging.engine.place.ImageLocation;

/** A NIfTI file holds the recipe that it was made by between header and voxels, as the standard has extensions. */
class RecipeExtensionTest {
    private static final NiftiFormat FORMAT = new NiftiFormat();

    @TempDir
    Path folder;

    private static Map<String, Object> read(Path file) throws IOException {
        return FORMAT.provenance(ImageLocation.parse(file.toString()));
    }

    private static ImageSource image(PixelType type, long... shape) {
        ImageMetadata metadata = ImageMetadata.of(
                "image",
                type,
                Dimension.of(Axis.Z, shape[0]),
                Dimension.of(Axis.Y, shape[1]),
                Dimension.of(Axis.X, shape[2]));
        return Samples.memory(metadata, Samples.voxels(type, (int) (shape[0] * shape[1] * shape[2])), 4, 4, 4);
    }

    private static ObjectNode recipe(String text) {
        return JsonNodeFactory.instance.objectNode().put("version", 1).put("text", text);
    }

    @Test
    void aRecipeOfAnyLengthIsReadBackAndTheVoxelsStay() throws IOException {
        List<Path> files = List.of(folder.resolve("a.nii"), folder.resolve("a.nii.gz"));
        for (long width : new long[] {5, 40_000}) { // NIfTI-1, NIfTI-2
            ImageSource image = image(PixelType.INT16, 2, 3, width);
            for (int length : new int[] {0, 1, 7, 15, 16, 17, 70_000}) {
                for (Path file : files) {
                    ObjectNode recipe = recipe("x".repeat(length));
                    NiftiWriteOptions options =
                            NiftiWriteOptions.defaults().withOverwrite(true).withVerify(true);
                    NiftiWriter.write(image, file, options, origin(recipe), Execution.standard());
                    assertEquals(Map.of("version", 1, "text", "x".repeat(length)), read(file));
                    try (ImageSource again = new NiftiReader().open(file)) {
                        NiftiReaderTest.assertSame(
                                image.read(image.metadata().interval()).voxels(),
                                again.read(again.metadata().interval()));
                    }
                }
            }
        }
    }

    @Test
    void theBytesAreAsTheStandardHasThem() throws IOException {
        Path with = folder.resolve("with.nii");
        Path without = folder.resolve("without.nii");
        ImageSource image = image(PixelType.UINT8, 2, 3, 5);
        NiftiWriter.write(image, with, NiftiWriteOptions.defaults(), origin(recipe("é\"\\")), Execution.standard());
        NiftiWriter.write(image, without, NiftiWriteOptions.defaults(), Execution.standard());
        byte[] plain = Files.readAllBytes(without);
        assertEquals(352 + 30, plain.length, "nothing is added where there is no recipe");
        ByteBuffer bytes = ByteBuffer.wrap(Files.readAllBytes(with)).order(ByteOrder.LITTLE_ENDIAN);
        int size = bytes.getInt(352);
        assertEquals(0, size % 16);
        assertEquals(6, bytes.getInt(356));
        assertEquals(352 + size, bytes.getFloat(108));
        assertEquals(1, bytes.getInt(348));
        String text = new String(bytes.array(), 360, size - 8, StandardCharsets.ISO_8859_1);
        assertEquals("{\"ScaledImaging\":{\"version\":1,\"text\":\"\\u00E9\\\"\\\\\"}}", text.replace("\0", ""));
        byte[] rest = Arrays.copyOfRange(bytes.array(), 352 + size, bytes.capacity());
        assertArrayEquals(Arrays.copyOfRange(plain, 352, plain.length), rest);
        assertEquals("é\"\\", read(with).get("text"));
    }

    @Test
    void othersExtensionsArePassedOver() throws IOException {
        String ours = "{\"ScaledImaging\":{\"version\":1}}";
        for (ByteOrder order : List.of(ByteOrder.LITTLE_ENDIAN, ByteOrder.BIG_ENDIAN)) {
            for (int version : new int[] {1, 2}) {
                byte[] comment = extension(order, 6, 32, "a note");
                byte[] other = extension(order, 4, 48, ours);
                byte[] recipe = extension(order, 6, 48, ours);
                assertEquals(Map.of("version", 1), read(file(version, order, comment, other, recipe)));
                assertEquals(Map.of(), read(file(version, order, comment, other)));
                assertEquals(Map.of(), read(file(version, order)));
                // Damaged ones: too short, not a multiple of 16, beyond the voxels, negative, cut, no JSON.
                for (int size : new int[] {0, 8, 24, 4096, -16, Integer.MAX_VALUE, Integer.MIN_VALUE}) {
                    assertEquals(Map.of(), read(file(version, order, extension(order, 6, size, 48, ours), recipe)));
                }
                assertEquals(Map.of(), read(file(version, order, new byte[5])));
                byte[] broken = extension(order, 6, 48, ours.substring(0, 25));
                assertEquals(Map.of(), read(file(version, order, broken)));
                byte[] odd = extension(order, 6, 48, "{\"ScaledImaging\":7}");
                assertEquals(Map.of(), read(file(version, order, odd)));
            }
        }
    }

    private static byte[] extension(ByteOrder order, int code, int size, String text) {
        return extension(order, code, size, size, text);
    }

    private static byte[] extension(ByteOrder order, int code, int size, int bytes, String text) {
        return ByteBuffer.allocate(bytes)
                .order(order)
                .putInt(size)
                .putInt(code)
                .put(text.getBytes(StandardCharsets.UTF_8))
                .array();
    }

    private Path file(int version, ByteOrder order, byte[]... extensions) throws IOException {
        ByteArrayOutputStream all = new ByteArrayOutputStream();
        for (byte[] extension : extensions) {
            all.writeBytes(extension);
        }
        HandMadeNifti file = HandMadeNifti.of(version, order);
        file.extension = all.toByteArray();
        file.voxels = new byte[48];
        return file.write(folder.resolve("hand.nii"));
    }

    @Test
    void whatIsMadeOfAFileSaysHow() throws Exception {
        Path first = folder.resolve("first.nii");
        Path second = folder.resolve("second.nii.gz");
        Image.of(image(PixelType.UINT8, 4, 4, 4)).saveNifti(first);
        assertEquals(Map.of(), read(first), "made in memory");
        try (Image image = Image.open(first)) {
            image.downsample(1).saveNifti(second);
        }
        Map<String, Object> recipe = read(second);
        assertTrue(recipe.get("source").toString().contains("first.nii"), recipe.toString());
        assertTrue(recipe.get("operations").toString().contains("downsample"), recipe.toString());
    }

    @Test
    void aRecipeThatIsTooLongIsLeftOutAndThatIsSaid() throws IOException {
        List<Notice> told = new ArrayList<>();
        Path file = folder.resolve("long.nii");
        Execution execution = Execution.standard().withNotices(told::add);
        ObjectNode recipe = recipe("x".repeat(17 << 20));
        NiftiWriter.write(
                image(PixelType.UINT8, 2, 2, 2), file, NiftiWriteOptions.defaults(), origin(recipe), execution);
        assertEquals(Map.of(), read(file));
        assertEquals(360, Files.size(file));
        assertTrue(told.stream().anyMatch(notice -> notice.kind() == Notice.Kind.WARNING), told.toString());
    }

    private static Optional<Origin> origin(ObjectNode recipe) {
        return Optional.of(new Origin(recipe, List.of(), false));
    }
}
