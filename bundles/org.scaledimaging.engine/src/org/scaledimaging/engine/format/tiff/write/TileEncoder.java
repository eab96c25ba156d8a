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
 * @param samples of a pixel
 */
record TileEncoder(PixelType type, int width, int height, int samples, Compression compression) {

    /**
     * What is done before compressing: differences of whole numbers, which then take a third less. Of floating point numbers
     * nothing, since the predictor that helps there is one that Bio-Formats refuses.
     */
    Predictor predictor() {
        return compression.codec(type).isPresent() && type.isInteger() ? Predictor.HORIZONTAL : Predictor.NONE;
    }

    /** How many voxels a tile has. */
    int voxels() {
        return width * height * samples;
    }

    /** @param voxels of a whole tile, row-major, interleaved; they stay as they are */
    ByteBuffer encode(Object voxels) {
        ByteBuffer bytes = ByteBuffer.allocate(voxels() * type.bytes()).order(ByteOrder.LITTLE_ENDIAN);
        VoxelBytes.of(bytes, type).put(0, predictor().applied(voxels, width * samples, samples), 0, voxels());
        Optional<Codec> codec = compression.codec(type);
        return codec.isPresent() ? codec.get().encode(bytes) : bytes;
    }
}
