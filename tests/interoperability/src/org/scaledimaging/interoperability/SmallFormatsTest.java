package org.scaledimaging.interoperability;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.DoubleBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.scaledimaging.engine.Image;
import org.scaledimaging.engine.block.PixelType;
import org.scaledimaging.engine.execute.Execution;
import org.scaledimaging.engine.format.FileWriteOptions;
import org.scaledimaging.engine.image.Affine;
import org.scaledimaging.engine.image.Dimension;

/** N5 by zarr-python, MGH by nibabel, NRRD by teem, whose format it is: voxels to the bit, and places. */
class SmallFormatsTest {
    private static final ObjectMapper MAPPER = new ObjectMapper();

    static Stream<Object[]> datasets() {
        List<Object[]> cases = new ArrayList<>();
        for (PixelType type : PixelType.values()) {
            for (String codec :
                    List.of("null", "{\"id\": \"gzip\", \"level\": 3}", "{\"id\": \"blosc\", \"cname\": \"zstd\"}")) {
                cases.add(new Object[] {type, codec});
            }
        }
        return cases.stream();
    }

    @ParameterizedTest
    @MethodSource("datasets")
    void weReadN5ThatZarrPythonWrites(PixelType type, String codec, @TempDir Path folder) throws Exception {
        long[] shape = {7, 10, 13};
        Path voxels = folder.resolve("voxels");
        Files.write(voxels, Voxels.random(type, shape, new Random(type.hashCode())));
        ObjectNode request = Tool.request("n5")
                .put("path", folder.resolve("image.n5").toString())
                .put("voxels", voxels.toString())
                .put("dtype", ZarrPythonTest.dtype(type, false));
        request.set("shape", Tool.json(shape));
        request.set("chunks", Tool.json(new long[] {3, 4, 5}));
        request.set("written", Tool.json(new long[] {7, 8, 13})); // other blocks are missing
        request.set("compressor", MAPPER.readTree(codec));
        Tools.zarrPython().call(request);
        try (Image image = Image.open(folder.resolve("image.n5/s0"))) {
            assertEquals("zyx", image.metadata().axes());
            assertArrayEquals(shape, image.metadata().shape());
            Voxels.assertSame(Voxels.read(voxels), Voxels.of(image.source()), type, codec);
        }
    }

    static Stream<Object[]> volumes() {
        return Stream.of(PixelType.UINT8, PixelType.INT16, PixelType.INT32, PixelType.FLOAT32)
                .flatMap(type -> Stream.of(".mgh", ".mgz")
                        .flatMap(ending -> Stream.of(3, 4).map(axes -> new Object[] {type, ending, axes})));
    }

    @ParameterizedTest
    @MethodSource("volumes")
    void weReadMghThatNibabelWrites(PixelType type, String ending, int axes, @TempDir Path folder) throws Exception {
        Random random = new Random((type + ending + axes).hashCode());
        long[] shape = axes == 3 ? new long[] {4, 5, 6} : new long[] {3, 4, 5, 6};
        Path voxels = folder.resolve("voxels");
        Files.write(voxels, Voxels.random(type, shape, random));
        Path file = folder.resolve("image" + ending);
        ObjectNode request = Tool.request("mgh")
                .put("path", file.toString())
                .put("voxels", voxels.toString())
                .put("dtype", ZarrPythonTest.dtype(type, false))
                .put("milliseconds", 2500);
        request.set("shape", Tool.json(shape));
        request.set("affine", Tool.json(Rotations.affine(new double[] {1.5, 0.75, 2}, random)));
        JsonNode said = Tools.nibabel().call(request);
        try (Image image = Image.open(file)) {
            assertEquals(axes == 3 ? "zyx" : "tzyx", image.metadata().axes());
            Voxels.assertSame(Voxels.read(voxels), Voxels.of(image.source()), type, file.toString());
            Affine affine = image.metadata().frame().orElseThrow().affine();
            NiftiMetadata.assertClose(said.path("affine"), affine, 1e-5, file.toString());
            if (axes == 4) {
                Dimension time = image.metadata().dimensions().get(0);
                assertEquals("2500.0 millisecond", time.voxelSize() + " " + time.unit());
            }
        }
    }

    @Test
    void weReadNibabelsOwnVolume(@TempDir Path folder) throws Exception {
        Path file = Tools.nibabelData("test.mgz");
        Path voxels = folder.resolve("voxels");
        JsonNode said = Tools.nibabel()
                .call(Tool.request("load").put("path", file.toString()).put("voxels", voxels.toString()));
        try (Image image = Image.open(file)) {
            assertEquals(
                    said.path("shape").toString(),
                    Tool.json(image.metadata().shape()).toString());
            Voxels.assertSame(
                    Voxels.read(voxels),
                    Voxels.of(image.source()),
                    image.metadata().pixelType(),
                    file.toString());
            Affine affine = image.metadata().frame().orElseThrow().affine();
            NiftiMetadata.assertClose(said.path("affine"), affine, 1e-6, file.toString());
        }
    }

    /** In float32 its values are nibabel's, computed in float64, rounded once more or less. */
    @ParameterizedTest
    @ValueSource(strings = {"minc2_1_scale.mnc", "minc2_4d.mnc", "minc2-no-att.mnc", "minc2-4d-d.mnc", "small.mnc"})
    void weReadNibabelsMincFiles(String name, @TempDir Path folder) throws Exception {
        Tools.require("h5py");
        Path file = Tools.nibabelData(name);
        Path voxels = folder.resolve("voxels");
        JsonNode said = Tools.nibabel()
                .call(Tool.request("load")
                        .put("path", file.toString())
                        .put("voxels", voxels.toString())
                        .put("dtype", "<f8"));
        try (Image image = Image.open(file)) {
            assertEquals(
                    said.path("shape").toString(),
                    Tool.json(image.metadata().shape()).toString());
            Affine affine = image.metadata().frame().orElseThrow().affine();
            for (int entry = 0; entry < 12; entry++) {
                int column = entry % 4; // nibabel's are those of the file's axes, slowest first
                boolean turned = column < 3 && image.metadata().axes().endsWith("zyx");
                double right = said.path("affine")
                        .path(entry / 4)
                        .path(turned ? 2 - column : column)
                        .asDouble();
                assertEquals(right, affine.get(entry / 4, column), 1e-9, name);
            }
            DoubleBuffer theirs = ByteBuffer.wrap(Voxels.read(voxels))
                    .order(ByteOrder.LITTLE_ENDIAN)
                    .asDoubleBuffer();
            Image wide = image.convert(PixelType.FLOAT64);
            double[] ours =
                    (double[]) wide.source().read(wide.metadata().interval()).voxels();
            assertEquals(theirs.remaining(), ours.length);
            for (int i = 0; i < ours.length; i++) {
                assertEquals(theirs.get(i), ours[i], Math.ulp((float) theirs.get(i)));
            }
        }
    }

    /** Runs teem's program for NRRD. */
    private static void unu(Path folder, String... arguments) throws Exception {
        List<String> command = new ArrayList<>(List.of("teem-unu"));
        command.addAll(Arrays.asList(arguments));
        Path log = folder.resolve("log");
        Process process = new ProcessBuilder(command)
                .directory(folder.toFile())
                .redirectErrorStream(true)
                .redirectOutput(log.toFile())
                .start();
        assertTrue(process.waitFor(1, TimeUnit.MINUTES));
        assertEquals(0, process.exitValue(), () -> said(log));
    }

    private static String said(Path log) {
        try {
            return Files.readString(log);
        } catch (IOException e) {
            return e.toString();
        }
    }

    private static String name(PixelType type) {
        return type.label().replaceFirst("^float32$", "float").replaceFirst("^float64$", "double");
    }

    @ParameterizedTest
    @EnumSource
    void teemWritesWhatWeReadAndReadsWhatWeWrite(PixelType type, @TempDir Path folder) throws Exception {
        Tools.require("teem");
        long[] shape = {4, 5, 6};
        byte[] bytes = Voxels.random(type, shape, new Random(type.hashCode()));
        Files.write(folder.resolve("voxels"), bytes);
        for (String encoding : List.of("raw", "gzip")) {
            List<String> make = new ArrayList<>(List.of("make", "-i", "voxels", "-t", name(type), "-s", "6", "5", "4"));
            make.addAll(List.of("-spc", "RAS", "-e", "raw", "-en", "little", "-o", "made.nhdr"));
            boolean oriented = encoding.equals("gzip"); // else directions are "none none none"
            if (oriented) {
                make.addAll(List.of("-dirs", "(2,0,0) (0,-3,0) (0,0,4)", "-orig", "(1,2,3)"));
            }
            unu(folder, make.toArray(String[]::new));
            unu(folder, ("save -i made.nhdr -f nrrd -e " + encoding + " -o made.nrrd").split(" "));
            try (Image image = Image.open(folder.resolve("made.nrrd"))) {
                assertEquals(type, image.metadata().pixelType());
                Voxels.assertSame(bytes, Voxels.of(image.source()), type, encoding);
                assertEquals("zyx", image.metadata().axes());
                if (oriented) {
                    double[] affine = {2, 0, 0, 1, 0, -3, 0, 2, 0, 0, 4, 3};
                    assertArrayEquals(
                            Affine.of(affine).toArray(),
                            image.metadata().frame().orElseThrow().affine().toArray());
                }
                image.saveFile(folder.resolve("ours.nrrd"), FileWriteOptions.defaults(), Execution.standard());
            }
            unu(folder, "save -i ours.nrrd -f nrrd -e raw -en little -o again.nhdr".split(" "));
            Voxels.assertSame(bytes, Voxels.read(folder.resolve("again.raw")), type, "what teem reads of ours");
            Files.delete(folder.resolve("ours.nrrd"));
        }
    }
}
