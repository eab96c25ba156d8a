package org.scaledimaging.engine.format.omezarr;

import java.nio.file.Path;
import java.util.Arrays;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import org.scaledimaging.engine.zarr.Compression;

/**
 * How an OME-Zarr image is written.
 *
 * @param version of OME-NGFF: {@code 0.5} (Zarr 3) or {@code 0.4} (Zarr 2)
 * @param chunks voxels per chunk: one number for all spatial axes, or one per spatial axis, or one per axis of the image;
 *     empty for the image's own chunks where these are of a sensible size, else about 2^18 voxels
 * @param shards voxels per shard, likewise, multiples of the chunk's; empty for none; 0.5 only
 * @param compression of the chunks
 * @param levels how many resolutions, full one included; empty for as many as it takes to come down to one chunk
 * @param pyramid how voxels grow from each level to the next; where that is given or as in the source, there are no more
 *     levels than it says
 * @param overwrite whether an existing target is replaced
 * @param verify whether all is read back and compared before the target appears
 * @param sources what is read meanwhile, and so may not be the target or hold it
 */
public record OmeZarrWriteOptions(
        String version,
        List<Integer> chunks,
        List<Integer> shards,
        Compression compression,
        Optional<Integer> levels,
        PyramidScaling pyramid,
        boolean overwrite,
        boolean verify,
        Collection<Path> sources) {

    public OmeZarrWriteOptions {
        chunks = List.copyOf(chunks);
        shards = List.copyOf(shards);
        sources = List.copyOf(sources);
    }

    /** OME-Zarr 0.5, zstd, a full pyramid, existing targets refused. */
    public static OmeZarrWriteOptions defaults() {
        return new OmeZarrWriteOptions(
                "0.5",
                List.of(),
                List.of(),
                Compression.standard(),
                Optional.empty(),
                PyramidScaling.isotropic(),
                false,
                false,
                List.of());
    }

    public OmeZarrWriteOptions withVersion(String newVersion) {
        return new OmeZarrWriteOptions(
                newVersion, chunks, shards, compression, levels, pyramid, overwrite, verify, sources);
    }

    public OmeZarrWriteOptions withChunks(int... newChunks) {
        return new OmeZarrWriteOptions(
                version, list(newChunks), shards, compression, levels, pyramid, overwrite, verify, sources);
    }

    public OmeZarrWriteOptions withShards(int... newShards) {
        return new OmeZarrWriteOptions(
                version, chunks, list(newShards), compression, levels, pyramid, overwrite, verify, sources);
    }

    public OmeZarrWriteOptions withCompression(Compression newCompression) {
        return new OmeZarrWriteOptions(
                version, chunks, shards, newCompression, levels, pyramid, overwrite, verify, sources);
    }

    public OmeZarrWriteOptions withLevels(int newLevels) {
        return new OmeZarrWriteOptions(
                version, chunks, shards, compression, Optional.of(newLevels), pyramid, overwrite, verify, sources);
    }

    public OmeZarrWriteOptions withPyramid(PyramidScaling newPyramid) {
        return new OmeZarrWriteOptions(
                version, chunks, shards, compression, levels, newPyramid, overwrite, verify, sources);
    }

    public OmeZarrWriteOptions withOverwrite(boolean newOverwrite) {
        return new OmeZarrWriteOptions(
                version, chunks, shards, compression, levels, pyramid, newOverwrite, verify, sources);
    }

    public OmeZarrWriteOptions withVerify(boolean newVerify) {
        return new OmeZarrWriteOptions(
                version, chunks, shards, compression, levels, pyramid, overwrite, newVerify, sources);
    }

    public OmeZarrWriteOptions withSources(Collection<Path> newSources) {
        return new OmeZarrWriteOptions(
                version, chunks, shards, compression, levels, pyramid, overwrite, verify, newSources);
    }

    private static List<Integer> list(int[] numbers) {
        return Arrays.stream(numbers).boxed().toList();
    }
}
