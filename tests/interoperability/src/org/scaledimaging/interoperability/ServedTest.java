package org.scaledimaging.interoperability;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.file.Path;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.scaledimaging.cli.serve.Access;
import org.scaledimaging.cli.serve.ImageServer;
import org.scaledimaging.cli.serve.Session;
import org.scaledimaging.engine.Image;
import org.scaledimaging.engine.block.PixelType;
import org.scaledimaging.engine.execute.Execution;
import org.scaledimaging.engine.format.Compression;
import org.scaledimaging.engine.format.OmeZarrWriteOptions;
import org.scaledimaging.engine.image.Axis;
import org.scaledimaging.engine.image.Dimension;
import org.scaledimaging.engine.image.ImageMetadata;
import org.scaledimaging.engine.image.ImageSource;

/** OME-Zarr that is computed as it is asked for, read over HTTP: every level is what would have been written. */
class ServedTest {

    private static MemoryImage image(PixelType type, boolean series) {
        Dimension time = Dimension.of(Axis.T, 2);
        Dimension channels = Dimension.of(Axis.C, 3);
        Dimension z = new Dimension(Axis.Z, 11, 0.5, "micrometer", 7);
        Dimension y = new Dimension(Axis.Y, 30, 0.5, "micrometer", 0);
        Dimension x = new Dimension(Axis.X, 37, 0.5, "micrometer", -3);
        ImageMetadata metadata = series
                ? ImageMetadata.of("served", type, time, channels, z, y, x)
                : ImageMetadata.of("served", type, z, y, x);
        return MemoryImage.of(metadata, new Random(type.ordinal()));
    }

    private static void assertServed(Tool tool, MemoryImage image, OmeZarrWriteOptions options, Path folder)
            throws Exception {
        Path written = folder.resolve("written.ome.zarr");
        Image.of(image).saveOmeZarr(written, options, Execution.standard());
        boolean older = options.version().equals("0.4");
        Session session = new Session(options, Execution.standard());
        InetSocketAddress local = new InetSocketAddress(InetAddress.getByName("127.0.0.1"), 0);
        try (ImageServer server = ImageServer.start(local, session, Access.local(), 2, System.err::println);
                Image expected = Image.open(written)) {
            session.put("image", Image.of(image));
            List<ImageSource> levels = expected.source().levels();
            assertTrue(levels.size() > 2, "levels are compared");
            for (int level = 0; level < levels.size(); level++) {
                Path voxels = folder.resolve("voxels" + level);
                JsonNode reply = tool.call(Tool.request("read")
                        .put("path", server.address() + (older ? "" : "/0.5") + "/image.ome.zarr")
                        .put("array", Integer.toString(level))
                        .put("version", older ? 2 : 3)
                        .put("voxels", voxels.toString()));
                ImageSource ours = levels.get(level);
                assertEquals(
                        Tool.json(ours.metadata().shape()).toString(),
                        reply.path("shape").toString());
                Voxels.assertSame(
                        Voxels.of(ours), Voxels.read(voxels), image.metadata().pixelType(), "level " + level);
                Multiscales.assertSay(ours.metadata(), level, reply.path("attributes"), "level " + level);
            }
        }
    }

    @ParameterizedTest
    @CsvSource({"UINT8, zstd, false", "UINT16, gzip, true", "FLOAT32, zstd, true", "INT32, blosc-lz4, false"})
    void zarrPythonReadsIt(PixelType type, String codec, boolean series, @TempDir Path folder) throws Exception {
        Tool tool = Tools.zarrPython();
        OmeZarrWriteOptions options = OmeZarrWriteOptions.defaults()
                .withVersion("0.4")
                .withChunks(8)
                .withCompression(Compression.parse(codec, "0.4"));
        assertServed(tool, image(type, series), options, folder);
    }

    @ParameterizedTest
    @CsvSource({
        "0.4, UINT16, zstd, false",
        "0.5, UINT8, zstd, true",
        "0.5, FLOAT32, gzip, false",
        "0.5, FLOAT64, blosc-zstd, true"
    })
    void zarritaReadsIt(String version, PixelType type, String codec, boolean series, @TempDir Path folder)
            throws Exception {
        Tool tool = Tools.zarrita();
        OmeZarrWriteOptions options = OmeZarrWriteOptions.defaults()
                .withVersion(version)
                .withChunks(8)
                .withCompression(Compression.parse(codec, version));
        assertServed(tool, image(type, series), options, folder);
    }
}
