package org.scaledimaging.fuzzing;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.Callable;

/** All there is to read, and how long inputs may become. */
enum Targets {
    NIFTI(NiftiTarget::plain, 2048),
    NIFTI_GZIP(NiftiTarget::compressed, 2048),
    ANALYZE(AnalyzeTarget::new, 1024),
    ZARR_2(ZarrMetadataTarget::version2, 4096),
    ZARR_3(ZarrMetadataTarget::version3, 4096),
    CHUNK(ChunkTarget::new, 1024),
    SHARD(ShardTarget::new, 2048),
    RECIPE(RecipeTarget::new, 4096),
    ESTIMATE(EstimateTarget::new, 2048),
    ZIP(ZipTarget::new, 4096),
    NRRD(RawTarget::nrrd, 1024),
    META_IMAGE(RawTarget::metaImage, 1024),
    MGH(RawTarget::mgh, 1024),
    TIFF(TiffTarget::new, 9000),
    ND_TIFF(NdTiffTarget::new, 1024),
    PICTURE(PictureTarget::new, 2048),
    JPEG_2000(Jpeg2000Target::new, 4096),
    N5(N5Target::new, 1024),
    HDF5(Hdf5Target::hdf5, 14_000),
    BIG_DATA_VIEWER(Hdf5Target::bigDataViewer, 4096),
    /** All of the above by turns, for few inputs: a JVM takes longer to start under Jazzer than to read hundreds. */
    MIXED(Targets::mixed, 14_000);

    private final Callable<FuzzTarget> maker;
    private final int maximumLength;

    Targets(Callable<FuzzTarget> maker, int maximumLength) {
        this.maker = maker;
        this.maximumLength = maximumLength;
    }

    FuzzTarget make() throws Exception {
        return maker.call();
    }

    /** @return each that reads one kind of input */
    static List<Targets> single() {
        return Arrays.stream(values()).filter(target -> target != MIXED).toList();
    }

    private static FuzzTarget mixed() throws Exception {
        List<FuzzTarget> targets = new ArrayList<>();
        for (Targets target : single()) {
            targets.add(target.make());
        }
        return new MixedTarget(targets);
    }

    /** Recipes name files anywhere, so Jazzer's look-out for paths that lead elsewhere has nothing to tell there. */
    String hooksThatDoNotApply() {
        return this == RECIPE || this == MIXED ? "com.code_intelligence.jazzer.sanitizers.FilePathTraversal" : "";
    }

    int maximumLength() {
        return maximumLength;
    }
}
