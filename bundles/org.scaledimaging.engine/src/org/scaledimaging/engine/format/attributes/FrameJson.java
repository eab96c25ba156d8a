package org.scaledimaging.engine.format.attributes;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.Optional;
import org.scaledimaging.engine.image.Affine;
import org.scaledimaging.engine.image.Axis;
import org.scaledimaging.engine.image.Dimension;
import org.scaledimaging.engine.image.ImageMetadata;
import org.scaledimaging.engine.image.WorldFrame;
import org.scaledimaging.engine.message.ImageFormatException;

/**
 * The place of an image in the world as JSON: the transforms of a NIfTI file in full among our own attributes; the
 * anatomical direction of each spatial axis as OME-NGFF's RFC 4 has it; read also as ZarrNii's {@code xyz_orientation}.
 */
public final class FrameJson {
    private static final String LETTERS = "RLAPSI";
    private static final double ROUNDING = 1e-6;
    private static final String[] DIRECTIONS = {
        "left-to-right", "right-to-left",
        "posterior-to-anterior", "anterior-to-posterior",
        "inferior-to-superior", "superior-to-inferior"
    };

    private FrameJson() {}

    /** The transforms, and the voxel sizes and origins along x, y and z that they go with. */
    public static ObjectNode write(WorldFrame frame, ImageMetadata metadata) {
        ObjectNode json = JsonNodeFactory.instance.objectNode();
        frame.sform().ifPresent(affine -> {
            json.put("sform_code", frame.sformCode());
            ArrayNode rows = json.putArray("sform");
            for (int row = 0; row < 3; row++) {
                ArrayNode values = rows.addArray();
                for (int column = 0; column < 4; column++) {
                    values.add(affine.get(row, column));
                }
            }
        });
        frame.qform().ifPresent(form -> {
            json.put("qform_code", form.code());
            json.putArray("quatern").add(form.b()).add(form.c()).add(form.d());
            json.put("qfac", form.factor());
            json.putArray("pixdim").add(form.sizeX()).add(form.sizeY()).add(form.sizeZ());
            json.putArray("qoffset").add(form.offsetX()).add(form.offsetY()).add(form.offsetZ());
        });
        ArrayNode sizes = json.putArray("voxel_size");
        ArrayNode origins = json.putArray("origin");
        for (int column = 0; column < 3; column++) {
            int index = metadata.indexOf(Axis.values()[Axis.X.ordinal() - column]);
            sizes.add(index < 0 ? 0 : metadata.dimensions().get(index).voxelSize());
            origins.add(index < 0 ? 0 : metadata.dimensions().get(index).origin());
        }
        return json;
    }

    /** The direction in which an axis increases, in RFC 4's words. */
    public static String direction(WorldFrame frame, Axis axis) {
        String letter = frame.affine().direction(Axis.X.ordinal() - axis.ordinal());
        return DIRECTIONS[LETTERS.indexOf(letter)];
    }

    /** The frame that metadata tell of, if any; see the class comment. */
    public static Optional<WorldFrame> read(
            JsonNode own, JsonNode multiscale, JsonNode attributes, ImageMetadata metadata, String file)
            throws ImageFormatException {
        if (own.isObject()) {
            WorldFrame frame = own(own, file);
            Affine affine = frame.affine();
            double[] sizes = own.has("voxel_size")
                    ? numbers(own.path("voxel_size"), 3, "voxel_size", file)
                    : new double[] {affine.voxelSize(0), affine.voxelSize(1), affine.voxelSize(2)};
            double[] origins = own.has("origin")
                    ? numbers(own.path("origin"), 3, "origin", file)
                    : new double[] {affine.originAlong(0), affine.originAlong(1), affine.originAlong(2)};
            return Optional.of(resampled(frame, sizes, origins, metadata));
        }
        String[] letters = new String[3]; // x, y, z
        for (int d = 0; d < metadata.dimensions().size(); d++) {
            Axis axis = metadata.dimensions().get(d).axis();
            String value = multiscale
                    .path("axes")
                    .path(d)
                    .path("orientation")
                    .path("value")
                    .asText();
            for (int i = 0; i < DIRECTIONS.length && axis.isSpatial(); i++) {
                if (DIRECTIONS[i].equals(value)) {
                    letters[Axis.X.ordinal() - axis.ordinal()] = LETTERS.substring(i, i + 1);
                }
            }
        }
        String xyz = attributes.path("xyz_orientation").asText("");
        String zyx = attributes.path("orientation").asText("");
        for (int i = 0; i < 3; i++) {
            if (xyz.length() == 3) {
                letters[i] = letters[i] == null ? xyz.substring(i, i + 1) : letters[i];
            } else if (zyx.length() == 3) {
                letters[i] = letters[i] == null ? zyx.substring(2 - i, 3 - i) : letters[i];
            }
        }
        return alongAxes(letters, metadata);
    }

    /** The frame of an image whose axes run along the world's. */
    private static Optional<WorldFrame> alongAxes(String[] letters, ImageMetadata metadata) {
        double[] matrix = new double[12];
        boolean[] rowTaken = new boolean[3];
        for (int column = 0; column < 3; column++) {
            int code = letters[column] == null ? -1 : LETTERS.indexOf(letters[column]);
            int index = metadata.indexOf(Axis.values()[Axis.X.ordinal() - column]);
            if (code < 0 || index < 0 || rowTaken[code / 2]) {
                return Optional.empty();
            }
            int row = code / 2;
            rowTaken[row] = true;
            double sign = code % 2 == 0 ? 1 : -1;
            Dimension dimension = metadata.dimensions().get(index);
            matrix[4 * row + column] = sign * dimension.voxelSize();
            matrix[4 * row + 3] = sign * dimension.origin();
        }
        return Optional.of(WorldFrame.of(Affine.of(matrix)));
    }

    /**
     * Our attribute speaks of voxels of certain sizes from certain origins on, those of the full resolution. Coarser
     * levels, and what others made of the image, are sampled anew, by their scale and translation.
     */
    private static WorldFrame resampled(WorldFrame full, double[] sizes, double[] origins, ImageMetadata level) {
        double[] scale = {1, 1, 1};
        double[] shift = {0, 0, 0};
        for (int column = 0; column < 3; column++) {
            int index = level.indexOf(Axis.values()[Axis.X.ordinal() - column]);
            if (index >= 0 && sizes[column] > 0) {
                Dimension dimension = level.dimensions().get(index);
                scale[column] = unrounded(dimension.voxelSize() / sizes[column]);
                shift[column] = unrounded((dimension.origin() - origins[column]) / sizes[column]);
            }
        }
        return full.resampled(scale, shift);
    }

    /** The number of halves that a ratio was meant to be, where it is one but for rounding. */
    private static double unrounded(double ratio) {
        double halves = Math.rint(2 * ratio) / 2;
        return Math.abs(ratio - halves) < ROUNDING * Math.max(1, Math.abs(halves)) ? halves : ratio;
    }

    private static WorldFrame own(JsonNode own, String file) throws ImageFormatException {
        Optional<Affine> sform = Optional.empty();
        if (own.has("sform")) {
            double[] matrix = new double[12];
            for (int row = 0; row < 3; row++) {
                double[] values = numbers(own.path("sform").path(row), 4, "sform", file);
                System.arraycopy(values, 0, matrix, 4 * row, 4);
            }
            sform = Optional.of(Affine.of(matrix));
        }
        Optional<WorldFrame.QForm> qform = Optional.empty();
        if (own.has("quatern")) {
            double[] quatern = numbers(own.path("quatern"), 3, "quatern", file);
            double[] size = numbers(own.path("pixdim"), 3, "pixdim", file);
            double[] offset = numbers(own.path("qoffset"), 3, "qoffset", file);
            qform = Optional.of(new WorldFrame.QForm(
                    own.path("qform_code").asInt(1),
                    quatern[0],
                    quatern[1],
                    quatern[2],
                    own.path("qfac").asDouble(1),
                    size[0],
                    size[1],
                    size[2],
                    offset[0],
                    offset[1],
                    offset[2]));
        }
        if (sform.isEmpty() && qform.isEmpty()) {
            throw new ImageFormatException(file, "nifti attributes without sform or qform", "one of them");
        }
        return new WorldFrame(sform, own.path("sform_code").asInt(0), qform);
    }

    private static double[] numbers(JsonNode list, int count, String name, String file) throws ImageFormatException {
        double[] numbers = new double[count];
        for (int i = 0; i < count; i++) {
            if (list.size() != count || !list.path(i).isNumber()) {
                throw new ImageFormatException(file, list + " as " + name, count + " numbers");
            }
            numbers[i] = list.path(i).asDouble();
        }
        return numbers;
    }
}
