package org.scaledimaging.engine.format.attributes;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import org.scaledimaging.engine.block.PixelType;
import org.scaledimaging.engine.format.Compression;
import org.scaledimaging.engine.image.ImageMetadata;

/** Our attributes of an image, in whatever format has room for JSON. */
public final class OwnAttributes {
    /** What they stand under. */
    public static final String KEY = "scaled-imaging";

    /** The transforms of a NIfTI file, among them. */
    public static final String FRAME = "nifti";

    /** Where the image comes from, among them: a recipe. */
    public static final String RECIPE = "recipe";

    /** What values lost when they were written, among them; not there where they lost nothing. */
    private static final String ROUNDING = "rounding";

    private OwnAttributes() {}

    /** Those that any format has. */
    public static ObjectNode write(ImageMetadata image) {
        ObjectNode own = JsonNodeFactory.instance.objectNode();
        own.put("version", 1);
        image.frame().ifPresent(frame -> own.set(FRAME, FrameJson.write(frame, image)));
        HeaderJson.write(image).ifPresent(header -> own.set(HeaderJson.KEY, header));
        return own;
    }

    /** Adds what values of a type lose, if anything. */
    public static void writeRounding(ObjectNode own, Compression compression, PixelType type) {
        compression
                .rounding()
                .filter(lossy -> lossy.greatestRelativeError(type) > 0)
                .ifPresent(lossy -> own.putObject(ROUNDING)
                        .put("keep_bits", lossy.keepBits())
                        .put("greatest_relative_error", lossy.greatestRelativeError(type)));
    }
}
