package org.scaledimaging.engine.zarr.codec;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.scaledimaging.engine.block.AxisOrder;
import org.scaledimaging.engine.block.PixelType;
import org.scaledimaging.engine.compress.CorruptDataException;
import org.scaledimaging.engine.message.ImageFormatException;

/** Filters that change values. The bytes and the right values are numcodecs' (0.11). */
class NumcodecsFiltersTest {
    @Test
    void scaledNumbersAreWhatNumcodecsDecodes() throws Exception {
        assertArrayEquals(new short[] {100, 101, (short) 32867}, (short[]) v2(
                PixelType.UINT16,
                3,
                "[{'id':'fixedscaleoffset','scale':2,'offset':100,'dtype':'<u2','astype':'<i4'}]",
                "0 0 0 0 2 0 0 0 254 255 0 0"));
        assertArrayEquals(new int[] {30, 30, 2550, 1000}, (int[]) v2(
                PixelType.INT32,
                4,
                "[{'id':'fixedscaleoffset','scale':0.1,'offset':0,'dtype':'<i4','astype':'|u1'}]",
                "3 3 255 100"));
        assertArrayEquals(new double[] {0.16666662693023682, 2.8333334922790527}, (double[]) v2(
                PixelType.FLOAT64,
                2,
                "[{'id':'fixedscaleoffset','scale':3,'offset':-1.5,'dtype':'<f8','astype':'<f4'}]",
                "0 0 160 64 0 0 80 65"));
    }

    @Test
    void numbersOfOtherTypesAreWhatNumcodecsDecodes() throws Exception {
        String astype = "[{'id':'astype','encode_dtype':'%s','decode_dtype':'%s'}]";
        assertArrayEquals(new short[] {1, -1, -1}, (short[])
                v2(PixelType.UINT16, 3, astype.formatted("|i1", "<u2"), "1 255 255"));
        assertArrayEquals(new float[] {0.0999755859375f, -3}, (float[])
                v2(PixelType.FLOAT32, 2, astype.formatted("<f2", "<f4"), "102 46 0 194"));
        assertArrayEquals(new double[] {0.125, 4.5703125}, (double[]) v2(
                PixelType.FLOAT64,
                2,
                "[{'id':'quantize','digits':2,'dtype':'<f8','astype':'<f4'}]",
                "0 0 0 62 0 64 146 64"));
        assertArrayEquals(new short[] {100, 101, 99}, (short[]) v2(
                PixelType.UINT16,
                3,
                "[{'id':'delta','dtype':'<u2','astype':'<i4'}]",
                "100 0 0 0 1 0 0 0 254 255 255 255"));
        assertArrayEquals(
                new short[] {1, 2}, (short[]) v2(PixelType.UINT16, 2, "[{'id':'bitround','keepbits':3}]", "1 0 2 0"));
    }

    @Test
    void packedBooleansAreWhatNumcodecsDecodes() throws Exception {
        String packed = "[{'id':'packbits'}]";
        assertArrayEquals(
                new byte[] {1, 0, 1, 1, 0, 0, 0, 0, 1, 1}, (byte[]) v2(PixelType.UINT8, 10, packed, "6 176 192"));
        assertArrayEquals(new byte[] {1, 0, 1, 1, 0, 0, 0, 1}, (byte[]) v2(PixelType.UINT8, 8, packed, "0 177"));
        assertThrows(CorruptDataException.class, () -> v2(PixelType.UINT8, 8, packed, "9 0"));
        assertThrows(CorruptDataException.class, () -> v2(PixelType.UINT8, 8, packed, "1"));
    }

    /** Zarr 3 says the order of bytes once; types have numpy's names. */
    @Test
    void zarr3HasThemBeforeTheCodecThatMakesBytes() throws Exception {
        String codecs = "[{'name':'numcodecs.delta','configuration':{'dtype':'uint16','astype':'int32'}},"
                + "{'name':'bytes','configuration':{'endian':'big'}},"
                + "{'name':'numcodecs.shuffle','configuration':{'elementsize':4}}]";
        ChunkCodec codec = Codecs.parseV3("here", json(codecs), StoredType.of(PixelType.UINT16), List.of(2))
                .chunk();
        short[] values = new short[2];
        codec.decode(bytes("0 255 0 255 1 255 44 254"), values); // 300 and −2, shuffled
        assertArrayEquals(new short[] {300, 298}, values);
        String turned = "['numcodecs.packbits',{'name':'transpose','configuration':{'order':[1,0]}},'bytes']";
        ImageFormatException e = assertThrows(
                ImageFormatException.class,
                () -> Codecs.parseV3("here", json(turned), StoredType.of(PixelType.UINT8), List.of(2, 2)));
        assertTrue(e.getMessage().contains("\"transpose\" after \"packbits\""), e::getMessage);
    }

    @Test
    void whatIsNotReadIsNamed() {
        for (String filter : List.of(
                "{'id':'fixedscaleoffset','scale':0,'offset':1,'dtype':'<u2'}",
                "{'id':'fixedscaleoffset','scale':2,'offset':0,'dtype':'<i8','astype':'<i8'}",
                "{'id':'astype','encode_dtype':'<u8','decode_dtype':'<f8'}",
                "{'id':'astype','encode_dtype':'<M8[ns]','decode_dtype':'<f8'}",
                "{'id':'astype'}",
                "{'id':'categorize'}")) {
            ImageFormatException e = assertThrows(
                    ImageFormatException.class, () -> Codecs.parseV2("here", null, json("[" + filter + "]")), filter);
            String id = filter.split("'")[3];
            assertTrue(e.getMessage().startsWith("here: found the filter \"" + id + "\""), e::getMessage);
        }
        assertEquals(List.of(), assertRead("[{'id':'quantize','digits':2,'dtype':'<f8'}]"));
    }

    private static List<?> assertRead(String filters) {
        try {
            return Codecs.parseV2("here", null, json(filters));
        } catch (Exception e) {
            throw new AssertionError(e);
        }
    }

    private static Object v2(PixelType type, int count, String filters, String stored) throws Exception {
        ChunkCodec codec = new ChunkCodec(
                StoredType.of(type),
                List.of(count),
                AxisOrder.unchanged(1),
                ByteOrder.LITTLE_ENDIAN,
                Codecs.parseV2("here", null, json(filters)));
        Object values = type.allocate(count);
        codec.decode(bytes(stored), values);
        return values;
    }

    private static ByteBuffer bytes(String numbers) {
        String[] values = numbers.split(" ");
        ByteBuffer bytes = ByteBuffer.allocate(values.length);
        for (String value : values) {
            bytes.put((byte) Integer.parseInt(value));
        }
        return bytes.flip();
    }

    private static JsonNode json(String text) throws Exception {
        return new ObjectMapper().readTree(text.replace('\'', '"'));
    }
}
