package org.scaledimaging.engine.zarr.codec;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.scaledimaging.engine.block.PixelType;
import org.scaledimaging.engine.compress.Blosc;
import org.scaledimaging.engine.compress.Codec;
import org.scaledimaging.engine.compress.Crc32c;
import org.scaledimaging.engine.compress.Gzip;
import org.scaledimaging.engine.compress.Lz4;
import org.scaledimaging.engine.compress.Zlib;
import org.scaledimaging.engine.compress.Zstd;
import org.scaledimaging.engine.format.Compression;
import org.scaledimaging.engine.message.ImageFormatException;

/** How codecs are written down. */
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
    void unknownCodecsAreNamedBesideTheKnown() {
        assertRefused(
                () -> Codecs.parseV2("here", json("{'id':'bz2','level':1}"), null),
                "here: found the compressor \"bz2\", expected blosc, gzip, lz4, zlib, zstd or none.");
        assertRefused(
                () -> Codecs.parseV2("here", json("{'id':'crc32c'}"), null),
                "here: found the compressor \"crc32c\", expected blosc, gzip, lz4, zlib, zstd or none.");
        assertRefused(
                () -> Codecs.parseV3(
                        "here", json("['bytes','numcodecs.bz2']"), StoredType.of(PixelType.UINT8), List.of(4)),
                "here: found the codec \"bz2\", expected transpose, bytes, blosc, crc32c, gzip, zstd, or"
                        + " sharding_indexed around them.");
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
