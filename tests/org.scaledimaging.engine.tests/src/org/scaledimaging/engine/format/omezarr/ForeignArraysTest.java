package org.scaledimaging.engine.format.omezarr;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.scaledimaging.engine.block.Interval;
import org.scaledimaging.engine.block.PixelType;
import org.scaledimaging.engine.zarr.ZarrArray;

class ForeignArraysTest {

    static Stream<String> arrays() throws Exception {
        List<String> arrays = new ArrayList<>();
        for (String group : List.of("v2", "v3", "v3-sharded")) {
            for (String name : ZarrFixtures.names(group)) {
                if (!name.startsWith("missing") && !name.startsWith("far")) {
                    arrays.add(group + "/" + name);
                }
            }
        }
        return arrays.stream();
    }

    @ParameterizedTest
    @MethodSource("arrays")
    void arraysOfOtherProgramsReadAsTheseWroteThem(String name) throws Exception {
        ZarrArray array = ZarrFixtures.open("", name);
        assertArrayEquals(ZarrFixtures.expected(array.pixelType(), array.shape()), ZarrFixtures.readAll(array));
    }

    @Test
    void thereIsAFixtureForEachThing() throws Exception {
        assertTrue(arrays().count() >= 60, "fixtures lost");
    }

    @Test
    void repetitionsFromFarBeforeAreFound() throws Exception {
        double[] voxels = ZarrFixtures.readAll(ZarrFixtures.open("v2", "far-blosclz"));
        for (int i = 0; i < voxels.length; i++) {
            int j = i % 10112;
            assertEquals(j % 128 < 32 ? (j * j % 4099 >> 3 ^ j) & 255 : 0, voxels[i], "voxel " + i);
        }
    }

    @Test
    void missingChunksReadAsTheFillValue() throws Exception {
        ZarrArray array = ZarrFixtures.open("v2", "missing");
        short[] chunk = new short[4 * 8 * 8];
        array.readChunk(new long[] {0, 1, 1}, chunk);
        for (short value : chunk) {
            assertEquals(77, value);
        }
        ZarrArray floats = ZarrFixtures.open("v2", "missing-nan");
        float[] values = new float[4 * 8 * 8];
        floats.readChunk(new long[] {1, 0, 0}, values);
        for (float value : values) {
            assertTrue(Float.isNaN(value));
        }
    }

    @Test
    void shardsAndTheirChunksHaveShapesOfTheirOwn() throws Exception {
        ZarrArray array = ZarrFixtures.open("v3-sharded", "sharded-zstd");
        assertEquals(PixelType.UINT16, array.pixelType());
        assertEquals(Interval.ofShape(10, 18, 28), Interval.ofShape(array.shape()));
        assertArrayEquals(new int[] {8, 8, 8}, array.chunkShape());
        assertArrayEquals(new int[] {16, 16, 16}, array.shardShape());
    }
}
