package org.scaledimaging.engine.view;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;
import org.scaledimaging.engine.block.Block;
import org.scaledimaging.engine.block.Interval;
import org.scaledimaging.engine.execute.Execution;
import org.scaledimaging.engine.execute.Notice;
import org.scaledimaging.engine.execute.Preparation;
import org.scaledimaging.engine.execute.Telling;
import org.scaledimaging.engine.image.Ahead;
import org.scaledimaging.engine.image.ImageMetadata;
import org.scaledimaging.engine.image.ImageSource;
import org.scaledimaging.engine.image.Levels;

/**
 * An image made of an image, lazily. A view says which part of the image a block of it is made of ({@link #source}), in
 * which pieces ({@link #pieces}), how ({@link #compute}), and what it makes of coarser levels ({@link #on}). By default it
 * passes voxels on and has no coarser levels. Closing a view closes the image. Thread-safe where the image is.
 */
public abstract class View implements ImageSource, Preparation, Telling {
    private final ImageSource image;
    private final ImageMetadata metadata;
    private List<ImageSource> levels;

    /** @param metadata of the view */
    protected View(ImageSource image, ImageMetadata metadata) {
        this.image = image;
        this.metadata = metadata;
    }

    /** What the view is made of. */
    protected final ImageSource image() {
        return image;
    }

    /** Where in the image the voxels lie that an interval of the view is made of: by default at the same place. */
    protected Interval source(Interval interval) {
        return interval;
    }

    /** The parts of an interval that are computed one after the other; by default all of it at once. */
    protected List<Interval> pieces(Interval interval) {
        return List.of(interval);
    }

    /**
     * Computes a piece; by default the image's voxels are the view's.
     *
     * @param target a block of the view, to be filled from index 0
     */
    protected void compute(Block target) throws IOException {
        image.read(target.at(source(target.interval())));
    }

    /**
     * This view of a coarser level of the image.
     *
     * @return nothing, as by default, where the view has no such level
     */
    protected Optional<ImageSource> on(ImageSource level) {
        return Optional.empty();
    }

    /** The view's coarser levels, in any order; asked for once. By default, what it makes of the image's. */
    protected List<ImageSource> coarser() {
        List<ImageSource> all = image.levels();
        List<ImageSource> coarser = new ArrayList<>();
        for (ImageSource level : all.subList(1, all.size())) {
            on(level).ifPresent(coarser::add);
        }
        return coarser;
    }

    @Override
    public final ImageMetadata metadata() {
        return metadata;
    }

    /** By default the image's. */
    @Override
    public int[] chunkShape() {
        return image.chunkShape();
    }

    @Override
    public void read(Block target) throws IOException {
        for (Interval piece : pieces(target.interval())) {
            if (piece.equals(target.interval())) {
                compute(target);
            } else {
                Block part = Block.allocate(metadata.pixelType(), piece);
                compute(part);
                target.copyFrom(part);
            }
        }
    }

    /** By default, announces the parts of the image that the pieces are made of. */
    @Override
    public void announce(Interval interval, Ahead ahead) {
        for (Interval piece : pieces(interval)) {
            image.announce(source(piece), ahead);
        }
    }

    @Override
    public final synchronized List<ImageSource> levels() {
        if (levels == null) {
            levels = List.copyOf(Levels.of(this, coarser()));
        }
        return levels;
    }

    @Override
    public void tellTo(Consumer<Notice> notices) {
        if (image instanceof Telling telling) {
            telling.tellTo(notices);
        }
    }

    /** By default, whether the image is prepared. */
    @Override
    public boolean isPrepared() {
        return !(image instanceof Preparation preparation) || preparation.isPrepared();
    }

    @Override
    public void prepare(Execution execution) throws IOException {
        if (image instanceof Preparation preparation) {
            preparation.prepare(execution);
        }
    }

    /** By default, whether the image's are. */
    @Override
    public boolean levelsAreDownsampled() {
        return image.levelsAreDownsampled();
    }

    @Override
    public boolean isRemote() {
        return image.isRemote();
    }

    @Override
    public boolean isCostly() {
        return isRemote() || image.isCostly();
    }

    @Override
    public void checkUnchanged() throws IOException {
        image.checkUnchanged();
    }

    @Override
    public void close() throws IOException {
        image.close();
    }
}
