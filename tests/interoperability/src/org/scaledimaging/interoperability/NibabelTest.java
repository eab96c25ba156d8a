package org.scaledimaging.interoperability;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.scaledimaging.engine.Image;
import org.scaledimaging.engine.block.PixelType;
import org.scaledimaging.engine.message.ImageFormatException;

/** NIfTI files that nibabel writes, read by us: voxels to the bit, affine, units. */
class NibabelTest {
    private static Tool nibabel;

    @BeforeAll
    static void start() throws Exception {
        nibabel = Tools.nibabel();
    }

    private record Written(
            PixelType type, String endianness, int version, String extension, int axes, String transforms) {}

    /** Each type in either byte order, as NIfTI-1 and -2, plain and compressed, with each number of axes. */
    static Stream<Written> written() {
        List<Written> cases = new ArrayList<>();
        String[] transforms = {"sform", "qform", "both", "none"};
        int i = 0;
        for (PixelType type : PixelType.values()) {
            for (String endianness : List.of("<", ">")) {
                for (int version = 1; version <= 2; version++) {
                    for (String extension : List.of(".nii", ".nii.gz")) {
                        for (int axes = 2; axes <= 5; axes++) {
                            cases.add(new Written(type, endianness, version, extension, axes, transforms[i++ / 3 % 4]));
                        }
                    }
                }
            }
        }
        return cases.stream();
    }

    /** A request to write voxels at random with transforms at random, oblique ones. */
    static ObjectNode request(Written written, Path folder, Random random) throws Exception {
        long[] shape = new long[written.axes()];
        for (int d = 0; d < shape.length; d++) {
            shape[d] = shape.length - d > 3 ? 2 + random.nextInt(2) : 1 + random.nextInt(13);
        }
        byte[] bytes = Voxels.random(written.type(), shape, random);
        ObjectNode request = Tool.request("write")
                .put("path", folder.resolve("image" + written.extension()).toString())
                .put("voxels", Files.write(folder.resolve("voxels"), bytes).toString())
                .put("dtype", ZarrPythonTest.dtype(written.type(), false))
                .put("version", written.version())
                .put("endianness", written.endianness())
                .put("space", new String[] {"unknown", "meter", "mm", "micron"}[random.nextInt(4)])
                .put("time", new String[] {"unknown", "sec", "msec", "usec"}[random.nextInt(4)])
                .put("toffset", random.nextInt(100) / 4.0);
        request.set("shape", Tool.json(shape));
        double[] zooms = new double[written.axes()];
        Arrays.setAll(zooms, d -> 0.25 + random.nextInt(40) / 8.0);
        request.set("zooms", Tool.json(zooms));
        double[] sizes = {zooms[0], zooms[1], zooms.length > 2 ? zooms[2] : 1};
        if (written.transforms().equals("sform") || written.transforms().equals("both")) {
            request.set("sform", Tool.json(Rotations.affine(sizes, random)));
            request.put("scode", 1 + random.nextInt(4));
        }
        if (written.transforms().equals("qform") || written.transforms().equals("both")) {
            request.set("qform", Tool.json(Rotations.affine(sizes, random)));
            request.put("qcode", 1 + random.nextInt(4));
        }
        return request;
    }

    @ParameterizedTest
    @MethodSource("written")
    void weReadWhatItWrites(Written written, @TempDir Path folder) throws Exception {
        Random random = new Random(written.toString().hashCode());
        ObjectNode request = request(written, folder, random);
        byte[] before = Files.readAllBytes(folder.resolve("voxels"));
        JsonNode said = nibabel.call(request);
        byte[] voxels = Voxels.read(folder.resolve("voxels"));
        Voxels.assertSame(before, voxels, written.type(), "what nibabel reads of what it wrote");
        try (Image image = Image.open(Path.of(request.path("path").asText()))) {
            assertEquals(written.type(), image.metadata().pixelType());
            Voxels.assertSame(voxels, Voxels.of(image.source()), written.type(), written.toString());
            NiftiMetadata.assertSay(image.metadata(), said, written.toString());
        }
    }

    static Stream<Object[]> scaled() {
        List<Object[]> cases = new ArrayList<>();
        for (PixelType type : PixelType.values()) {
            for (String scaling : List.of("0.5 -3", "2 0", "1 10", "-0.1 0.3", "1e-3 1e6")) {
                cases.add(new Object[] {type, scaling, cases.size() % 2 == 0 ? "<" : ">"});
            }
        }
        return cases.stream();
    }

    /** nibabel scales in float64. Up to 16 bits we read float32: nibabel's value, rounded once. */
    @ParameterizedTest
    @MethodSource("scaled")
    void weScaleAsItDoes(PixelType type, String scaling, String endianness, @TempDir Path folder) throws Exception {
        Written written = new Written(type, endianness, 1, ".nii", 3, "sform");
        ObjectNode request = request(written, folder, new Random((type + scaling).hashCode()));
        request.put("slope", Double.parseDouble(scaling.split(" ")[0]));
        request.put("inter", Double.parseDouble(scaling.split(" ")[1]));
        JsonNode said = nibabel.call(request);
        assertEquals("<f8", said.path("dtype").asText());
        double[] expected = (double[]) Voxels.array(PixelType.FLOAT64, Voxels.read(folder.resolve("voxels")));
        try (Image image = Image.open(folder.resolve("image.nii"))) {
            Object voxels = image.source().read(image.metadata().interval()).voxels();
            assertEquals(type.working(), image.metadata().pixelType());
            for (int i = 0; i < expected.length; i++) {
                if (voxels instanceof float[] floats) {
                    assertEquals((float) expected[i], floats[i], "voxel " + i);
                } else {
                    assertEquals(expected[i], ((double[]) voxels)[i], "voxel " + i);
                }
            }
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"<c8", "<c16"})
    void typesThatWeLackAreRefusedByName(String dtype, @TempDir Path folder) throws Exception {
        Written written = new Written(PixelType.FLOAT64, "<", 1, ".nii", 3, "sform");
        ObjectNode request = request(written, folder, new Random(1)).put("dtype", dtype);
        int bytes = Integer.parseInt(dtype.substring(2));
        long count = 1;
        for (JsonNode length : request.path("shape")) {
            count *= length.asLong();
        }
        Files.write(folder.resolve("voxels"), new byte[(int) (count * bytes)]);
        nibabel.call(request);
        ImageFormatException refused =
                assertThrows(ImageFormatException.class, () -> Image.open(folder.resolve("image.nii")));
        assertTrue(refused.getMessage().contains("expected"), refused.getMessage());
        assertTrue(refused.getMessage().contains("complex" + 8 * bytes), refused.getMessage());
    }

    /** The images that nibabel's own tests read, of programs of many years. */
    @ParameterizedTest
    @CsvSource({
        "anatomical.nii, 33x41x25, int16",
        "functional.nii, 17x21x3x20, float32",
        "reoriented_anat_moved.nii, 21x26x22, float32",
        "resampled_anat_moved.nii, 17x21x3, float32",
        "example4d.nii.gz, 128x96x24x2, int16",
        "example_nifti2.nii.gz, 32x20x12x2, int16",
        "standard.nii.gz, 4x5x7, uint8"
    })
    void itsOwnTestDataReadAsItReadsThem(String name, String shape, String type, @TempDir Path folder)
            throws Exception {
        Path file = Tools.nibabelData(name);
        Path voxels = folder.resolve("voxels");
        JsonNode said =
                nibabel.call(Tool.request("read").put("path", file.toString()).put("voxels", voxels.toString()));
        try (Image image = Image.open(file)) {
            List<Long> lengths = new ArrayList<>();
            for (String length : shape.split("x")) {
                lengths.add(0, Long.parseLong(length));
            }
            assertEquals(
                    lengths, Arrays.stream(image.metadata().shape()).boxed().toList());
            byte[] read = Voxels.of(image.source());
            NiftiMetadata.assertSay(image.metadata(), said, name);
            byte[] expected = Voxels.read(voxels);
            if (said.path("dtype")
                    .asText()
                    .equals(ZarrPythonTest.dtype(image.metadata().pixelType(), false))) {
                Voxels.assertSame(expected, read, image.metadata().pixelType(), name);
            } else { // scaled: float64 there, float32 here
                assertEquals("<f8", said.path("dtype").asText());
                double[] theirs = (double[]) Voxels.array(PixelType.FLOAT64, expected);
                float[] ours = (float[]) Voxels.array(PixelType.FLOAT32, read);
                for (int i = 0; i < theirs.length; i++) {
                    assertEquals((float) theirs[i], ours[i], "voxel " + i);
                }
            }
            assertEquals(type, image.metadata().pixelType().label());
        }
    }

    @Test
    void aWrongVoxelAndAWrongAffineAreFound(@TempDir Path folder) throws Exception {
        Written written = new Written(PixelType.INT16, "<", 1, ".nii", 3, "sform");
        ObjectNode request = request(written, folder, new Random(2));
        ObjectNode said = (ObjectNode) nibabel.call(request);
        byte[] voxels = Voxels.read(folder.resolve("voxels"));
        voxels[voxels.length - 1] ^= 1;
        try (Image image = Image.open(folder.resolve("image.nii"))) {
            assertThrows(
                    AssertionError.class,
                    () -> Voxels.assertSame(voxels, Voxels.of(image.source()), PixelType.INT16, "wrong"));
            NiftiMetadata.assertSay(image.metadata(), said, "right");
            ((ArrayNode) said.path("sform").path(1)).set(2, Tool.json("1e-3"));
            assertThrows(AssertionError.class, () -> NiftiMetadata.assertSay(image.metadata(), said, "wrong"));
        }
    }
}
