package org.scaledimaging.interoperability;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import com.fasterxml.jackson.databind.node.ObjectNode;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.scaledimaging.engine.Image;
import org.scaledimaging.engine.block.PixelType;
import org.scaledimaging.engine.execute.Execution;
import org.scaledimaging.engine.format.Compression;
import org.scaledimaging.engine.format.OmeZarrWriteOptions;

/**
 * OME-Zarr 0.4, 0.5 and 0.5 in shards, to zarrita, and 0.5 from it, to the bit. It writes neither shards nor gzip
 * nor crc32c.
 */
class ZarritaTest {
    private static Tool zarrita;

    @BeforeAll
    static void start() throws Exception {
        zarrita = Tools.zarrita();
    }

    /** All of them in the campaigns, else each third: still every type, codec and kind. */
    static Stream<Object[]> ours() {
        List<Object[]> cases = new ArrayList<>();
        for (PixelType type : PixelType.values()) {
            for (String codec : List.of("none", "zstd", "gzip", "blosc-lz4", "blosc-zstd")) {
                for (String kind : List.of("0.4", "0.5", "shards")) {
                    cases.add(new Object[] {type, codec, kind});
                }
            }
            cases.add(new Object[] {type, "zlib", "0.4"});
            cases.add(new Object[] {type, "lz4", "0.4"});
        }
        int step = System.getProperty("campaigns", "short").equals("full") ? 1 : 3;
        return IntStream.range(0, cases.size()).filter(i -> i % step == 0).mapToObj(cases::get);
    }

    @ParameterizedTest
    @MethodSource("ours")
    void itReadsWhatWeWrite(PixelType type, String codec, String kind, @TempDir Path folder) throws Exception {
        Random random = new Random((type + codec + kind).hashCode());
        MemoryImage image = MemoryImage.random(type, random);
        Path place = folder.resolve("image.ome.zarr");
        String version = kind.equals("0.4") ? "0.4" : "0.5";
        int chunk = 4 + random.nextInt(5);
        OmeZarrWriteOptions options = OmeZarrWriteOptions.defaults()
                .withVersion(version)
                .withCompression(Compression.parse(codec, version))
                .withChunks(chunk);
        if (kind.equals("shards")) {
            options = options.withShards(chunk * (1 + random.nextInt(3)));
        }
        Image.of(image).saveOmeZarr(place, options, Execution.standard());
        EveryLevel.assertReadBy(zarrita, place, image, folder, version.equals("0.4") ? 2 : 3);
    }

    /** What zarrita is to write: its codecs as Zarr 3 has them. */
    private record Written(PixelType type, String endianness, String codecs) {}

    static Stream<Written> theirs() {
        List<Written> cases = new ArrayList<>();
        List<String> codecs = new ArrayList<>(
                List.of("", ", {\"name\": \"zstd\", \"configuration\": {\"level\": 3, \"checksum\": false}}"));
        for (String name : List.of("lz4", "zstd", "zlib", "blosclz", "lz4hc")) {
            for (String shuffle : List.of("noshuffle", "shuffle", "bitshuffle")) {
                codecs.add(
                        (", {\"name\": \"blosc\", \"configuration\": {\"cname\": \"%s\", \"clevel\": 5, \"shuffle\": \"%s\","
                                        + " \"typesize\": TYPESIZE, \"blocksize\": 0}}")
                                .formatted(name, shuffle));
            }
        }
        for (PixelType type : PixelType.values()) {
            for (String codec : codecs) {
                cases.add(new Written(
                        type,
                        cases.size() % 2 == 0 ? "little" : "big",
                        codec.replace("TYPESIZE", Integer.toString(type.bytes()))));
            }
        }
        return cases.stream();
    }

    private static ObjectNode request(MemoryImage image, Path folder, String codecs, Random random) throws Exception {
        ObjectNode request = Tool.request("write")
                .put("path", folder.resolve("image.ome.zarr").toString())
                .put(
                        "voxels",
                        Files.write(folder.resolve("voxels"), image.bytes()).toString())
                .put("dtype", image.metadata().pixelType().label())
                .put("fill", 0);
        request.set("shape", Tool.json(image.metadata().shape()));
        request.set("chunks", Tool.json(image.randomChunks(random)));
        request.set("codecs", Tool.json("[" + codecs + "]"));
        request.set("attributes", Multiscales.attributes(image.metadata(), "0.5"));
        return request;
    }

    @ParameterizedTest
    @MethodSource("theirs")
    void weReadWhatItWrites(Written written, @TempDir Path folder) throws Exception {
        Random random = new Random(written.toString().hashCode());
        MemoryImage image = MemoryImage.random(written.type(), random);
        String bytes = "{\"name\": \"bytes\", \"configuration\": {\"endian\": \"" + written.endianness() + "\"}}";
        ObjectNode request = request(image, folder, bytes + written.codecs(), random);
        zarrita.call(request);
        assertRead(image, folder, request.toString());
    }

    /** Transposed chunks, the way Zarr 3 has what was the order F. */
    @Test
    void weReadWhatItTransposes(@TempDir Path folder) throws Exception {
        Random random = new Random(1);
        for (String order : List.of("2, 1, 0", "1, 2, 0", "0, 2, 1")) {
            MemoryImage image = MemoryImage.of(MemoryImage.randomMetadata("zyx", PixelType.INT16, random), random);
            ObjectNode request = request(
                    image,
                    Files.createDirectories(folder.resolve(order)),
                    "{\"name\": \"transpose\", \"configuration\": {\"order\": [%s]}}, {\"name\": \"bytes\", \"configuration\": {\"endian\": \"little\"}}"
                            .formatted(order),
                    random);
            zarrita.call(request);
            assertRead(image, folder.resolve(order), request.toString());
        }
    }

    private static void assertRead(MemoryImage image, Path folder, String what) throws Exception {
        try (Image read = Image.open(folder.resolve("image.ome.zarr"))) {
            assertEquals(image.metadata().pixelType(), read.metadata().pixelType(), what);
            assertEquals(image.metadata().dimensions(), read.metadata().dimensions(), what);
            Voxels.assertSame(
                    image.bytes(), Voxels.of(read.source()), image.metadata().pixelType(), what);
        }
    }

    @Test
    void aDamagedShardIsFound(@TempDir Path folder) throws Exception {
        Random random = new Random(2);
        MemoryImage image = MemoryImage.of(MemoryImage.randomMetadata("zyx", PixelType.INT16, random), random);
        Path place = folder.resolve("image.ome.zarr");
        Image.of(image)
                .saveOmeZarr(
                        place,
                        OmeZarrWriteOptions.defaults()
                                .withCompression(Compression.parse("none", "0.5"))
                                .withChunks(4)
                                .withShards(8),
                        Execution.standard());
        EveryLevel.assertReadBy(zarrita, place, image, folder, 3);
        Path shard = place.resolve("0/c/0/0/0");
        byte[] bytes = Files.readAllBytes(shard);
        bytes[0] ^= 1;
        Files.write(shard, bytes);
        assertThrows(AssertionError.class, () -> EveryLevel.assertReadBy(zarrita, place, image, folder, 3));
    }
}
