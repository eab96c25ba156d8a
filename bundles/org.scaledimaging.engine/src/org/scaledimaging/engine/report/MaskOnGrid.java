package org.scaledimaging.engine.report;

import java.io.IOException;
import java.util.Arrays;
import org.scaledimaging.engine.align.GridMask;
import org.scaledimaging.engine.align.ImageOnGrid;
import org.scaledimaging.engine.block.Block;
import org.scaledimaging.engine.block.Interval;
import org.scaledimaging.engine.block.PixelType;
import org.scaledimaging.engine.execute.Execution;
import org.scaledimaging.engine.image.ImageMetadata;
import org.scaledimaging.engine.image.ImageSource;
import org.scaledimaging.engine.image.SpatialAxes;
import org.scaledimaging.engine.message.ParameterException;

/** A mask of the same field of view, at any resolution, as one of an image's voxels: 1 where half or more is in it. */
public final class MaskOnGrid implements ImageSource {
    private final ImageOnGrid mask;
    private final ImageMetadata metadata;
    private final int[] chunk;
    private final int leading;

    private MaskOnGrid(ImageOnGrid mask, ImageSource image) {
        this.mask = mask;
        this.metadata = image.metadata().withPixelType(PixelType.UINT8).withLabels(false);
        this.chunk = image.chunkShape();
        this.leading = chunk.length - SpatialAxes.count(metadata);
    }

    /**
     * Brings a mask onto an image's voxels, as masks of estimates are.
     *
     * @param setting what names the mask, for messages
     * @param name of the mask, for messages: a path
     * @param given different from 0 where voxels are in it; channels and time points as many as the image has, or one
     * @param image of whose axes the spatial ones come last; else the mask is left as it is
     * @param execution is told what the user has to know
     * @throws ParameterException when the mask has other axes, another size or unit, or lies elsewhere
     */
    public static ImageSource of(String setting, String name, ImageSource given, ImageSource image, Execution execution)
            throws ParameterException {
        int count = SpatialAxes.count(image.metadata());
        int axes = image.metadata().dimensions().size();
        boolean last = image.metadata().dimensions().subList(axes - count, axes).stream()
                .allMatch(dimension -> dimension.axis().isSpatial());
        return last
                ? new MaskOnGrid(
                        ImageOnGrid.ofMask(setting, name, GridMask.inside(given), image.metadata(), execution), image)
                : given;
    }

    @Override
    public ImageMetadata metadata() {
        return metadata;
    }

    @Override
    public int[] chunkShape() {
        return chunk.clone();
    }

    @Override
    public void read(Block target) throws IOException {
        byte[] inside = (byte[]) target.voxels();
        long[] min = target.interval().mins();
        long[] max = target.interval().maxs();
        int all = min.length;
        Interval region =
                Interval.between(Arrays.copyOfRange(min, leading, all), Arrays.copyOfRange(max, leading, all));
        int at = 0;
        for (long[] volume : Interval.between(Arrays.copyOf(min, leading), Arrays.copyOf(max, leading))
                .positions()) {
            for (double value : mask.values(volume, region)) {
                inside[at++] = (byte) (value >= 0.5 ? 1 : 0);
            }
        }
    }

    @Override
    public void checkUnchanged() throws IOException {
        mask.checkUnchanged();
    }
}
