package org.scaledimaging.engine.view;

import java.io.IOException;
import java.util.List;
import org.scaledimaging.engine.image.ImageSource;

/** An image that belongs to another, as a level of a pyramid does: the other is closed with it and asked for changes. */
public final class BorrowedSource extends View {
    private final List<ImageSource> coarser;
    private final ImageSource owner;

    private BorrowedSource(ImageSource image, List<ImageSource> coarser, ImageSource owner) {
        super(image, image.metadata());
        this.coarser = coarser;
        this.owner = owner;
    }

    /** An image without coarser levels that is what the owner was made of, or was made with it. */
    public static ImageSource of(ImageSource image, ImageSource owner) {
        return new BorrowedSource(image, List.of(), owner);
    }

    /**
     * One resolution of a pyramid, with the coarser ones as its levels.
     *
     * @param number from 0, which is the image itself
     */
    public static ImageSource level(ImageSource image, int number) {
        List<ImageSource> levels = image.levels();
        return number == 0
                ? image
                : new BorrowedSource(levels.get(number), levels.subList(number + 1, levels.size()), image);
    }

    @Override
    protected List<ImageSource> coarser() {
        return coarser;
    }

    @Override
    public void checkUnchanged() throws IOException {
        owner.checkUnchanged();
    }

    @Override
    public void close() throws IOException {
        owner.close();
    }
}
