package org.scaledimaging.plugins.n4;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.scaledimaging.engine.block.PixelType;
import org.scaledimaging.engine.image.Axis;
import org.scaledimaging.engine.image.Dimension;
import org.scaledimaging.engine.image.ImageMetadata;

/** The preliminary result is the same estimate with fewer voxels. */
class QuickerTest {
    private static ImageMetadata cube(long length) {
        return ImageMetadata.of(
                "cube",
                PixelType.FLOAT32,
                Dimension.of(Axis.Z, length),
                Dimension.of(Axis.Y, length),
                Dimension.of(Axis.X, length));
    }

    private static Optional<Map<String, Object>> quicker(int shrinkFactor, long length) {
        return new N4BiasFieldCorrection(Map.of("shrinkFactor", shrinkFactor, "iterations", "7,8"))
                .quicker(cube(length))
                .map(plugin -> plugin.parameters().asMap());
    }

    @Test
    void fewerVoxelsTakePart() {
        Map<String, Object> values = quicker(1, 128).orElseThrow();
        assertEquals(4L, values.get("shrinkFactor"));
        assertEquals("[7, 8]", values.get("iterations").toString());
        assertEquals(64L, quicker(2, 100_000).orElseThrow().get("shrinkFactor"));
    }

    @Test
    void fewAreFewEnough() {
        assertEquals(Optional.empty(), quicker(1, 32));
        assertEquals(Optional.empty(), quicker(4, 128));
    }
}
