package org.scaledimaging.knime.port;

import java.io.DataInput;
import java.io.DataOutput;
import java.io.IOException;
import java.util.Arrays;
import org.knime.core.data.filestore.FileStore;

/**
 * An image as tables keep it, without its file store.
 *
 * @param recipe JSON; goes with the folder of the file store, if there is one
 * @param thumbnail a PNG file; empty where none was made
 */
public record ImageContent(ScaledImagePortObjectSpec spec, String recipe, byte[] thumbnail) {

    /** Of an image on a port, without a thumbnail. */
    public static ImageContent of(ScaledImagePortObject image) {
        return new ImageContent(image.getSpec(), image.recipe(), new byte[0]);
    }

    /** The same with a thumbnail. */
    public ImageContent withThumbnail(byte[] png) {
        return new ImageContent(spec, recipe, png);
    }

    /** The image on a port again. */
    public ScaledImagePortObject image(FileStore... store) {
        return ScaledImagePortObject.of(spec, recipe, Arrays.stream(store).findFirst());
    }

    /** Metadata ({@link MetadataBytes}), the recipe and the thumbnail, each of these a number of bytes and the bytes. */
    public void write(DataOutput out) throws IOException {
        MetadataBytes.write(spec.metadata(), out);
        MetadataBytes.text(recipe, out);
        out.writeInt(thumbnail.length);
        out.write(thumbnail);
    }

    /** What was written. */
    public static ImageContent read(DataInput in) throws IOException {
        ScaledImagePortObjectSpec spec = ScaledImagePortObjectSpec.of(MetadataBytes.read(in));
        String recipe = MetadataBytes.text(in);
        byte[] thumbnail = new byte[MetadataBytes.count(in)];
        in.readFully(thumbnail);
        return new ImageContent(spec, recipe, thumbnail);
    }

    /** The same image; a thumbnail is a picture of it. */
    @Override
    public boolean equals(Object other) {
        return other instanceof ImageContent that && spec.equals(that.spec) && recipe.equals(that.recipe);
    }

    @Override
    public int hashCode() {
        return recipe.hashCode();
    }
}
