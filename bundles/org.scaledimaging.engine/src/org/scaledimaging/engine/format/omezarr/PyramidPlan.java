package org.scaledimaging.engine.format.omezarr;

import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import org.scaledimaging.engine.block.Grid;
import org.scaledimaging.engine.format.OmeZarrWriteOptions;
import org.scaledimaging.engine.format.PyramidScaling;
import org.scaledimaging.engine.format.pyramid.PyramidLevels;
import org.scaledimaging.engine.image.ImageMetadata;
import org.scaledimaging.engine.image.ImageSource;
import org.scaledimaging.engine.message.ParameterException;
import org.scaledimaging.engine.message.Setting;

/**
 * The shape of a pyramid to be written: its levels, chunks and blocks, and its shards.
 *
 * @param shard voxels per shard, if there are shards
 */
record PyramidPlan(PyramidLevels pyramid, Optional<int[]> shard) {
    private static final int USUAL_CHUNK_VOXELS = 1 << 18;
    private static final int LARGEST_KEPT_CHUNK = 1 << 22;
    private static final int SMALLEST_KEPT_CHUNK = 1 << 12;

    /** @throws ParameterException when an option does not fit the image */
    static PyramidPlan of(ImageSource image, OmeZarrWriteOptions options) throws ParameterException {
        ImageMetadata metadata = image.metadata();
        if (!options.version().equals("0.4") && !options.version().equals("0.5")) {
            throw new ParameterException(Setting.OME_ZARR_VERSION, options.version(), "0.4 or 0.5");
        }
        int[] chunk =
                options.chunks().isEmpty() ? usualChunk(image) : perAxis(Setting.CHUNKS, options.chunks(), metadata);
        for (int d = 0; d < chunk.length; d++) {
            chunk[d] = (int) Math.min(chunk[d], metadata.shape()[d]);
        }
        if (PyramidLevels.voxels(chunk) * metadata.pixelType().bytes() > 1 << 30) {
            throw new ParameterException(Setting.CHUNKS, Arrays.toString(chunk), "chunks of at most 1 GiB");
        }
        Optional<int[]> shard = Optional.empty();
        if (!options.shards().isEmpty()) {
            shard = Optional.of(shard(options, metadata, chunk));
        }
        int wanted = options.levels().orElse(Integer.MAX_VALUE);
        if (wanted < 1) {
            throw new ParameterException(Setting.LEVELS, wanted, "a whole number of at least 1");
        }
        boolean open = options.levels().isEmpty() && options.pyramid().kind() != PyramidScaling.Kind.GIVEN;
        PyramidLevels pyramid = PyramidLevels.of(
                metadata,
                chunk,
                spatial(metadata),
                options.pyramid()::step,
                open ? OptionalInt.empty() : OptionalInt.of(wanted));
        if (PyramidLevels.voxels(pyramid.block()) * metadata.pixelType().bytes() > 1 << 30) {
            throw new ParameterException(
                    Setting.PYRAMID,
                    "blocks of " + Arrays.toString(pyramid.block()) + " voxels",
                    "factors that divide the chunks'");
        }
        return new PyramidPlan(pyramid, shard);
    }

    private static boolean[] spatial(ImageMetadata metadata) {
        boolean[] spatial = new boolean[metadata.dimensions().size()];
        for (int d = 0; d < spatial.length; d++) {
            spatial[d] = metadata.dimensions().get(d).axis().isSpatial();
        }
        return spatial;
    }

    /** The image's own chunks, one channel and time point deep, where their size is sensible; else cubes or squares. */
    private static int[] usualChunk(ImageSource image) {
        ImageMetadata metadata = image.metadata();
        int[] own = image.chunkShape();
        int spatial = 0;
        for (int d = 0; d < own.length; d++) {
            boolean isSpatial = metadata.dimensions().get(d).axis().isSpatial();
            own[d] = isSpatial ? own[d] : 1;
            spatial += isSpatial && metadata.shape()[d] > 1 ? 1 : 0;
        }
        long voxels = PyramidLevels.voxels(own);
        boolean compact = true; // slabs and strips make poor chunks for everybody else
        for (int d = 0; d < own.length; d++) {
            boolean isSpatial = metadata.dimensions().get(d).axis().isSpatial();
            compact &= !isSpatial || own[d] >= Math.min(16, metadata.shape()[d]) && own[d] <= 512;
        }
        if (compact && voxels >= SMALLEST_KEPT_CHUNK && voxels <= LARGEST_KEPT_CHUNK) {
            return own;
        }
        int edge = spatial >= 3 ? 64 : spatial == 2 ? 512 : USUAL_CHUNK_VOXELS;
        int[] chunk = new int[own.length];
        for (int d = 0; d < chunk.length; d++) {
            chunk[d] = metadata.dimensions().get(d).axis().isSpatial() ? edge : 1;
        }
        return chunk;
    }

    private static int[] shard(OmeZarrWriteOptions options, ImageMetadata metadata, int[] chunk)
            throws ParameterException {
        if (!options.version().equals("0.5")) {
            throw new ParameterException(
                    Setting.SHARDS, "OME-Zarr " + options.version(), "OME-Zarr 0.5, which has shards");
        }
        int[] shard = perAxis(Setting.SHARDS, options.shards(), metadata);
        for (int d = 0; d < shard.length; d++) {
            // A shard longer than the image is as good as one that just covers it.
            long covering = Grid.covering(metadata.shape()[d], chunk[d]) * chunk[d];
            shard[d] = (int) Math.min(shard[d], covering);
            if (shard[d] % chunk[d] != 0) {
                throw new ParameterException(
                        Setting.SHARDS,
                        shard[d] + " voxels along "
                                + metadata.dimensions().get(d).axis().symbol(),
                        "a multiple of the chunk's " + chunk[d]);
            }
        }
        return shard;
    }

    private static int[] perAxis(Setting name, List<Integer> given, ImageMetadata metadata) throws ParameterException {
        int axes = metadata.dimensions().size();
        int spatial = metadata.spatial().size();
        boolean all = given.size() == axes;
        if (given.size() != 1 && given.size() != spatial && !all) {
            throw new ParameterException(
                    name,
                    given.size() + " numbers",
                    "one number, or one for each spatial axis (" + spatial + ") or each axis (" + axes
                            + "), in the order "
                            + String.join(",", metadata.axes().split("")));
        }
        int[] result = new int[axes];
        int next = 0;
        for (int d = 0; d < axes; d++) {
            boolean isSpatial = metadata.dimensions().get(d).axis().isSpatial();
            if (all && (axes > 1)) {
                result[d] = given.get(d);
            } else if (isSpatial) {
                result[d] = given.get(given.size() == 1 ? 0 : next++);
            } else {
                result[d] = 1;
            }
            if (result[d] < 1) {
                throw new ParameterException(name, result[d], "whole numbers of at least 1");
            }
        }
        return result;
    }

    /** Metadata of each level, finest first. */
    List<ImageMetadata> levels() {
        return pyramid.levels();
    }

    /** From each level to the next coarser one, per axis: 1 on axes that are not spatial. */
    List<int[]> factors() {
        return pyramid.factors();
    }

    /** Voxels per chunk, the same at each level. */
    int[] chunk() {
        return pyramid.chunk();
    }

    /** Voxels per unit of work. */
    int[] block() {
        return pyramid.block();
    }
}
