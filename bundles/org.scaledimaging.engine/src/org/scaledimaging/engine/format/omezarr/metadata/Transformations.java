package org.scaledimaging.engine.format.omezarr.metadata;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.Arrays;
import org.scaledimaging.engine.message.ImageFormatException;
import org.scaledimaging.engine.zarr.store.Json;

/** Coordinate transformations of OME-NGFF, one after the other: scales and translations, which come down to one of each. */
final class Transformations {
    private static final int MOST_STEPS = 100;

    private final String file;
    private final double[] scale;
    private final double[] translation;

    /** The identity. */
    Transformations(String file, int axes) {
        this.file = file;
        this.scale = new double[axes];
        this.translation = new double[axes];
        Arrays.fill(scale, 1);
    }

    /** The size of a voxel along each axis. */
    double[] scale() {
        return scale;
    }

    /** Where the centre of the first voxel is along each axis. */
    double[] translation() {
        return translation;
    }

    /** Appends a list of transformations. */
    void append(JsonNode transformations) throws ImageFormatException {
        Json.bounded(transformations, MOST_STEPS, "coordinate transformations", file);
        for (JsonNode step : transformations) {
            String type = step.path("type").asText();
            JsonNode values = step.path(type);
            if (type.equals("identity")) {
                continue;
            }
            if (!type.equals("scale") && !type.equals("translation")) {
                throw new ImageFormatException(
                        file, "a coordinate transformation of type \"" + type + "\"", "scale, translation or identity");
            }
            if (!values.isArray() || values.size() != scale.length) {
                throw new ImageFormatException(
                        file, "a " + type + " of " + Json.brief(values), "a list of " + scale.length + " numbers");
            }
            for (int d = 0; d < scale.length; d++) {
                if (!values.path(d).isNumber()) {
                    throw new ImageFormatException(file, Json.brief(values.path(d)) + " in a " + type, "numbers");
                }
                double value = values.path(d).asDouble();
                if (type.equals("scale")) {
                    scale[d] *= value;
                    translation[d] *= value;
                } else {
                    translation[d] += value;
                }
            }
        }
    }
}
