package org.scaledimaging.knime.work;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;

import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.scaledimaging.engine.Image;
import org.scaledimaging.engine.block.Block;
import org.scaledimaging.engine.block.PixelType;
import org.scaledimaging.engine.image.Axis;
import org.scaledimaging.engine.image.Dimension;
import org.scaledimaging.engine.image.ImageMetadata;
import org.scaledimaging.engine.image.ImageSource;

class OmeZarrOrderTest {

    /** Zeros, with axes in an order that OME-Zarr does not have. */
    private record Zeros(ImageMetadata metadata) implements ImageSource {
        @Override
        public int[] chunkShape() {
            return new int[] {3, 4, 5, 2, 6};
        }

        @Override
        public void read(Block target) {
            // new arrays hold zeros
        }
    }

    @Test
    void theOrderThatIsForeseenIsTheOneThatIsWritten(@TempDir Path folder) throws Exception {
        ImageMetadata image = ImageMetadata.of(
                "odd",
                PixelType.UINT8,
                Dimension.of(Axis.C, 3),
                Dimension.of(Axis.X, 4),
                Dimension.of(Axis.Z, 5),
                Dimension.of(Axis.T, 2),
                Dimension.of(Axis.Y, 6));
        Path target = folder.resolve("odd.ome.zarr");
        Image.of(new Zeros(image)).saveOmeZarr(target);
        try (Image written = Image.open(target)) {
            assertEquals("tcxzy", written.metadata().axes());
            assertEquals(written.metadata().dimensions(), OmeZarrOrder.of(image).dimensions());
            assertNotEquals(image.dimensions(), written.metadata().dimensions());
        }
    }
}
