package org.scaledimaging.engine.format;

import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;
import org.scaledimaging.engine.message.ParameterException;
import org.scaledimaging.engine.message.Setting;
import org.scaledimaging.engine.parameter.Parameter;
import org.scaledimaging.engine.parameter.ParameterValues;

/**
 * The options for OME-TIFFs.
 *
 * @param chunks the sides of a tile, in pixels: one number for both, or one for y and one for x, multiples of 16; empty for
 *     512, or what a smaller image needs
 * @param compression of the tiles
 * @param levels how many resolutions, full one included; empty for as many as it takes to come down to one tile
 * @param target what holds in any format
 */
public record TiffWriteOptions(
        List<Integer> chunks, Compression compression, Optional<Integer> levels, TargetOptions target)
        implements WriteOptions<TiffWriteOptions> {

    /** Tiles have sides that are multiples of this. */
    public static final int SMALLEST_TILE = 16;

    private static final int LARGEST_TILE = 8192;

    /** What users can set. */
    public static final WriteDeclaration DECLARATION = new WriteDeclaration(
            "ome-tiff",
            "the format OME-TIFF",
            List.of(
                    Parameter.integers(
                            "chunks",
                            List.of(),
                            1,
                            Integer.MAX_VALUE,
                            "voxels",
                            "The sides of a tile, multiples of 16: one number for both, or one for y and one for x;"
                                    + " empty for 512."),
                    Parameter.text("codec", "deflate", Compression.ACCEPTED_FOR_TIFF + "."),
                    WriteDeclaration.KEEP_BITS,
                    WriteDeclaration.levels("tile"),
                    WriteDeclaration.NO_PATHS,
                    WriteDeclaration.OVERWRITE,
                    WriteDeclaration.VERIFY));

    public TiffWriteOptions {
        chunks = List.copyOf(chunks);
    }

    /** Tiles of 512 by 512, deflate, a full pyramid, existing targets refused. */
    public static TiffWriteOptions defaults() {
        return DECLARATION.defaults(TiffWriteOptions::of);
    }

    /**
     * As users set them.
     *
     * @param values of {@link #DECLARATION}
     * @throws ParameterException when there is no such codec
     */
    public static TiffWriteOptions of(ParameterValues values) throws ParameterException {
        return new TiffWriteOptions(
                values.integers("chunks").stream().map(Math::toIntExact).toList(),
                Compression.parseForTiff(values.text("codec")).withKeepBits(WriteDeclaration.keepBits(values)),
                WriteDeclaration.levels(values),
                TargetOptions.of(values));
    }

    /** @throws ParameterException when tiles cannot have such sides, whatever the image */
    public void checkChunks() throws ParameterException {
        boolean planar = chunks.size() < 3 || chunks.size() == 3 && chunks.get(0) == 1;
        for (int side : chunks.subList(Math.max(0, chunks.size() - 2), chunks.size())) {
            planar &= side > 0 && side % SMALLEST_TILE == 0 && side <= LARGEST_TILE;
        }
        if (!planar) {
            throw new ParameterException(
                    Setting.CHUNKS,
                    chunks.stream().map(String::valueOf).collect(Collectors.joining(",")),
                    "one number, or one for y and one for x, of a tile in an OME-TIFF: multiples of " + SMALLEST_TILE
                            + " up to " + LARGEST_TILE);
        }
    }

    /** The same with tiles of other sides: one number for both, or one for y and one for x, multiples of 16. */
    public TiffWriteOptions withChunks(int... newChunks) {
        List<Integer> sides = Arrays.stream(newChunks).boxed().toList();
        return new TiffWriteOptions(sides, compression, levels, target);
    }

    /** The same with tiles compressed in another way, one that {@link Compression#TIFF_NAMES} names. */
    public TiffWriteOptions withCompression(Compression newCompression) {
        return new TiffWriteOptions(chunks, newCompression, levels, target);
    }

    /** The same with a number of resolutions, the full one included; at least 1. */
    public TiffWriteOptions withLevels(int newLevels) {
        return new TiffWriteOptions(chunks, compression, Optional.of(newLevels), target);
    }

    @Override
    public TiffWriteOptions withTarget(TargetOptions newTarget) {
        return new TiffWriteOptions(chunks, compression, levels, newTarget);
    }
}
