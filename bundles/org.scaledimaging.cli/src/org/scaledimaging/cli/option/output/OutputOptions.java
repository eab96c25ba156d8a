package org.scaledimaging.cli.option.output;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.scaledimaging.cli.option.Candidates;
import org.scaledimaging.cli.option.Numbers;
import org.scaledimaging.engine.format.Compression;
import org.scaledimaging.engine.format.OmeZarrWriteOptions;
import org.scaledimaging.engine.format.PyramidScaling;
import org.scaledimaging.engine.format.TiffWriteOptions;
import org.scaledimaging.engine.message.Given;
import org.scaledimaging.engine.message.NearMisses;
import org.scaledimaging.engine.message.ParameterException;
import picocli.CommandLine.Option;

/** Options on how an image is written. */
public final class OutputOptions {
    private static final List<String> OF_TIFF = List.of("--chunks", "--codec", "--keep-bits", "--levels");

    @Option(names = "--overwrite", description = "Replace what is there already, once the new one is complete.")
    private boolean overwrite;

    @Option(names = "--verify", description = "Read back and compare all that was written before it takes its place.")
    private boolean verify;

    @Option(
            names = "--no-sidecar",
            description =
                    "NIfTI only: leave out the JSON file beside it, which says what it was made of and how (BIDS).")
    private boolean noSidecar;

    @Option(
            names = "--keep-unit",
            description =
                    "NIfTI only: keep the unit of lengths. If not given, they are converted to millimetres, for which"
                            + " many programs take them whatever the file says.")
    private boolean keepUnit;

    @Option(
            names = "--no-paths",
            description =
                    "Name files by their names alone, without folders and times, in all that is written along: a copy"
                            + " of a file gives the same bytes then.")
    private boolean noPaths;

    @Option(
            names = "--output-type",
            paramLabel = "TYPE",
            completionCandidates = Candidates.OutputTypes.class,
            description = "Pixel type to write: same (the input's), int8, uint8, int16, uint16, int32, uint32, int64,"
                    + " uint64, float32 or float64; rounded to the nearest and clamped. If not given, what is written is"
                    + " not converted; processing gives float32, or float64 for 32-bit integers and wider types.")
    private String type;

    @Option(
            names = "--ome-zarr-version",
            paramLabel = "VERSION",
            completionCandidates = Candidates.Versions.class,
            description = "OME-Zarr only: 0.4 (Zarr 2) or 0.5 (Zarr 3); 0.5 if not given.")
    private String version;

    @Option(
            names = "--chunks",
            paramLabel = "N|Z,Y,X",
            description =
                    "OME-Zarr: voxels per chunk, along all spatial axes or for each axis in the image's order, as in"
                            + " 32,64,64 or 32x64x64 for z,y,x. OME-TIFF: the sides of a tile, multiples of 16, as in"
                            + " 256.")
    private String chunks;

    @Option(
            names = "--shards",
            paramLabel = "N|Z,Y,X",
            description =
                    "OME-Zarr 0.5 only: voxels per shard, multiples of the chunk's, written likewise; no shards if not"
                            + " given.")
    private String shards;

    @Option(
            names = "--codec",
            paramLabel = "CODEC",
            completionCandidates = Candidates.Codecs.class,
            description = "OME-Zarr: " + Compression.ACCEPTED + "; zstd if not given. OME-TIFF: "
                    + Compression.ACCEPTED_FOR_TIFF + "; deflate if not given.")
    private String codec;

    @Option(
            names = "--keep-bits",
            paramLabel = "N",
            description =
                    "OME-Zarr and OME-TIFF of float32 (23 bits) or float64 (52 bits): bits of each value's mantissa"
                            + " to keep, the rest rounded, so that the image compresses better; 10 keep values to a relative"
                            + " error of 0.0005. All are kept if not given.")
    private Integer keepBits;

    @Option(
            names = "--levels",
            paramLabel = "N",
            description =
                    "OME-Zarr and OME-TIFF: resolutions to write, the full one included; as many as it takes to come"
                            + " down to one chunk or tile if not given.")
    private Integer levels;

    @Option(
            names = "--pyramid",
            paramLabel = "RULE",
            description = "OME-Zarr only: how voxels grow from level to level. isotropic: along the axes where they are"
                    + " shorter, until all are about as long; halving: along all axes; source: as in the input's"
                    + " own pyramid. isotropic if not given.")
    private String pyramid;

    @Option(
            names = "--with-labels",
            description = "OME-Zarr only: do to label images beside the image what is done to it: they are cropped or"
                    + " resampled with it, by most frequent or nearest labels. If not given, they are kept where"
                    + " the image's voxels stay the same ones, and left out elsewhere.")
    private boolean withLabels;

    /**
     * What is meant by these options.
     *
     * @param written what there is to write, that options can apply to
     * @throws ParameterException when a value is not accepted, or an option does not apply
     */
    public OutputSettings settings(Output.Kind... written) throws ParameterException {
        List<Output.Kind> kinds = List.of(written);
        for (String option : formatOptions()) {
            boolean ofTiff = OF_TIFF.contains(option);
            if (!kinds.contains(Output.Kind.OME_ZARR) && !(ofTiff && kinds.contains(Output.Kind.OME_TIFF))) {
                throw new ParameterException(
                        option,
                        kinds.contains(Output.Kind.OME_TIFF) ? "an output that is OME-TIFF" : "an output that is NIfTI",
                        "one that ends with .ome.zarr, .zarr, .ome.zarr.zip or .ozx"
                                + (ofTiff ? ", or with .ome.tif" : ""));
            }
        }
        return new OutputSettings(
                kinds.contains(Output.Kind.OME_ZARR) ? omeZarr() : common(),
                kinds.contains(Output.Kind.OME_TIFF) ? tiff() : TiffWriteOptions.defaults(),
                noSidecar,
                keepUnit,
                OutputType.parse(type));
    }

    /** What OME-Zarr has in common with every format. */
    private OmeZarrWriteOptions common() {
        return OmeZarrWriteOptions.defaults()
                .withOverwrite(overwrite)
                .withVerify(verify)
                .withNoPaths(noPaths);
    }

    private OmeZarrWriteOptions omeZarr() throws ParameterException {
        OmeZarrWriteOptions options = common().withLabelsAlong(withLabels);
        if (version != null) {
            if (!OmeZarrWriteOptions.VERSIONS.contains(version)) {
                throw new ParameterException("--ome-zarr-version", Given.shown(version), "0.4 or 0.5");
            }
            options = options.withVersion(version);
        }
        if (chunks != null) {
            options = options.withChunks(Numbers.parse("--chunks", chunks));
        }
        if (shards != null) {
            if (!options.version().equals("0.5")) {
                throw new ParameterException("--shards", "OME-Zarr " + version, "OME-Zarr 0.5, which has shards");
            }
            options = options.withShards(Numbers.parse("--shards", shards));
        }
        if (codec != null) {
            options = options.withCompression(Compression.parse(codec, options.version()));
        }
        options = options.withCompression(options.compression().withKeepBits(Optional.ofNullable(keepBits)));
        if (levels != null) {
            options = options.withLevels(atLeastOne(levels));
        }
        if (pyramid != null) {
            options = options.withPyramid(PyramidScaling.parse(pyramid)
                    .orElseThrow(() -> new ParameterException(
                            "--pyramid",
                            Given.shown(pyramid),
                            "isotropic, halving or source" + NearMisses.perhaps(pyramid, PyramidScaling.NAMES))));
        }
        return options;
    }

    private TiffWriteOptions tiff() throws ParameterException {
        TiffWriteOptions options = TiffWriteOptions.defaults()
                .withOverwrite(overwrite)
                .withVerify(verify)
                .withNoPaths(noPaths);
        if (chunks != null) {
            options = options.withChunks(Numbers.parse("--chunks", chunks));
            options.checkChunks();
        }
        if (codec != null) {
            options = options.withCompression(Compression.parseForTiff(codec));
        }
        options = options.withCompression(options.compression().withKeepBits(Optional.ofNullable(keepBits)));
        return levels == null ? options : options.withLevels(atLeastOne(levels));
    }

    private static int atLeastOne(int levels) throws ParameterException {
        if (levels < 1) {
            throw new ParameterException("--levels", levels, "a whole number of at least 1");
        }
        return levels;
    }

    /** What is given of how images are written, by the options' names without hyphens before them. */
    public Map<String, String> given() {
        Map<String, String> given = new LinkedHashMap<>();
        if (type != null) {
            given.put("output-type", type);
        }
        Map<String, Object> others = ofFormats();
        others.forEach((name, value) -> {
            if (value != null) {
                given.put(name.substring(2), value.toString());
            }
        });
        return given;
    }

    /**
     * Takes from a recipe what is not given on the command line and the format has.
     *
     * @param recipe as {@link #given} gave it
     * @throws ParameterException when it names an option that there is not
     */
    public void complete(Map<String, String> recipe, Output.Kind written) throws ParameterException {
        for (Map.Entry<String, String> option : recipe.entrySet()) {
            String name = option.getKey();
            if (!name.equals("output-type") && !ofFormats().containsKey("--" + name)) {
                throw new ParameterException(
                        "Recipe", name + " in \"output\"", "options of writing, such as output-type");
            }
            if (applies(name, option.getValue(), written)) {
                complete(name, option.getValue());
            }
        }
    }

    /** A recipe may have been made for another format. */
    private static boolean applies(String name, String value, Output.Kind written) {
        if (name.equals("output-type")) {
            return true;
        }
        boolean ofTiff = Compression.TIFF_NAMES.contains(value.replaceFirst(":.*", ""));
        boolean ofZarr = !ofTiff || Compression.names("0.4").contains(value.replaceFirst(":.*", ""));
        return switch (written) {
            case OME_ZARR -> !name.equals("codec") || ofZarr;
            case OME_TIFF -> name.equals("levels") || name.equals("keep-bits") || name.equals("codec") && ofTiff;
            case OTHER -> false;
        };
    }

    private void complete(String name, String value) throws ParameterException {
        switch (name) {
            case "output-type" -> type = type == null ? value : type;
            case "ome-zarr-version" -> version = version == null ? value : version;
            case "chunks" -> chunks = chunks == null ? value : chunks;
            case "shards" -> shards = shards == null ? value : shards;
            case "codec" -> codec = codec == null ? value : codec;
            case "keep-bits" ->
                keepBits = keepBits == null ? Integer.valueOf(Numbers.parse("keep-bits", value)[0]) : keepBits;
            case "levels" -> levels = levels == null ? Integer.valueOf(Numbers.parse("levels", value)[0]) : levels;
            case "with-labels" -> withLabels |= Boolean.parseBoolean(value);
            default -> pyramid = pyramid == null ? value : pyramid;
        }
    }

    private Map<String, Object> ofFormats() {
        Map<String, Object> options = new LinkedHashMap<>();
        options.put("--ome-zarr-version", version);
        options.put("--chunks", chunks);
        options.put("--shards", shards);
        options.put("--codec", codec);
        options.put("--keep-bits", keepBits);
        options.put("--levels", levels);
        options.put("--pyramid", pyramid);
        options.put("--with-labels", withLabels ? Boolean.TRUE : null);
        return options;
    }

    /** Names of those given that do not apply to every format. */
    private List<String> formatOptions() {
        return ofFormats().entrySet().stream()
                .filter(option -> option.getValue() != null)
                .map(Map.Entry::getKey)
                .toList();
    }
}
