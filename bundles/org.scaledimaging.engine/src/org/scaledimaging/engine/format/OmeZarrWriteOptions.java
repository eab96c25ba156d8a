package org.scaledimaging.engine.format;

import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import org.scaledimaging.engine.message.ParameterException;
import org.scaledimaging.engine.message.Setting;
import org.scaledimaging.engine.parameter.Parameter;
import org.scaledimaging.engine.parameter.ParameterValues;

/**
 * The options for OME-Zarr images.
 *
 * @param version of OME-NGFF: {@code 0.5} (Zarr 3) or {@code 0.4} (Zarr 2)
 * @param chunks voxels per chunk: one number for all spatial axes, or one per spatial axis, or one per axis of the image;
 *     empty for the image's own chunks where these are of a sensible size, else about 2^18 voxels
 * @param shards voxels per shard, likewise, multiples of the chunk's; empty for none; 0.5 only
 * @param compression of the chunks
 * @param levels how many resolutions, full one included; empty for as many as it takes to come down to one chunk
 * @param pyramid how voxels grow from each level to the next; where that is given or as in the source, there are no more
 *     levels than it says
 * @param labelsAlong whether what is done to the image is done to label images beside it, too; else these are kept where
 *     the image's voxels stay the same ones
 * @param target what holds in any format
 */
public record OmeZarrWriteOptions(
        String version,
        List<Integer> chunks,
        List<Integer> shards,
        Compression compression,
        Optional<Integer> levels,
        PyramidScaling pyramid,
        boolean labelsAlong,
        TargetOptions target)
        implements WriteOptions<OmeZarrWriteOptions> {

    /** Those of OME-NGFF that are written. */
    public static final List<String> VERSIONS = List.of("0.4", "0.5");

    private static final Parameter WITH_LABELS = Parameter.bool(
            "withLabels",
            false,
            "Whether what is done to the image is done to label images beside it, too: they are cropped or"
                    + " resampled with it, by most frequent or nearest labels. If not, they are kept where the image's"
                    + " voxels stay the same ones, and left out elsewhere.");

    /** What users can set. */
    public static final WriteDeclaration DECLARATION = new WriteDeclaration(
            "ome-zarr",
            "the format OME-Zarr",
            List.of(
                    Parameter.choice("omeZarrVersion", "0.5", VERSIONS, "0.4 (on Zarr 2) or 0.5 (on Zarr 3)."),
                    Parameter.integers(
                            "chunks",
                            List.of(),
                            1,
                            Integer.MAX_VALUE,
                            "voxels",
                            "Voxels per chunk: one number for all spatial axes, or one for each in the image's order;"
                                    + " empty for the image's own chunks where these are of a sensible size."),
                    Parameter.integers(
                            "shards",
                            List.of(),
                            1,
                            Integer.MAX_VALUE,
                            "voxels",
                            "Voxels per shard, multiples of the chunk's, given likewise; empty for no shards. OME-Zarr"
                                    + " 0.5 only."),
                    Parameter.text("codec", Compression.standard().name(), Compression.ACCEPTED + "."),
                    WriteDeclaration.KEEP_BITS,
                    WriteDeclaration.levels("chunk"),
                    Parameter.choice(
                            "pyramid",
                            PyramidScaling.isotropic().label(),
                            PyramidScaling.NAMES,
                            "How voxels grow from level to level. isotropic: along the axes where they are shorter,"
                                    + " until all are about as long; halving: along all axes; source: as in the input's"
                                    + " own pyramid."),
                    WITH_LABELS,
                    WriteDeclaration.NO_PATHS,
                    WriteDeclaration.OVERWRITE,
                    WriteDeclaration.VERIFY));

    public OmeZarrWriteOptions {
        chunks = List.copyOf(chunks);
        shards = List.copyOf(shards);
    }

    /** OME-Zarr 0.5, zstd, a full pyramid, existing targets refused. */
    public static OmeZarrWriteOptions defaults() {
        return DECLARATION.defaults(OmeZarrWriteOptions::of);
    }

    /**
     * As users set them.
     *
     * @param values of {@link #DECLARATION}
     * @throws ParameterException when one does not go with another
     */
    public static OmeZarrWriteOptions of(ParameterValues values) throws ParameterException {
        String version = values.text("omeZarrVersion");
        List<Integer> shards = list(values.integers("shards"));
        if (!shards.isEmpty() && !version.equals("0.5")) {
            throw new ParameterException(Setting.SHARDS, "OME-Zarr " + version, "OME-Zarr 0.5, which has shards");
        }
        return new OmeZarrWriteOptions(
                version,
                list(values.integers("chunks")),
                shards,
                Compression.parse(values.text("codec"), version).withKeepBits(WriteDeclaration.keepBits(values)),
                WriteDeclaration.levels(values),
                PyramidScaling.parse(values.text("pyramid")).orElseThrow(),
                values.bool(WITH_LABELS.name()),
                TargetOptions.of(values));
    }

    private static List<Integer> list(List<Long> numbers) {
        return numbers.stream().map(Math::toIntExact).toList();
    }

    /** The same with a version of OME-Zarr, one of {@link #VERSIONS}. */
    public OmeZarrWriteOptions withVersion(String newVersion) {
        return new OmeZarrWriteOptions(newVersion, chunks, shards, compression, levels, pyramid, labelsAlong, target);
    }

    /** The same with voxels per chunk: one number for all spatial axes, or one for each in the image's order. */
    public OmeZarrWriteOptions withChunks(int... newChunks) {
        return new OmeZarrWriteOptions(
                version, list(newChunks), shards, compression, levels, pyramid, labelsAlong, target);
    }

    /** The same with voxels per shard, multiples of the chunk's, given as those. */
    public OmeZarrWriteOptions withShards(int... newShards) {
        return new OmeZarrWriteOptions(
                version, chunks, list(newShards), compression, levels, pyramid, labelsAlong, target);
    }

    /** The same with chunks compressed in another way. */
    public OmeZarrWriteOptions withCompression(Compression newCompression) {
        return new OmeZarrWriteOptions(version, chunks, shards, newCompression, levels, pyramid, labelsAlong, target);
    }

    /** The same with a number of resolutions, the full one included; at least 1. */
    public OmeZarrWriteOptions withLevels(int newLevels) {
        return new OmeZarrWriteOptions(
                version, chunks, shards, compression, Optional.of(newLevels), pyramid, labelsAlong, target);
    }

    /** The same with another rule for how voxels grow from level to level. */
    public OmeZarrWriteOptions withPyramid(PyramidScaling newPyramid) {
        return new OmeZarrWriteOptions(version, chunks, shards, compression, levels, newPyramid, labelsAlong, target);
    }

    /** The same with label images beside the image treated as it is, or kept only where its voxels stay the same ones. */
    public OmeZarrWriteOptions withLabelsAlong(boolean along) {
        return new OmeZarrWriteOptions(version, chunks, shards, compression, levels, pyramid, along, target);
    }

    @Override
    public OmeZarrWriteOptions withTarget(TargetOptions newTarget) {
        return new OmeZarrWriteOptions(version, chunks, shards, compression, levels, pyramid, labelsAlong, newTarget);
    }

    private static List<Integer> list(int[] numbers) {
        return Arrays.stream(numbers).boxed().toList();
    }
}
