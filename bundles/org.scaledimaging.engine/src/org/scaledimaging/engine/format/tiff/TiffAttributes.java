package org.scaledimaging.engine.format.tiff;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.type.TypeReference;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.MissingNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.scaledimaging.engine.format.TiffWriteOptions;
import org.scaledimaging.engine.format.attributes.FrameJson;
import org.scaledimaging.engine.format.attributes.HeaderJson;
import org.scaledimaging.engine.format.attributes.OwnAttributes;
import org.scaledimaging.engine.image.Axis;
import org.scaledimaging.engine.image.Dimension;
import org.scaledimaging.engine.image.ImageMetadata;
import org.scaledimaging.engine.message.ImageFormatException;

/**
 * Attributes that OME-XML has no place for: ours, as JSON in an annotation. They count as long as the axes have the
 * lengths that they were written with, for other programs keep annotations with images that they cut.
 */
public final class TiffAttributes {
    private static final String AXES = "axes";
    private static final String LENGTH = "length";
    private static final String ORIGIN = "origin";
    private static final String SIZE = "voxel_size";
    private static final String UNIT = "unit";
    private static final String LABELS = "labels";
    private static final String LEVELS = "levels";
    private static final String MEANS = "mean";
    private static final String OMERO = "omero";
    private static final ObjectMapper MAPPER = new ObjectMapper();
    private static final TypeReference<Map<String, Object>> RECIPE = new TypeReference<>() {};

    /** Of an image that says nothing of the sort. */
    static final TiffAttributes NONE = new TiffAttributes(MissingNode.getInstance());

    private final JsonNode json;

    private TiffAttributes(JsonNode json) {
        this.json = json;
    }

    /** @param recipe that the image was made by */
    public static String write(ImageMetadata image, Optional<ObjectNode> recipe, TiffWriteOptions options) {
        ObjectNode own = OwnAttributes.write(image);
        ObjectNode axes = own.putObject(AXES);
        for (Dimension dimension : image.dimensions()) {
            axes.putObject(dimension.axis().symbol())
                    .put(LENGTH, dimension.length())
                    .put(SIZE, dimension.voxelSize())
                    .put(UNIT, dimension.unit())
                    .put(ORIGIN, dimension.origin());
        }
        own.put(LABELS, image.labels());
        own.put(LEVELS, image.labels() ? "mode" : MEANS);
        image.omero().ifPresent(shown -> own.set(OMERO, shown));
        recipe.ifPresent(known -> own.set(OwnAttributes.RECIPE, known));
        OwnAttributes.writeRounding(own, options.compression(), image.pixelType());
        return own.toString();
    }

    /** @param text as {@link #write} gave it; anything else, or none, says nothing */
    static TiffAttributes read(Optional<String> text) {
        try {
            return text.isPresent() ? new TiffAttributes(MAPPER.readTree(text.get())) : NONE;
        } catch (JsonProcessingException e) {
            return NONE; // somebody else's annotation
        }
    }

    /** The recipe that the image was made by; empty where there is none. */
    Map<String, Object> recipe() {
        JsonNode recipe = json.path(OwnAttributes.RECIPE);
        return recipe.isObject() ? MAPPER.convertValue(recipe, RECIPE) : Map.of();
    }

    /**
     * The metadata of a level, whose voxels we know the place of: they are made of blocks of two by two of the level before.
     *
     * @param number of the level, from 1
     * @param guessed what is right where nothing is said
     */
    ImageMetadata level(ImageMetadata finest, int number, ImageMetadata guessed) {
        if (!json.path(LEVELS).isTextual() || !fits(finest)) {
            return guessed;
        }
        ImageMetadata level = finest;
        for (int i = 0; i < number; i++) {
            int[] factors = new int[level.dimensions().size()];
            for (int d = 0; d < factors.length; d++) {
                Dimension dimension = level.dimensions().get(d);
                boolean inPlane = dimension.axis() == Axis.Y || dimension.axis() == Axis.X;
                factors[d] = inPlane && dimension.length() > 1 ? 2 : 1;
            }
            level = level.downsampled(factors);
        }
        return Arrays.equals(level.shape(), guessed.shape()) ? level : guessed;
    }

    private boolean fits(ImageMetadata image) {
        for (Dimension dimension : image.dimensions()) {
            JsonNode length = json.path(AXES).path(dimension.axis().symbol()).path(LENGTH);
            if (!length.isNumber() || length.asLong() != dimension.length()) {
                return false;
            }
        }
        return true;
    }

    /** The metadata with what is said besides. */
    ImageMetadata complete(ImageMetadata image, Object file) throws ImageFormatException {
        if (!fits(image)) {
            return image;
        }
        List<Dimension> dimensions = new ArrayList<>();
        for (Axis axis : List.of(Axis.T, Axis.C, Axis.Z, Axis.Y, Axis.X)) {
            JsonNode said = json.path(AXES).path(axis.symbol());
            int d = image.indexOf(axis);
            if (d >= 0 || said.path(LENGTH).asLong() == 1) { // an axis of one plane, of which pages tell nothing
                double size = said.path(SIZE).asDouble(1);
                Dimension dimension = d >= 0
                        ? image.dimensions().get(d)
                        : new Dimension(
                                axis, 1, size > 0 ? size : 1, said.path(UNIT).asText(), 0);
                dimensions.add(new Dimension(
                        axis,
                        dimension.length(),
                        dimension.voxelSize(),
                        dimension.unit(),
                        said.path(ORIGIN).asDouble(0)));
            }
        }
        ImageMetadata placed =
                image.withDimensions(dimensions).withLabels(json.path(LABELS).asBoolean());
        if (json.path(OMERO).isObject()) {
            placed = placed.withChannels(placed.channelNames(), Optional.of(json.path(OMERO)));
        }
        JsonNode none = MissingNode.getInstance();
        placed = placed.withFrame(
                FrameJson.read(json.path(OwnAttributes.FRAME), none, none, placed, String.valueOf(file)));
        return HeaderJson.read(json.path(HeaderJson.KEY), placed);
    }
}
