package org.scaledimaging.engine.format.tiff.write;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.MissingNode;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import org.scaledimaging.engine.block.PixelType;
import org.scaledimaging.engine.format.attributes.OwnAttributes;
import org.scaledimaging.engine.image.Axis;
import org.scaledimaging.engine.image.Dimension;
import org.scaledimaging.engine.image.ImageMetadata;
import org.scaledimaging.engine.image.PhysicalUnit;

/** The OME-XML of an image in one file (OME model of 2016-06), in ASCII, as TIFF wants texts. */
final class OmeXmlText {
    private static final String NAMESPACE = "http://www.openmicroscopy.org/Schemas/OME/2016-06";
    private static final List<Axis> AXES = List.of(Axis.X, Axis.Y, Axis.Z, Axis.C, Axis.T);

    private final StringBuilder text = new StringBuilder();

    private OmeXmlText() {}

    /** @param attributes kept in an annotation */
    static String of(ImageMetadata image, String attributes) {
        OmeXmlText xml = new OmeXmlText();
        xml.write(image, attributes);
        return xml.text.toString();
    }

    /** The model's name of a type, which has no integers of 64 bits. */
    static Optional<String> type(PixelType type) {
        return switch (type) {
            case FLOAT32 -> Optional.of("float");
            case FLOAT64 -> Optional.of("double");
            case INT64, UINT64 -> Optional.empty();
            default -> Optional.of(type.label());
        };
    }

    private void write(ImageMetadata image, String attributes) {
        text.append("<?xml version=\"1.0\" encoding=\"UTF-8\"?>");
        text.append("<OME xmlns=\"").append(NAMESPACE).append("\"");
        attribute("xmlns:xsi", "http://www.w3.org/2001/XMLSchema-instance");
        attribute("xsi:schemaLocation", NAMESPACE + " " + NAMESPACE + "/ome.xsd");
        attribute("Creator", "Scaled Imaging");
        text.append("><Image ID=\"Image:0\"");
        attribute("Name", image.name());
        boolean rgb = TiffLayout.isRgb(image);
        text.append("><Pixels ID=\"Pixels:0\"");
        attribute("DimensionOrder", rgb ? "XYCZT" : "XYZCT");
        attribute("Type", type(image.pixelType()).orElseThrow());
        attribute("SignificantBits", String.valueOf(8 * image.pixelType().bytes()));
        attribute("Interleaved", String.valueOf(rgb));
        text.append(" BigEndian=\"false\"");
        for (Axis axis : AXES) {
            attribute("Size" + axis.symbol().toUpperCase(Locale.ROOT), String.valueOf(image.length(axis)));
        }
        for (Axis axis : List.of(Axis.X, Axis.Y, Axis.Z)) {
            scale(image, axis, "PhysicalSize" + axis.symbol().toUpperCase(Locale.ROOT));
        }
        scale(image, Axis.T, "TimeIncrement");
        text.append('>');
        if (rgb) {
            text.append("<Channel ID=\"Channel:0:0\"");
            attribute("SamplesPerPixel", String.valueOf(image.length(Axis.C)));
            text.append("/>");
        } else {
            channels(image);
        }
        long planes = image.length(Axis.Z) * (rgb ? 1 : image.length(Axis.C)) * image.length(Axis.T);
        text.append("<TiffData IFD=\"0\" PlaneCount=\"").append(planes).append("\"/></Pixels>");
        text.append("<AnnotationRef ID=\"Annotation:0\"/></Image><StructuredAnnotations>");
        text.append("<CommentAnnotation ID=\"Annotation:0\"");
        attribute("Namespace", OwnAttributes.KEY);
        text.append("><Value>");
        escaped(attributes, false);
        text.append("</Value></CommentAnnotation></StructuredAnnotations></OME>");
    }

    /** Nothing where no unit and no distance is known; a distance without a unit is one of pixels, or nothing for times. */
    private void scale(ImageMetadata image, Axis axis, String name) {
        int d = image.indexOf(axis);
        if (d < 0) {
            return;
        }
        Dimension dimension = image.dimensions().get(d);
        String unit = PhysicalUnit.symbol(dimension.unit()).orElse("");
        boolean isPixels = unit.isEmpty() && axis.isSpatial() && dimension.voxelSize() != 1;
        if (isPixels || !unit.isEmpty()) {
            attribute(name, String.valueOf(dimension.voxelSize()));
            attribute(name + "Unit", isPixels ? "pixel" : unit);
        }
    }

    private void channels(ImageMetadata image) {
        JsonNode shown = image.omero().map(omero -> omero.path("channels")).orElse(MissingNode.getInstance());
        long count = image.length(Axis.C);
        for (int channel = 0; channel < count; channel++) {
            text.append("<Channel ID=\"Channel:0:").append(channel).append('"');
            if (!image.channelNames().isEmpty()) {
                attribute("Name", image.channelNames().get(channel));
            }
            text.append(" SamplesPerPixel=\"1\"");
            colour(shown.path(channel).path("color").asText())
                    .ifPresent(colour -> attribute("Color", String.valueOf(colour)));
            text.append("/>");
        }
    }

    /** Red, green, blue and opacity in the bytes of a number with a sign. */
    private static Optional<Integer> colour(String hexadecimal) {
        String digits = hexadecimal.replaceFirst("^#", "");
        return digits.matches("[0-9a-fA-F]{6}([0-9a-fA-F]{2})?")
                ? Optional.of(Integer.parseInt(digits.substring(0, 6), 16) << 8 | 0xFF)
                : Optional.empty();
    }

    private void attribute(String name, String value) {
        text.append(' ').append(name).append("=\"");
        escaped(value, true);
        text.append('"');
    }

    /** What is not ASCII by its number; what XML cannot hold is left out. */
    private void escaped(String value, boolean quoted) {
        value.codePoints().forEach(code -> {
            boolean plain =
                    code >= ' ' && code < 0x7F && code != '<' && code != '>' && code != '&' && !(quoted && code == '"');
            boolean allowed = code >= ' ' && code != 0xFFFE && code != 0xFFFF && (code < 0xD800 || code > 0xDFFF)
                    || code == '\t'
                    || code == '\n'
                    || code == '\r';
            if (plain) {
                text.append((char) code);
            } else if (allowed) {
                text.append("&#").append(code).append(';');
            }
        });
    }
}
