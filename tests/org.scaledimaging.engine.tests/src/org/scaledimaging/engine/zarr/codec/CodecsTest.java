package org.scaledimaging.engine.zarr.codec;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.scaledimaging.engine.block.PixelType;
import org.scaledimaging.engine.compress.Checksum32;
import org.scaledimaging.engine.compress.Codec;
import org.scaledimaging.engine.compress.CorruptDataException;
import org.scaledimaging.engine.compress.Crc32c;
import org.scaledimaging.engine.compress.Delta;
import org.scaledimaging.engine.compress.Fletcher32;
import org.scaledimaging.engine.compress.Gzip;
import org.scaledimaging.engine.compress.Zlib;
import org.scaledimaging.engine.compress.Zstd;
import org.scaledimaging.engine.compress.archive.Bzip2;
import org.scaledimaging.engine.compress.archive.Lzma;
import org.scaledimaging.engine.compress.blosc.Blosc;
import org.scaledimaging.engine.compress.blosc.ByteShuffle;
import org.scaledimaging.engine.compress.lz4.Lz4;
import org.scaledimaging.engine.format.Compression;
import org.scaledimaging.engine.message.ImageFormatException;

/** Codecs are written down as JSON and read from it. */
class CodecsTest {
    private static final Blosc BLOSC = new Blosc("lz4", 5, Blosc.Filter.SHUFFLE, 2, 0);

    @Test
    void compressorsAreWrittenAsZarr2HasThem() {
        Map.of(
                        new Zstd(3, false),
                        "{'id':'zstd','level':3}",
                        new Zstd(3, true),
                        "{'id':'zstd','level':3,'checksum':true}",
                        BLOSC,
                        "{'id':'blosc','cname':'lz4','clevel':5,'shuffle':1,'blocksize':0}",
                        new Gzip(5),
                        "{'id':'gzip','level':5}",
                        new Zlib(4),
                        "{'id':'zlib','level':4}",
                        new Lz4(),
                        "{'id':'lz4','acceleration':1}")
                .forEach((codec, json) -> {
                    assertEquals(json.replace('\'', '"'), Codecs.write(2, codec).toString());
                    assertEquals(1, parse2(json).size());
                    if (!(codec instanceof Blosc)) { // of which the type's size is not written
                        assertEquals(List.of(codec), parse2(json));
                    }
                });
        assertThrows(IllegalArgumentException.class, () -> Codecs.write(2, new Crc32c()));
    }

    @Test
    void codecsAreWrittenAsZarr3HasThem() {
        Map.of(
                        new Zstd(3, false),
                        "{'name':'zstd','configuration':{'level':3,'checksum':false}}",
                        BLOSC,
                        "{'name':'blosc','configuration':"
                                + "{'cname':'lz4','clevel':5,'shuffle':'shuffle','typesize':2,'blocksize':0}}",
                        new Gzip(5),
                        "{'name':'gzip','configuration':{'level':5}}",
                        new Crc32c(),
                        "{'name':'crc32c'}")
                .forEach((codec, json) -> {
                    assertEquals(json.replace('\'', '"'), Codecs.write(3, codec).toString());
                    assertEquals(
                            List.of(codec), parse3("['bytes'," + json + "]").codecs());
                });
        assertThrows(IllegalArgumentException.class, () -> Codecs.write(3, new Lz4()));
        assertThrows(IllegalArgumentException.class, () -> Codecs.write(3, new Zlib(1)));
    }

    @Test
    void codecsOfNumcodecsAreReadInZarr3() {
        assertEquals(
                List.of(new Zlib(7), new Lz4()),
                parse3("['bytes',{'name':'numcodecs.zlib','configuration':{'level':7}},'numcodecs.lz4']")
                        .codecs());
    }

    @Test
    void rareCodecsOfNumcodecsAreReadInZarr3() {
        assertEquals(
                List.of(new Bzip2(), new Lzma(List.of(new Lzma.Filter(Lzma.LZMA2, 1 << 20)))),
                parse3("['bytes',{'name':'numcodecs.bz2','configuration':{'level':1}},{'name':'numcodecs.lzma',"
                                + "'configuration':{'format':3,'filters':[{'id':33,'preset':1}]}}]")
                        .codecs());
        assertEquals(
                List.of(new Fletcher32(), new Checksum32(Checksum32.Kind.CRC32, false)),
                parse3("['bytes','numcodecs.fletcher32',"
                                + "{'name':'numcodecs.crc32','configuration':{'location':'end'}}]")
                        .codecs());
    }

    @Test
    void filtersOfZarr2ComeBeforeTheCompressor() throws Exception {
        assertEquals(
                List.of(new Delta(PixelType.INT16, ByteOrder.BIG_ENDIAN), new ByteShuffle(2), new Zlib(7)),
                Codecs.parseV2(
                        "here",
                        json("{'id':'zlib','level':7}"),
                        json("[{'id':'delta','dtype':'>i2'},{'id':'shuffle','elementsize':2}]")));
        assertEquals(
                List.of(new Delta(PixelType.FLOAT64, ByteOrder.LITTLE_ENDIAN), new ByteShuffle(4)),
                Codecs.parseV2("here", null, json("[{'id':'delta','dtype':'<f8','astype':'<f8'},{'id':'shuffle'}]")));
    }

    @Test
    void filtersThatAreNotReadAreNamed() {
        assertRefused(
                () -> Codecs.parseV2("here", null, json("[{'id':'jenkins_lookup3'}]")),
                "here: found the filter \"jenkins_lookup3\", expected delta, fixedscaleoffset, astype, quantize,"
                        + " bitround, packbits, shuffle, fletcher32, crc32, adler32, a compression, or an array without"
                        + " filters, as in a copy that zarr-python writes.");
        for (String type : List.of("<f2", "|b1")) {
            assertRefused(
                    () -> Codecs.parseV2("here", null, json("[{'id':'delta','dtype':'" + type + "'}]")),
                    "here: found the filter \"delta\" of " + type
                            + ", expected one of [int8, uint8, int16, uint16, int32, uint32, int64, uint64, float32,"
                            + " float64].");
        }
        assertRefused(
                () -> Codecs.parseV2("here", null, json("[{'id':'shuffle','elementsize':-1}]")),
                "here: found the filter \"shuffle\" of -1 bytes, expected 0 to 256 bytes.");
        assertRefused(
                () -> Codecs.parseV2("here", null, json("{'id':'delta'}")),
                "here: found no list of filters, expected at most 8.");
    }

    /** The right values are what numcodecs 0.11 decodes: sums wrap around, and are rounded at each value. */
    @Test
    void differencesAreSummedInTheirType() throws Exception {
        byte[] bytes = new byte[3];
        assertEquals(3, new Delta(PixelType.UINT8, ByteOrder.LITTLE_ENDIAN).decode(wrap(200, 100, 255), bytes));
        assertArrayEquals(new byte[] {(byte) 200, 44, 43}, bytes);
        byte[] floats = new byte[12];
        ByteBuffer stored = ByteBuffer.allocate(12);
        stored.putFloat(1e8f).putFloat(3).putFloat(3).flip();
        new Delta(PixelType.FLOAT32, ByteOrder.BIG_ENDIAN).decode(stored, floats);
        assertEquals(1e8f, ByteBuffer.wrap(floats).getFloat(8)); // 100000008 if summed in float64
        Delta shorts = new Delta(PixelType.INT16, ByteOrder.LITTLE_ENDIAN);
        assertThrows(CorruptDataException.class, () -> shorts.decode(wrap(1, 2, 3), new byte[4]));
        assertThrows(CorruptDataException.class, () -> shorts.decode(wrap(1, 2, 3, 4), new byte[2]));
        assertFalse(shorts.canEncode());
    }

    private static ByteBuffer wrap(int... values) {
        ByteBuffer buffer = ByteBuffer.allocate(values.length);
        for (int value : values) {
            buffer.put((byte) value);
        }
        return buffer.flip();
    }

    @Test
    void unknownCodecsAreNamedBesideTheKnown() {
        assertRefused(
                () -> Codecs.parseV2("here", json("{'id':'zfpy','mode':4}"), null),
                "here: found the compressor \"zfpy\", expected blosc, bz2, crc32c, gzip, lz4, lzma, zlib, zstd or none,"
                        + " as in a copy that zarr-python writes.");
        assertRefused(
                () -> Codecs.parseV3(
                        "here", json("['bytes','numcodecs.zfpy']"), StoredType.of(PixelType.UINT8), List.of(4)),
                "here: found the codec \"zfpy\", expected transpose, bytes, blosc, bz2, crc32c, gzip, lz4, lzma, zlib,"
                        + " zstd, or sharding_indexed around them.");
        assertRefused(
                () -> Codecs.parseV3("here", json("['zstd','bytes']"), StoredType.of(PixelType.UINT8), List.of(4)),
                "here: found the codec \"zstd\" where none has made bytes, expected \"bytes\" before it.");
        assertRefused(
                () -> Codecs.parseV3("here", json("['bytes','transpose']"), StoredType.of(PixelType.UINT8), List.of(4)),
                "here: found the codec \"transpose\" after one that makes bytes, expected it before, and once.");
    }

    @Test
    void whatOnlySaysHowToWriteIsNeverRefused() {
        assertEquals(List.of(new Gzip(5)), parse2("{'id':'gzip','level':-1}"));
        assertEquals(List.of(new Zlib(5)), parse2("{'id':'zlib','level':-1}"));
        assertEquals(List.of(new Zlib(9)), parse2("{'id':'zlib','level':99}"));
        assertEquals(List.of(new Gzip(5)), parse2("{'id':'gzip','level':null}"));
        assertEquals(List.of(new Gzip(7)), parse2("{'id':'gzip','level':'7'}"));
        assertEquals(List.of(new Zstd(22, false)), parse2("{'id':'zstd','level':40}"));
        assertEquals(List.of(new Lz4()), parse2("{'id':'lz4','acceleration':-3}"));
        assertEquals(
                List.of(new Blosc("lz4", 5, Blosc.Filter.SHUFFLE, 1, 0)),
                parse2("{'id':'blosc','cname':'lz77','clevel':-1,'shuffle':9,'typesize':0,'blocksize':-1}"));
        assertEquals(
                List.of(new Gzip(5)),
                parse3("['bytes',{'name':'gzip','configuration':{'level':-1}}]").codecs());
    }

    @Test
    void helpNamesAllThatCanBeChosen() {
        int inBrackets = Compression.ACCEPTED.indexOf('(');
        assertEquals(Set.copyOf(Compression.names("0.5")), words(Compression.ACCEPTED.substring(0, inBrackets)));
        Set<String> all = words(Compression.ACCEPTED);
        Compression.names("0.4").forEach(name -> assertTrue(all.contains(name), name));
        for (String name : Codecs.choices(2)) {
            assertTrue(Codecs.choose(name, Optional.empty(), PixelType.UINT16).canEncode(), name);
        }
    }

    private static Set<String> words(String text) {
        return Stream.of(text.split("[, ():]+|or "))
                .filter(word -> !word.isEmpty())
                .collect(Collectors.toSet());
    }

    private static void assertRefused(org.junit.jupiter.api.function.Executable parse, String message) {
        assertEquals(message, assertThrows(ImageFormatException.class, parse).getMessage());
    }

    private static List<Codec> parse2(String json) {
        try {
            return Codecs.parseV2("here", json(json), null);
        } catch (ImageFormatException e) {
            throw new AssertionError(e);
        }
    }

    private static ChunkCodec parse3(String json) {
        try {
            return Codecs.parseV3("here", json(json), StoredType.of(PixelType.UINT8), List.of(4))
                    .chunk();
        } catch (ImageFormatException e) {
            throw new AssertionError(e);
        }
    }

    private static JsonNode json(String text) {
        try {
            return new ObjectMapper().readTree(text.replace('\'', '"'));
        } catch (java.io.IOException e) {
            throw new AssertionError(e);
        }
    }
}
