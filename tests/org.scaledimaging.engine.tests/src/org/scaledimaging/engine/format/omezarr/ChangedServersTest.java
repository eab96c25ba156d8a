package org.scaledimaging.engine.format.omezarr;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.scaledimaging.engine.block.Interval;
import org.scaledimaging.engine.block.PixelType;
import org.scaledimaging.engine.execute.Execution;
import org.scaledimaging.engine.format.OmeZarrWriteOptions;
import org.scaledimaging.engine.http.FaultyServer;
import org.scaledimaging.engine.http.FaultyServer.Fault;
import org.scaledimaging.engine.image.FormulaSource;
import org.scaledimaging.engine.image.ImageSource;
import org.scaledimaging.engine.message.ImageFormatException;
import org.scaledimaging.engine.place.ImageLocation;

/** OME-Zarr images on servers that go away, or become others, between two reads. */
class ChangedServersTest {
    private static final long[] SHAPE = {24, 16, 16};

    @TempDir
    Path folder;

    private FaultyServer server;

    @BeforeEach
    void start() throws Exception {
        // Half of it is empty, so that chunks are missing.
        FormulaSource image =
                FormulaSource.of("zyx", PixelType.UINT16, SHAPE, p -> p[2] < 8 ? 0 : FormulaSource.scattered(p) + 1);
        for (String version : List.of("0.4", "0.5")) {
            OmeZarrWriter.write(
                    image,
                    folder.resolve(version),
                    OmeZarrWriteOptions.defaults().withChunks(8).withVersion(version),
                    null,
                    Execution.standard());
        }
        server = new FaultyServer(folder);
    }

    @AfterEach
    void stop() throws Exception {
        server.close();
    }

    private ImageSource open(String version) throws IOException {
        return OmeZarrReader.open((ImageLocation.Remote) ImageLocation.parse(server.address(version)), Instant.now());
    }

    private static void readPart(ImageSource source, int part) throws IOException {
        source.read(Interval.between(new long[] {8 * part, 0, 0}, new long[] {8 * part + 8, 16, 16}));
    }

    /** Of the half where none is missing, which would have the metadata asked for. */
    private static void readChunk(ImageSource source, int part) throws IOException {
        source.read(Interval.between(new long[] {8 * part, 0, 8}, new long[] {8 * part + 8, 16, 16}));
    }

    @ParameterizedTest
    @CsvSource({"0.4", "0.5"})
    void missingChunksOfAnImageThatIsStillThereAreEmpty(String version) throws Exception {
        server.setHeaders("Date: Fri, 27 Nov 2026 10:00:00 GMT\r\nLast-Modified: Fri, 27 Nov 2026 09:00:00 GMT\r\n");
        try (ImageSource source = open(version)) {
            for (int part = 0; part < 3; part++) {
                readPart(source, part);
            }
            source.checkUnchanged();
        }
    }

    @ParameterizedTest
    @CsvSource({"0.4, ''", "0.5, ''", "0.4, 0", "0.5, 0"})
    void anImageThatWasRenamedIsNotEmpty(String version, String level) throws Exception {
        try (ImageSource source = open(version)) {
            readPart(source, 0);
            Files.move(folder.resolve(version).resolve(level), folder.resolve("away"));
            ImageFormatException failure = assertThrows(ImageFormatException.class, () -> {
                readPart(source, 1);
                Thread.sleep(1100); // it asks once a second
                readPart(source, 2);
            });
            assertTrue(failure.getMessage().startsWith(server.address(version)), failure.getMessage());
            assertTrue(failure.getMessage().contains("nothing that can be read any more"), failure.getMessage());
            assertThrows(ImageFormatException.class, source::checkUnchanged);
        }
    }

    /** The metadata are the same to the byte. */
    @ParameterizedTest
    @ValueSource(
            strings = {
                "ETag: \"2\"\r\nLast-Modified: Fri, 27 Nov 2026 09:00:00 GMT\r\n",
                "ETag: \"1\"\r\nLast-Modified: Fri, 27 Nov 2026 09:00:01 GMT\r\n"
            })
    void anImageWithAnotherTagOrTimeIsAnother(String headers) throws Exception {
        server.setHeaders("ETag: \"1\"\r\nLast-Modified: Fri, 27 Nov 2026 09:00:00 GMT\r\n");
        try (ImageSource source = open("0.5")) {
            source.checkUnchanged();
            server.setHeaders(headers);
            assertThrows(ImageFormatException.class, source::checkUnchanged);
        }
    }

    @Test
    void otherMetadataAreSeenWhereAServerTellsNeither() throws Exception {
        try (ImageSource source = open("0.5")) {
            source.checkUnchanged();
            Path metadata = folder.resolve("0.5/1/zarr.json");
            Files.writeString(metadata, Files.readString(metadata).replace("\"level\"", "\"Level\"") + "\n");
            assertThrows(ImageFormatException.class, source::checkUnchanged);
        }
    }

    /** By the server's clock, which is years behind ours here. */
    @ParameterizedTest
    @CsvSource({"09:59:00, false", "10:00:00, false", "10:01:00, true"})
    void aChunkThatIsNewerThanTheOpeningIsRefused(String time, boolean refused) throws Exception {
        server.setHeaders("Date: Fri, 27 Nov 2015 10:00:00 GMT\r\nLast-Modified: Fri, 27 Nov 2015 09:00:00 GMT\r\n");
        try (ImageSource source = open("0.5")) {
            readChunk(source, 0);
            server.setHeaders(
                    "Date: Fri, 27 Nov 2015 11:00:00 GMT\r\nLast-Modified: Fri, 27 Nov 2015 " + time + " GMT\r\n");
            if (refused) {
                assertThrows(ImageFormatException.class, () -> readChunk(source, 1));
            } else {
                readChunk(source, 1);
            }
        }
    }

    /** As where addresses are signed for one method. */
    @Test
    void nothingIsAskedForButFiles() throws Exception {
        try (ImageSource source = open("0.5")) {
            server.behave((path, time) -> path.endsWith("zarr.json") || time == 0 ? Fault.NONE : Fault.FORBIDDEN);
            readPart(source, 0);
            source.checkUnchanged();
            assertEquals(
                    0,
                    server.requests().stream()
                            .filter(line -> line.startsWith("HEAD"))
                            .count());
        }
    }
}
