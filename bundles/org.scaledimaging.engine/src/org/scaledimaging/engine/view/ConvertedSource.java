package org.scaledimaging.engine.view;

import java.io.IOException;
import java.util.Optional;
import org.scaledimaging.engine.block.Block;
import org.scaledimaging.engine.block.PixelType;
import org.scaledimaging.engine.image.ImageMetadata;
import org.scaledimaging.engine.image.ImageSource;

/** An image in another pixel type: rounded to the nearest and clamped. */
public final class ConvertedSource extends View {

    private ConvertedSource(ImageSource image, PixelType type) {
        super(image, converted(image.metadata(), type));
    }

    /** @return the image itself where it has the type */
    public static ImageSource of(ImageSource image, PixelType type) {
        return image.metadata().pixelType() == type ? image : new ConvertedSource(image, type);
    }

    private static ImageMetadata converted(ImageMetadata before, PixelType type) {
        ImageMetadata after = type.holdsAllOf(before.pixelType()) ? before : before.withOtherValues();
        return after.withPixelType(type).withLabels(before.labels() && type.isInteger());
    }

    @Override
    protected void compute(Block target) throws IOException {
        Block block = image().read(target.interval());
        target.convertFrom(block);
    }

    @Override
    protected Optional<ImageSource> on(ImageSource level) {
        return Optional.of(of(level, metadata().pixelType()));
    }

    /** Means of what was rounded and clamped are others than rounded and clamped means. */
    @Override
    public boolean levelsAreDownsampled() {
        return false;
    }
}
