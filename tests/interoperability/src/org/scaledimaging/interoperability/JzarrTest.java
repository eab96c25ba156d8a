package org.scaledimaging.interoperability;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;

import com.bc.zarr.ArrayParams;
import com.bc.zarr.CompressorFactory;
import com.bc.zarr.DataType;
import com.bc.zarr.ZarrArray;
import java.nio.ByteOrder;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import java.util.stream.Stream;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.scaledimaging.engine.Image;
import org.scaledimaging.engine.block.PixelType;
import org.scaledimaging.engine.execute.Execution;
import org.scaledimaging.engine.format.Compression;
import org.scaledimaging.engine.format.OmeZarrWriteOptions;

/** OME-Zarr 0.4 to and from jzarr, to the bit. It has no uint64, and needs a native blosc of the system's for blosc. */
class JzarrTest {
    private static final List<String> CODECS = List.of("zlib", "none");

    private record Case(PixelType type, String codec, boolean bigEndian) {}

    static Stream<Case> read() {
        return cases().filter(one -> !one.bigEndian());
    }

    static Stream<Case> cases() {
        List<Case> cases = new ArrayList<>();
        for (PixelType type : PixelType.values()) {
            for (String codec : CODECS) {
                if (type != PixelType.UINT64) {
                    cases.add(new Case(type, codec, false));
                    cases.add(new Case(type, codec, true));
                }
            }
        }
        return cases.stream();
    }

    private static DataType jzarr(PixelType type) {
        String kind = type.isInteger() ? type.isSigned() ? "i" : "u" : "f";
        return DataType.valueOf(kind + type.bytes());
    }

    private static int[] shape(MemoryImage image) {
        return Arrays.stream(image.metadata().shape())
                .mapToInt(Math::toIntExact)
                .toArray();
    }

    @ParameterizedTest
    @MethodSource("read")
    void itReadsWhatWeWrite(Case one, @TempDir Path folder) throws Exception {
        Random random = new Random(one.toString().hashCode());
        MemoryImage image = MemoryImage.random(one.type(), random);
        Path place = folder.resolve("image.ome.zarr");
        OmeZarrWriteOptions options = OmeZarrWriteOptions.defaults()
                .withVersion("0.4")
                .withCompression(Compression.parse(one.codec(), "0.4"))
                .withChunks(4 + random.nextInt(5));
        Image.of(image).saveOmeZarr(place, options, Execution.standard());
        ZarrArray array = ZarrArray.open(place.resolve("0"));
        assertEquals(jzarr(one.type()), array.getDataType());
        assertArrayEquals(shape(image), array.getShape());
        Object voxels = array.read();
        Voxels.assertSame(image.bytes(), Voxels.bytes(voxels), one.type(), one.toString());
    }

    @ParameterizedTest
    @MethodSource("cases")
    void weReadWhatItWrites(Case one, @TempDir Path folder) throws Exception {
        Random random = new Random(one.toString().hashCode());
        MemoryImage image = MemoryImage.random(one.type(), random);
        int[] shape = shape(image);
        int[] chunks = Arrays.stream(shape)
                .map(length -> Math.min(length, 3 + random.nextInt(6)))
                .toArray();
        ZarrArray array = ZarrArray.create(
                folder.resolve("0"),
                new ArrayParams()
                        .shape(shape)
                        .chunks(chunks)
                        .dataType(jzarr(one.type()))
                        .byteOrder(one.bigEndian() ? ByteOrder.BIG_ENDIAN : ByteOrder.LITTLE_ENDIAN)
                        .compressor(CompressorFactory.create(one.codec().equals("none") ? "null" : one.codec())));
        array.write(image.array(), shape, new int[shape.length]);
        Files.writeString(folder.resolve(".zgroup"), "{\"zarr_format\": 2}");
        Files.writeString(
                folder.resolve(".zattrs"),
                Multiscales.attributes(image.metadata(), "0.4").toString());
        try (Image read = Image.open(folder)) {
            assertEquals(one.type(), read.metadata().pixelType());
            assertEquals(image.metadata().dimensions(), read.metadata().dimensions());
            Voxels.assertSame(image.bytes(), Voxels.of(read.source()), one.type(), one.toString());
        }
    }
}
