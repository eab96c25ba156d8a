package org.scaledimaging.interoperability;

import static org.junit.jupiter.api.Assertions.assertEquals;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.scaledimaging.engine.Image;
import org.scaledimaging.engine.block.PixelType;
import org.scaledimaging.engine.execute.Execution;
import org.scaledimaging.engine.format.NiftiWriteOptions;
import org.scaledimaging.engine.format.OmeZarrWriteOptions;
import org.scaledimaging.engine.image.Affine;
import org.scaledimaging.engine.image.Axis;
import org.scaledimaging.engine.image.Dimension;
import org.scaledimaging.engine.image.ImageMetadata;
import org.scaledimaging.engine.image.WorldFrame;

/** NIfTI files that we write, read by nibabel: voxels to the bit, affine, units. */
class NibabelReadsTest {
    private static final float QUATERNION_ROUNDING = 2e-6f;
    private static Tool nibabel;

    @BeforeAll
    static void start() throws Exception {
        nibabel = Tools.nibabel();
    }

    static Stream<Object[]> written() {
        List<Object[]> cases = new ArrayList<>();
        for (PixelType type : PixelType.values()) {
            for (String extension : List.of(".nii", ".nii.gz")) {
                for (String axes : List.of("yx", "zyx", "tzyx", "czyx", "ctzyx")) {
                    String frame = List.of("none", "sform", "qform", "both").get(cases.size() / 3 % 4);
                    cases.add(new Object[] {type, extension, axes, frame});
                }
            }
        }
        return cases.stream();
    }

    private static Optional<WorldFrame> frame(String kind, ImageMetadata metadata, Random random) {
        double[] sizes = {1, 1, 1};
        for (Dimension dimension : metadata.dimensions()) {
            if (dimension.axis().isSpatial()) {
                sizes[Axis.X.ordinal() - dimension.axis().ordinal()] = dimension.voxelSize();
            }
        }
        Optional<Affine> sform = Optional.empty();
        if (kind.equals("sform") || kind.equals("both")) {
            double[] twelve = Arrays.stream(Rotations.affine(sizes, random))
                    .limit(3)
                    .flatMapToDouble(Arrays::stream)
                    .toArray();
            sform = Optional.of(Affine.of(twelve));
        }
        Optional<WorldFrame.QForm> qform = Optional.empty();
        if (kind.equals("qform") || kind.equals("both")) {
            qform = Optional.of(new WorldFrame.QForm(
                    2, 0.5, -0.25, 0.625, random.nextBoolean() ? 1 : -1, sizes[0], sizes[1], sizes[2], 1.5, -20, 1e3));
        }
        return kind.equals("none")
                ? Optional.empty()
                : Optional.of(new WorldFrame(sform, sform.isEmpty() ? 0 : 3, qform));
    }

    @ParameterizedTest
    @MethodSource("written")
    void itReadsWhatWeWrite(PixelType type, String extension, String axes, String kind, @TempDir Path folder)
            throws Exception {
        Random random = new Random((type + extension + axes).hashCode());
        ImageMetadata metadata = MemoryImage.randomMetadata(axes, type, random);
        metadata = metadata.withFrame(frame(kind, metadata, random));
        MemoryImage image = MemoryImage.of(metadata, random);
        Path target = folder.resolve("image" + extension);
        Path voxels = folder.resolve("voxels");
        JsonNode said = writtenAndRead(image, target, voxels);
        assertEquals("Nifti1Image", said.path("kind").asText());
        assertEquals(ZarrPythonTest.dtype(type, false), said.path("stored").asText());
        Voxels.assertSame(image.bytes(), Voxels.read(voxels), type, metadata.toString());
        try (Image again = Image.open(target)) {
            NiftiMetadata.assertSay(again.metadata(), said, metadata.toString());
        }
        metadata.frame().ifPresent(frame -> {
            assertSame(frame.affine(), said.path("affine"), frame.sform().isPresent() ? 0 : QUATERNION_ROUNDING);
            frame.qform().ifPresent(form -> assertSame(form.affine(), said.path("qform"), QUATERNION_ROUNDING));
        });
        if (metadata.frame().isEmpty()) {
            // Without a frame, sizes and origins along the axes are the affine.
            for (Dimension dimension : metadata.dimensions()) {
                if (dimension.axis().isSpatial()) {
                    int column = Axis.X.ordinal() - dimension.axis().ordinal();
                    assertEquals(
                            (float) dimension.voxelSize(),
                            said.path("affine").path(column).path(column).asDouble());
                    assertEquals(
                            (float) dimension.origin(),
                            said.path("affine").path(column).path(3).asDouble());
                }
            }
        }
    }

    private static JsonNode writtenAndRead(MemoryImage image, Path target, Path voxels) throws Exception {
        NiftiWriteOptions options = NiftiWriteOptions.defaults().withKeepUnit(true);
        Image.of(image).saveNifti(target, options, Execution.standard());
        return read(target, voxels);
    }

    private static JsonNode read(Path file, Path voxels) throws Exception {
        return nibabel.call(Tool.request("read").put("path", file.toString()).put("voxels", voxels.toString()));
    }

    /** As float32, which NIfTI-1 stores; a quaternion's matrix nibabel computes its own way. */
    private static void assertSame(Affine ours, JsonNode rows, float rounding) {
        double largest = Arrays.stream(ours.toArray()).map(Math::abs).max().orElseThrow();
        for (int row = 0; row < 3; row++) {
            for (int column = 0; column < 4; column++) {
                double theirs = rows.path(row).path(column).asDouble();
                assertEquals((float) ours.get(row, column), theirs, rounding * largest);
            }
        }
    }

    /** What NIfTI-1 has no room for is NIfTI-2, which nibabel reads the same. */
    @ParameterizedTest
    @ValueSource(strings = {".nii", ".nii.gz"})
    void itReadsAxesThatOnlyNifti2HasRoomFor(String extension, @TempDir Path folder) throws Exception {
        Random random = new Random(1);
        ImageMetadata metadata = ImageMetadata.of(
                "long",
                PixelType.INT16,
                Dimension.of(Axis.Y, 2),
                new Dimension(Axis.X, 40_001, 1.0 / 3, "micrometer", 0.1));
        MemoryImage image = MemoryImage.of(metadata, random);
        Path target = folder.resolve("image" + extension);
        Path voxels = folder.resolve("voxels");
        JsonNode said = writtenAndRead(image, target, voxels);
        assertEquals("Nifti2Image", said.path("kind").asText());
        Voxels.assertSame(image.bytes(), Voxels.read(voxels), PixelType.INT16, "NIfTI-2");
        assertEquals(1.0 / 3, said.path("affine").path(0).path(0).asDouble());
        assertEquals(0.1, said.path("affine").path(0).path(3).asDouble());
    }

    /** What we made by a recipe says so in a comment, and the voxels are where nibabel looks for them. */
    @ParameterizedTest
    @ValueSource(strings = {".nii", ".nii.gz"})
    void itReadsTheRecipeInAnExtension(String extension, @TempDir Path folder) throws Exception {
        for (long width : new long[] {41, 40_001}) {
            ImageMetadata metadata =
                    ImageMetadata.of("a", PixelType.INT16, Dimension.of(Axis.Y, 3), Dimension.of(Axis.X, width));
            MemoryImage image = MemoryImage.of(metadata, new Random(width));
            Path source = folder.resolve(width + "é" + extension);
            Path target = folder.resolve(width + "-target" + extension);
            JsonNode before = writtenAndRead(image, source, folder.resolve("before"));
            assertEquals(0, before.path("extensions").size(), "no recipe, no extension");
            try (Image opened = Image.open(source)) {
                opened.saveNifti(target);
            }
            Path voxels = folder.resolve("voxels");
            JsonNode said = read(target, voxels);
            Voxels.assertSame(image.bytes(), Voxels.read(voxels), PixelType.INT16, extension);
            assertEquals(1, said.path("extensions").size());
            assertEquals(6, said.path("extensions").path(0).path(0).asInt(), "a comment");
            JsonNode comment = new ObjectMapper()
                    .readTree(said.path("extensions").path(0).path(1).asText());
            assertEquals(
                    source.toString(),
                    comment.path("ScaledImaging")
                            .path("source")
                            .path("location")
                            .asText());
        }
    }

    /** NIfTI to OME-Zarr to NIfTI changes nothing that nibabel could tell. */
    @ParameterizedTest
    @CsvSource({"anatomical.nii, 0.4", "anatomical.nii, 0.5", "example4d.nii.gz, 0.5", "example_nifti2.nii.gz, 0.4"})
    void itReadsTheSameAfterOmeZarr(String name, String version, @TempDir Path folder) throws Exception {
        Path source = Tools.nibabelData(name);
        Path zarr = folder.resolve("image.ome.zarr");
        Path target = folder.resolve("image.nii");
        try (Image image = Image.open(source)) {
            image.saveOmeZarr(zarr, OmeZarrWriteOptions.defaults().withVersion(version), Execution.standard());
        }
        try (Image image = Image.open(zarr)) {
            image.saveNifti(target);
        }
        Path before = folder.resolve("before");
        Path after = folder.resolve("after");
        JsonNode first = read(source, before);
        JsonNode last = read(target, after);
        for (String field : List.of("shape", "affine", "sform", "scode", "qform", "qcode", "orientation")) {
            assertEquals(first.path(field), last.path(field), field);
        }
        assertEquals(first.path("units").path(0), last.path("units").path(0), "unit of space");
        if (first.path("shape").size() > 3) { // a unit of time without an axis of time is not kept
            assertEquals(first.path("units").path(1), last.path("units").path(1), "unit of time");
        }
        Voxels.assertSame(Voxels.read(before), Voxels.read(after), PixelType.INT16, name);
    }
}
