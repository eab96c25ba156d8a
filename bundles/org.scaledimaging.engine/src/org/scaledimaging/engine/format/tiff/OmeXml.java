package org.scaledimaging.engine.format.tiff;

import java.io.StringReader;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import javax.xml.stream.XMLStreamConstants;
import javax.xml.stream.XMLStreamException;
import javax.xml.stream.XMLStreamReader;
import org.scaledimaging.engine.format.attributes.OwnAttributes;
import org.scaledimaging.engine.format.tiff.stack.Scale;
import org.scaledimaging.engine.message.ImageFormatException;
import org.scaledimaging.engine.xml.Xml;

/**
 * The OME-XML of an OME-TIFF about one image (OME model of 2016-06 and before).
 *
 * @param name of the image, or empty
 * @param uuid of the file that says so, or empty
 * @param order {@code XY} and the order of Z, C and T, fastest varying first
 * @param sizeC samples of all channels
 * @param channelColours as 0xRRGGBB, one each for the channels that are described; none where the file has none or black
 * @param channelSamples samples per channel, one each for the channels that are described
 */
record OmeXml(
        String name,
        String uuid,
        String order,
        long sizeX,
        long sizeY,
        long sizeZ,
        long sizeC,
        long sizeT,
        Scale t,
        Scale z,
        Scale y,
        Scale x,
        List<String> channelNames,
        List<Optional<Integer>> channelColours,
        List<Long> channelSamples,
        List<TiffData> data) {
    private static final List<String> ORDERS = List.of("XYZCT", "XYZTC", "XYCTZ", "XYCZT", "XYTCZ", "XYTZC");

    /**
     * Planes that follow one another in a file.
     *
     * @param directory the first one's, counted in the file; −1 where not given
     * @param planes how many; −1 where not given
     * @param uuid of the file, or empty
     * @param fileName or empty for the file that says so
     */
    record TiffData(long firstZ, long firstC, long firstT, long directory, long planes, String uuid, String fileName) {}

    static boolean recognises(String description) {
        return description.contains("<OME") || description.contains("<ome:OME") || description.contains("<OME:OME");
    }

    /** Document types, hence entities, are refused; nothing else is ever fetched. */
    static OmeDocument parse(Object file, String text) throws ImageFormatException {
        try {
            XMLStreamReader xml = Xml.read(new StringReader(text.strip()));
            return new Parser(file, xml).parse();
        } catch (XMLStreamException e) {
            throw new ImageFormatException(file, "OME-XML that cannot be read", "well-formed XML", e);
        }
    }

    /** One pass over the elements. Goes by their local names, since namespaces have versions. */
    private static final class Parser {
        private final Object file;
        private final XMLStreamReader xml;

        private String uuid = "";
        private Optional<String> metadataFile = Optional.empty();
        private boolean inOwn;
        private Optional<String> own = Optional.empty();
        private final List<OmeXml> images = new ArrayList<>();
        private String image = "";
        private List<String> names = new ArrayList<>();
        private List<Optional<Integer>> colours = new ArrayList<>();
        private List<Long> samples = new ArrayList<>();
        private List<TiffData> data = new ArrayList<>();

        Parser(Object file, XMLStreamReader xml) {
            this.file = file;
            this.xml = xml;
        }

        OmeDocument parse() throws XMLStreamException, ImageFormatException {
            boolean inPixels = false;
            while (xml.hasNext()) {
                int event = xml.next();
                if (event == XMLStreamConstants.DTD || event == XMLStreamConstants.ENTITY_REFERENCE) {
                    throw new ImageFormatException(file, "OME-XML with a document type or entities", "none");
                } else if (event == XMLStreamConstants.START_ELEMENT) {
                    String name = xml.getLocalName();
                    if (name.equals("Pixels")) {
                        names = new ArrayList<>();
                        colours = new ArrayList<>();
                        samples = new ArrayList<>();
                        data = new ArrayList<>();
                        images.add(pixels());
                        inPixels = true;
                    } else if (inPixels) {
                        inPixels(name);
                    } else {
                        outside(name);
                    }
                } else if (event == XMLStreamConstants.END_ELEMENT
                        && xml.getLocalName().equals("Pixels")) {
                    inPixels = false;
                }
            }
            if (images.isEmpty() && metadataFile.isEmpty()) {
                throw new ImageFormatException(file, "OME-XML without Pixels", "that of an image");
            }
            return new OmeDocument(images, metadataFile, TiffAttributes.read(own));
        }

        private void outside(String name) throws XMLStreamException {
            if (name.equals("OME")) {
                uuid = text("UUID", "");
            } else if (name.equals("Image")) {
                image = text("Name", "");
            } else if (name.equals("BinaryOnly")) {
                metadataFile = Optional.of(text("MetadataFile", ""));
            } else if (name.endsWith("Annotation")) {
                inOwn = text("Namespace", "").equals(OwnAttributes.KEY);
            } else if (name.equals("Value") && inOwn) {
                own = Optional.of(xml.getElementText());
                inOwn = false;
            }
        }

        private void inPixels(String name) throws XMLStreamException, ImageFormatException {
            switch (name) {
                case "Channel" -> {
                    names.add(text("Name", ""));
                    colours.add(colour(text("Color", "")));
                    samples.add(number("SamplesPerPixel", 1));
                }
                case "TiffData" ->
                    data.add(new TiffData(
                            number("FirstZ", 0),
                            number("FirstC", 0),
                            number("FirstT", 0),
                            number("IFD", -1),
                            number("PlaneCount", -1),
                            "",
                            ""));
                case "UUID" -> {
                    if (!data.isEmpty()) {
                        String fileName = text("FileName", "");
                        TiffData last = data.remove(data.size() - 1);
                        data.add(new TiffData(
                                last.firstZ,
                                last.firstC,
                                last.firstT,
                                last.directory,
                                last.planes,
                                xml.getElementText().strip(),
                                fileName));
                    }
                }
                default -> {}
            }
        }

        /** Its lists are filled by what is inside. */
        private OmeXml pixels() throws ImageFormatException {
            String order = text("DimensionOrder", "XYZCT");
            if (!ORDERS.contains(order)) {
                throw new ImageFormatException(file, "the DimensionOrder \"" + order + "\"", "one of " + ORDERS);
            }
            return new OmeXml(
                    image,
                    uuid,
                    order,
                    number("SizeX", 0),
                    number("SizeY", 0),
                    number("SizeZ", 1),
                    number("SizeC", 1),
                    number("SizeT", 1),
                    scale("TimeIncrement", "s"),
                    scale("PhysicalSizeZ", "\u00b5m"),
                    scale("PhysicalSizeY", "\u00b5m"),
                    scale("PhysicalSizeX", "\u00b5m"),
                    names,
                    colours,
                    samples,
                    data);
        }

        /** Red, green, blue and alpha in the bytes of a number of 32 bits, with a sign or without. */
        private static Optional<Integer> colour(String text) {
            try {
                int colour = (int) (Long.parseLong(text.strip()) >> 8) & 0xffffff;
                return colour == 0 ? Optional.empty() : Optional.of(colour);
            } catch (NumberFormatException e) {
                return Optional.empty();
            }
        }

        private Scale scale(String attribute, String unit) {
            String number = text(attribute, "NaN").replaceFirst("^([0-9]+),([0-9]+)$", "$1.$2"); // of some countries
            try {
                return Scale.of(Double.parseDouble(number), text(attribute + "Unit", unit));
            } catch (NumberFormatException e) {
                return Scale.UNKNOWN;
            }
        }

        private long number(String attribute, long otherwise) throws ImageFormatException {
            String text = text(attribute, "").strip();
            if (text.isEmpty()) {
                return otherwise;
            }
            if (!text.matches("[0-9]{1,10}")) {
                throw new ImageFormatException(file, attribute + "=\"" + text + "\"", "a whole number");
            }
            return Long.parseLong(text);
        }

        private String text(String attribute, String otherwise) {
            if (!xml.isStartElement()) {
                return otherwise;
            }
            String value = xml.getAttributeValue(null, attribute);
            return value == null ? otherwise : value;
        }
    }
}
