package org.scaledimaging.engine.format.tiff.write;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.Optional;
import org.scaledimaging.engine.block.PixelType;
import org.scaledimaging.engine.block.VoxelBytes;
import org.scaledimaging.engine.compress.Codec;
import org.scaledimaging.engine.format.Compression;
import org.scaledimaging.engine.format.tiff.page.Predictor;

/**
 * Makes a tile's bytes of its voxels. Immutable.
 *
 * @param width in pixels
 * @param height in pixels
 */
record TileEncoder(PixelType type, int width, int height, Compression compression) {

    /**
     * What is done before compressing: differences of whole numbers, which then take a third less. Of floating point numbers
     * nothing, since the predictor that helps there is one that Bio-Formats refuses.
     */
    Predictor predictor() {
        return compression.codec(type).isPresent() && type.isInteger() ? Predictor.HORIZONTAL : Predictor.NONE;
    }

    /** @param voxels of a whole tile, row-major; they stay as they are */
    ByteBuffer encode(Object voxels) {
        int pixels = width * height;
        ByteBuffer bytes = ByteBuffer.allocate(pixels * type.bytes()).order(ByteOrder.LITTLE_ENDIAN);
        VoxelBytes.of(bytes, type).put(0, predictor().applied(voxels, width, 1), 0, pixels);
        Optional<Codec> codec = compression.codec(type);
        return codec.isPresent() ? codec.get().encode(bytes) : bytes;
    }
}
