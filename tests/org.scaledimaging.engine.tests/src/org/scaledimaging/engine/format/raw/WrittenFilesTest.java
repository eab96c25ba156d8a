package org.scaledimaging.engine.format.raw;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.scaledimaging.engine.Image;
import org.scaledimaging.engine.block.Block;
import org.scaledimaging.engine.block.Interval;
import org.scaledimaging.engine.block.PixelType;
import org.scaledimaging.engine.execute.Execution;
import org.scaledimaging.engine.format.FileWriteOptions;
import org.scaledimaging.engine.format.open.ImageFormats;
import org.scaledimaging.engine.image.Affine;
import org.scaledimaging.engine.image.Axis;
import org.scaledimaging.engine.image.Dimension;
import org.scaledimaging.engine.image.ImageMetadata;
import org.scaledimaging.engine.image.ImageSource;
import org.scaledimaging.engine.image.WorldFrame;
import org.scaledimaging.engine.message.TargetException;
import org.scaledimaging.engine.place.ImageLocation;

/** NRRD and MetaImage files that are written. */
class WrittenFilesTest {
    @TempDir
    private Path folder;

    /** Each voxel is a number made of its position. */
    private record Counting(ImageMetadata metadata) implements ImageSource {
        @Override
        public int[] chunkShape() {
            int[] chunk = new int[metadata.dimensions().size()];
            Arrays.fill(chunk, 2);
            return chunk;
        }

        @Override
        public void read(Block target) {
            Interval interval = target.interval();
            int i = 0;
            for (long[] position : interval.positions()) {
                ((float[]) target.voxels())[i++] = metadata.interval().number(position) + 0.5f;
            }
        }
    }

    private static ImageMetadata metadata(String axes, boolean frame, String unit) {
        Affine affine = Affine.of(0, 3, 0, -10, -2, 0, 0, -20, 0, 0, 4, 30);
        List<Dimension> dimensions = new ArrayList<>();
        int length = 2;
        for (char letter : axes.toCharArray()) {
            Axis axis = Arrays.stream(Axis.values())
                    .filter(known -> known.symbol().charAt(0) == letter)
                    .findFirst()
                    .orElseThrow();
            dimensions.add(
                    axis == Axis.T
                            ? new Dimension(axis, length++, 2.5, "second", 0)
                            : axis == Axis.C
                                    ? Dimension.of(axis, length++)
                                    : frame
                                            ? Dimension.of(axis, length++, affine, unit)
                                            : new Dimension(axis, length++, 1.5 + axis.ordinal(), unit, 7));
        }
        return new ImageMetadata(
                "image",
                PixelType.FLOAT32,
                dimensions,
                frame ? Optional.of(WorldFrame.of(affine)) : Optional.empty(),
                List.of(),
                Optional.empty());
    }

    @ParameterizedTest
    @CsvSource({
        "a.nrrd,zyx,true,zyx", "a.nrrd,tzyx,true,tzyx", "a.nrrd,czyx,true,czyx", "a.nrrd,tczyx,false,ctzyx",
                "a.nrrd,yx,true,yx",
        "a.nrrd,yx,false,yx", "a.nrrd,xzy,true,zyx", "a.mha,zyx,true,zyx", "a.mha,tzyx,true,tzyx",
                "a.mha,czyx,true,zyxc",
        "a.mha,tczyx,false,tzyxc", "a.mha,yx,true,zyx", "a.mha,yx,false,yx", "a.mha,xzy,false,zyx"
    })
    void whatIsWrittenIsReadAgain(String name, String axes, boolean frame, String read) throws Exception {
        Path file = folder.resolve(name);
        ImageMetadata metadata = metadata(axes, frame, "millimeter");
        Counting source = new Counting(metadata);
        ImageFormats.ofTarget(ImageLocation.of(file))
                .writer()
                .orElseThrow()
                .write(
                        source,
                        file,
                        FileWriteOptions.defaults().withVerify(true),
                        Optional.empty(),
                        Execution.standard());
        try (Image image = Image.open(file)) {
            assertEquals(read, image.metadata().axes());
            assertEquals(frame, image.metadata().frame().isPresent());
            for (int i = 0; frame && i < 12; i++) {
                boolean across = i % 4 == 2 && !axes.contains("z"); // of a plane the direction alone
                double found = image.metadata().frame().get().affine().toArray()[i];
                double expected = metadata.frame().get().affine().toArray()[i];
                assertEquals(across ? Math.signum(expected) : expected, across ? Math.signum(found) : found, 1e-12);
            }
            for (Dimension dimension : metadata.dimensions()) {
                Dimension found =
                        image.metadata().dimensions().get(image.metadata().indexOf(dimension.axis()));
                assertEquals(dimension.length(), found.length());
                assertEquals(dimension.voxelSize(), found.voxelSize(), 1e-12);
                assertEquals(dimension.origin(), found.origin(), 1e-12);
                assertEquals(dimension.axis() == Axis.T && name.endsWith("mha") ? "" : dimension.unit(), found.unit());
            }
            for (long[] position : metadata.interval().positions()) {
                long[] there = new long[read.length()];
                for (int d = 0; d < position.length; d++) {
                    there[image.metadata().indexOf(metadata.dimensions().get(d).axis())] = position[d];
                }
                long[] one = new long[there.length];
                Arrays.fill(one, 1);
                float[] value =
                        (float[]) image.source().read(Interval.at(there, one)).voxels();
                assertEquals(metadata.interval().number(position) + 0.5f, value[0]);
            }
        }
    }

    @Test
    void headersAreWhatItkAndSlicerExpect() throws Exception {
        Counting source = new Counting(metadata("zyx", true, "micrometer"));
        for (String name : List.of("a.nrrd", "a.mha")) {
            ImageFormats.ofTarget(ImageLocation.parse(name))
                    .writer()
                    .orElseThrow()
                    .write(
                            source,
                            folder.resolve(name),
                            FileWriteOptions.defaults(),
                            Optional.empty(),
                            Execution.standard());
        }
        String nrrd = new String(Files.readAllBytes(folder.resolve("a.nrrd")), StandardCharsets.ISO_8859_1);
        assertEquals(
                "NRRD0004\ntype: float\ndimension: 3\nspace: left-posterior-superior\nsizes: 4 3 2\n"
                        + "space directions: (0.0,0.002,0.0) (-0.003,0.0,0.0) (0.0,0.0,0.004)\nkinds: domain domain domain\n"
                        + "endian: little\nencoding: raw\nspace units: \"mm\" \"mm\" \"mm\"\nspace origin: (0.01,0.02,0.03)\n\n",
                nrrd.substring(0, nrrd.indexOf("\n\n") + 2));
        String mha = new String(Files.readAllBytes(folder.resolve("a.mha")), StandardCharsets.ISO_8859_1);
        assertEquals(
                "ObjectType = Image\nNDims = 3\nBinaryData = True\nBinaryDataByteOrderMSB = False\nCompressedData = False\n"
                        + "TransformMatrix = 0.0 1.0 0.0 -1.0 0.0 0.0 0.0 0.0 1.0\nOffset = 0.01 0.02 0.03\n"
                        + "ElementSpacing = 0.002 0.003 0.004\nDimSize = 4 3 2\nElementType = MET_FLOAT\nElementDataFile = LOCAL\n",
                mha.substring(0, mha.indexOf("LOCAL\n") + 6));
        assertEquals(mha.length(), mha.indexOf("LOCAL\n") + 6 + 96);
    }

    @Test
    void recipesGoAlongAndExistingFilesStay() throws Exception {
        Path source = folder.resolve("source \u00e4.mha");
        ImageFormats.ofTarget(ImageLocation.of(source))
                .writer()
                .orElseThrow()
                .write(
                        new Counting(metadata("zyx", true, "millimeter")),
                        source,
                        FileWriteOptions.defaults(),
                        Optional.empty(),
                        Execution.standard());
        Path target = folder.resolve("target.nrrd");
        try (Image image = Image.open(source)) {
            image.saveFile(target, FileWriteOptions.defaults(), Execution.standard());
            assertThrows(
                    TargetException.class,
                    () -> image.saveFile(target, FileWriteOptions.defaults(), Execution.standard()));
            assertThrows(
                    TargetException.class,
                    () -> image.saveFile(folder.resolve("a.nii"), FileWriteOptions.defaults(), Execution.standard()));
        }
        String recipe = ImageFormats.of(ImageLocation.of(target))
                .provenance(ImageLocation.of(target))
                .toString();
        assertTrue(recipe.contains("source \u00e4.mha"), recipe);
        try (Image one = Image.open(source);
                Image other = Image.open(target)) {
            assertArrayEquals(
                    (float[]) one.source().read(one.metadata().interval()).voxels(),
                    (float[]) other.source().read(other.metadata().interval()).voxels());
        }
        assertFalse(Files.list(folder)
                .anyMatch(path -> path.getFileName().toString().contains("tmp")));
    }
}
