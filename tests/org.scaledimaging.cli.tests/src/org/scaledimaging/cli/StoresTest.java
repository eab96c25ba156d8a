package org.scaledimaging.cli;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.sun.net.httpserver.HttpServer;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Images in zip files and on a server, as every verb takes them. */
class StoresTest {
    @TempDir
    private Path folder;

    private HttpServer server;
    private String address;

    @BeforeEach
    void start() throws Exception {
        server = HttpServer.create(new InetSocketAddress(InetAddress.getByName("127.0.0.1"), 0), 0);
        server.createContext("/", exchange -> {
            try (exchange) {
                Path file = folder.resolve(exchange.getRequestURI().getPath().substring(1));
                boolean exists = Files.isRegularFile(file);
                byte[] content = exists ? Files.readAllBytes(file) : new byte[0];
                exchange.sendResponseHeaders(exists ? 200 : 404, exists ? content.length : -1);
                exchange.getResponseBody().write(content);
            }
        });
        server.start();
        address = "http://127.0.0.1:" + server.getAddress().getPort() + "/";
    }

    @AfterEach
    void stop() {
        server.stop(0);
    }

    @Test
    void aZipFileIsWrittenByItsNameAndReadByEveryVerb() throws Exception {
        Path input = Samples.nifti(folder);
        for (String name : List.of("a.ome.zarr.zip", "a.zarr.zip", "a.ozx")) {
            Path zip = folder.resolve(name);
            Run.of("convert", input, zip, "--chunks", "8").done();
            assertTrue(Files.isRegularFile(zip));
            assertArrayEquals(Samples.voxels(input), Samples.voxels(zip));
            Run info = Run.of("info", zip, "--json").done();
            assertEquals("OME-Zarr", info.json().path("format").asText());
            assertEquals(
                    input.toString(), info.json().at("/recipe/source/location").asText());
        }
        Path zip = folder.resolve("a.ozx");
        Path back = folder.resolve("back.nii.gz");
        Run.of("convert", zip, back).done();
        assertArrayEquals(Samples.voxels(input), Samples.voxels(back));
        Run.of("convert", zip, folder.resolve("b.ozx"), "--ome-zarr-version", "0.4")
                .refused(1, List.of("--ome-zarr-version: found 0.4", ".ozx"));
        Run.of("convert", zip, zip, "--overwrite").refused(1, List.of("that is read"));
        Path other = folder.resolve("a.zarr.zip");
        Run.of("crop", zip, other, "--from", "0,0,0", "--to", "4,4,4", "--overwrite")
                .done();
        assertEquals(64, Samples.voxels(other).length);
        assertArrayEquals(Samples.voxels(input), Samples.voxels(zip));
    }

    @Test
    void anAddressIsReadByEveryVerb() throws Exception {
        Path image = Samples.omeZarr(folder);
        String there = address + "sample.ome.zarr";
        Run info = Run.of("info", there, "--json").done();
        assertEquals("OME-Zarr", info.json().path("format").asText());
        assertEquals(3, info.json().path("levels").size());
        assertEquals(
                Run.of("statistics", image).done().out(),
                Run.of("statistics", there).done().out());
        Path here = folder.resolve("here.ome.zarr");
        Path corrected = folder.resolve("corrected.ozx");
        for (Object source : List.of(image, there)) {
            String[] process = {"--plugin", "n4", "-p", "mask=" + source, "--downsample-factor", "2"};
            Run.of("process", source, here, process[0], process[1], process[2], process[3], process[4], process[5])
                    .done();
            if (source == image) {
                Files.move(here, folder.resolve("local.ome.zarr"));
            }
        }
        assertArrayEquals(Samples.voxels(folder.resolve("local.ome.zarr")), Samples.voxels(here));
        assertEquals(
                there,
                Run.of("info", here, "--json")
                        .done()
                        .json()
                        .at("/recipe/source/location")
                        .asText());
        Run.of("convert", there + "?sig=SECRET", corrected).done();
        Run made = Run.of("info", corrected).done();
        assertTrue(made.out().contains("made from    " + there), made.out());
        assertFalse(made.out().contains("SECRET"), made.out());
    }

    @Test
    void whatIsNoImageOnAServerIsRefusedInOneLine() {
        Run.of("info", address + "nothing.ome.zarr")
                .refused(1, List.of(address + "nothing.ome.zarr", "no metadata of Zarr"));
        Run.of("info", address + "brain.nii.gz").refused(1, List.of("brain.nii.gz", "no such file"));
        Run.of("info", "ftp://host/a.zarr").refused(2, List.of("an address that starts with ftp:"));
        Run secret = Run.of("info", "http://me:SECRET@127.0.0.1/a.zarr")
                .refused(2, List.of("a user name or password before the host"));
        assertFalse(secret.err().contains("SECRET"), secret.err());
    }
}
