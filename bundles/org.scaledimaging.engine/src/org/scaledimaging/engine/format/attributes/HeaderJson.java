package org.scaledimaging.engine.format.attributes;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.scaledimaging.engine.image.Dimension;
import org.scaledimaging.engine.image.HeaderFields;
import org.scaledimaging.engine.image.ImageMetadata;

/**
 * The fields of a NIfTI header besides its place, among our own attributes, with the lengths of the axes that they go
 * with: an image that others cut out of it does not get what no longer holds.
 */
public final class HeaderJson {
    /** The name among our attributes. */
    public static final String KEY = "nifti_header";

    private static final String SHAPE = "shape";

    private HeaderJson() {}

    /** Nothing where there is nothing to say. */
    public static Optional<ObjectNode> write(ImageMetadata metadata) {
        Optional<ObjectNode> json = metadata.header().map(HeaderFields::json).filter(fields -> !fields.isEmpty());
        json.ifPresent(fields -> {
            ObjectNode shape = fields.putObject(SHAPE);
            for (Dimension dimension : metadata.dimensions()) {
                shape.put(dimension.axis().symbol(), dimension.length());
            }
        });
        return json;
    }

    /** The metadata with what holds of it. */
    public static ImageMetadata read(JsonNode json, ImageMetadata metadata) {
        if (!(json instanceof ObjectNode fields)) {
            return metadata;
        }
        ObjectNode known = fields.deepCopy();
        JsonNode shape = known.path(SHAPE).deepCopy();
        known.remove(SHAPE);
        List<Dimension> before = new ArrayList<>();
        for (Dimension dimension : metadata.dimensions()) {
            long length = shape.path(dimension.axis().symbol()).asLong();
            before.add(length > 0 ? dimension.resampled(length, 1, 0) : dimension);
        }
        ImageMetadata plain = metadata.withChannels(List.of(), metadata.omero());
        return plain.withDimensions(before)
                .withHeader(Optional.of(HeaderFields.of(known)))
                .withDimensions(metadata.dimensions())
                .withChannels(metadata.channelNames(), metadata.omero());
    }
}
