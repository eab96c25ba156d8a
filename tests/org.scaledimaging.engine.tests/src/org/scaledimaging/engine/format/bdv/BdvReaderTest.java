package org.scaledimaging.engine.format.bdv;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.scaledimaging.engine.block.Interval;
import org.scaledimaging.engine.execute.Execution;
import org.scaledimaging.engine.execute.Notice;
import org.scaledimaging.engine.execute.Preparation;
import org.scaledimaging.engine.format.open.ImageFormats;
import org.scaledimaging.engine.image.Fixtures;
import org.scaledimaging.engine.image.ImageMetadata;
import org.scaledimaging.engine.image.ImageSource;
import org.scaledimaging.engine.message.ImageFormatException;
import org.scaledimaging.engine.place.ImageLocation;

/** XML of BigDataViewer is understood; Hdf5ReaderTest reads the voxels. */
class BdvReaderTest {
    private static ImageSource open(Path place) throws IOException {
        return ImageFormats.open(ImageLocation.of(place), Instant.now());
    }

    private static Path path(String name) {
        return Fixtures.folder("hdf5").resolve(name);
    }

    private static String dimensions(ImageMetadata metadata) {
        return metadata.dimensions().stream()
                .map(axis -> axis.axis().symbol() + " " + axis.voxelSize() + axis.unit() + " " + axis.origin())
                .collect(Collectors.joining(", "));
    }

    @ParameterizedTest
    @ValueSource(strings = {"bdv.xml", "bdv.h5", "bdv-n5.xml"})
    void setupsThatDifferInTheirChannelAreOneImageWithPlaceAndLevels(String name) throws IOException {
        assertEquals(
                List.of("illumination 0, tile 0", "illumination 0, tile 1"),
                ImageFormats.series(ImageLocation.of(path(name))));
        try (ImageSource image = open(path(name).resolve("0"))) {
            assertEquals(List.of("DAPI", "second"), image.metadata().channelNames());
            assertEquals(
                    "t 1.0 0.0, c 1.0 0.0, z 2.0micrometer 4.0, y 0.5micrometer -10.0, x 0.5micrometer 50.0",
                    dimensions(image.metadata()));
            assertEquals(
                    "t 1.0 0.0, c 1.0 0.0, z 2.0micrometer 4.0, y 1.0micrometer -9.75, x 1.0micrometer 50.25",
                    dimensions(image.levels().get(1).metadata()));
        }
    }

    @Test
    void missingVolumesAreZeroAndTurnsAreLeftOutAndBothAreSaid() throws IOException {
        assertEquals(
                List.of("says that volumes are missing, 1 in all: where they are not there their voxels are 0."),
                warnings(path("bdv.xml").resolve("0")));
        List<String> turned = warnings(path("bdv.xml").resolve("1"));
        assertEquals(
                "turns or shears setup 2 into place, which is left out: voxels are where the microscope took them.",
                turned.get(0));
    }

    private static List<String> warnings(Path place) throws IOException {
        List<String> told = new ArrayList<>();
        try (ImageSource image = open(place)) {
            Preparation.prepared(image, Execution.standard().withNotices(notice -> {
                assertEquals(Notice.Kind.WARNING, notice.kind());
                told.add(notice.sentence().substring(notice.sentence().indexOf(' ') + 1));
            }));
        }
        return told;
    }

    @Test
    void aFileWithoutXmlHasAnImageForEachSetup() throws IOException {
        assertEquals(List.of("setup 0", "setup 2"), ImageFormats.series(ImageLocation.of(path("bdv-alone.h5"))));
        try (ImageSource image = open(path("bdv-alone.h5/1"))) {
            assertEquals("bdv-alone setup 2", image.metadata().name());
            assertEquals(2, image.levels().size());
        }
        assertTrue(ImageFormats.of(ImageLocation.of(path("bdv.xml")))
                .files(path("bdv.xml"))
                .contains(path("bdv.h5")));
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
        bdv.hdf5       | bdv.multimg.zarr | voxels in the format "bdv.multimg.zarr"
        bdv.h5         | gone.h5          | voxels in "gone.h5", which is not beside it
        <id>1</id>     | <id>x</id>       | "x", expected a whole number
        0.5 0.5 2.0    | 0.5 0.5          | "0.5 0.5", expected 3 numbers
        <last>1</last> | <last>-1</last>  | "", expected a whole number
        </SpimData>    | <                | XML with a mistake in line
        """)
    void whatIsNotReadIsSaidInASentence(String old, String other, String found, @TempDir Path folder)
            throws IOException {
        Path xml = folder.resolve("data.xml");
        Files.writeString(xml, Files.readString(path("bdv.xml")).replace(old, other));
        Files.copy(path("bdv.h5"), folder.resolve("bdv.h5"));
        ImageFormatException refused = assertThrows(ImageFormatException.class, () -> open(xml.resolve("0")));
        assertTrue(refused.getMessage().contains("found " + found), refused::getMessage);
    }

    @Test
    void aVolumeThatIsNotThereReadsAsZeros() throws IOException {
        try (ImageSource image = open(path("bdv.h5/0"))) {
            short[] there = (short[]) image.read(Interval.at(new long[] {1, 0, 0, 0, 0}, new long[] {1, 1, 1, 1, 9}))
                    .voxels();
            short[] missing = (short[]) image.read(Interval.at(new long[] {1, 1, 0, 0, 0}, new long[] {1, 1, 1, 1, 9}))
                    .voxels();
            assertEquals(977, there[0]);
            for (short voxel : missing) {
                assertEquals(0, voxel);
            }
        }
    }
}
