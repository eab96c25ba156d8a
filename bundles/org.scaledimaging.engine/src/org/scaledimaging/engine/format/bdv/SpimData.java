package org.scaledimaging.engine.format.bdv;

import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import javax.xml.stream.XMLStreamException;
import javax.xml.stream.XMLStreamReader;
import org.scaledimaging.engine.image.Affine;
import org.scaledimaging.engine.message.ImageFormatException;
import org.scaledimaging.engine.xml.Xml;

/**
 * The content of an XML of BigDataViewer.
 *
 * @param loader the format that voxels are in, as in {@code bdv.hdf5}
 * @param container the name of the file or folder that has them, relative to the XML; empty where there is none
 * @param setups by their number
 * @param channels names by number
 * @param times the numbers of time points, ascending
 * @param missing how many views of a setup at a time point it says are missing
 * @param affines from voxels (x, y, z) to the world, by time point and setup
 */
record SpimData(
        String loader,
        String container,
        Map<Integer, Setup> setups,
        Map<Integer, String> channels,
        List<Integer> times,
        int missing,
        Map<View, Affine> affines) {
    private static final long MOST_BYTES = 256 << 20;
    private static final int MOST_TIMES = 1 << 20;
    private static final int START = 2048;

    /** A setup at a time point. */
    record View(int time, int setup) {}

    /**
     * A camera, an angle, a channel: what gives one volume per time point.
     *
     * @param size lengths along x, y and z, as they are written; empty where they are not
     * @param voxelSize along x, y and z; empty where it is not said
     * @param attributes numbers by name, as channel, angle, tile, illumination
     */
    record Setup(
            int id,
            String name,
            String size,
            Optional<double[]> voxelSize,
            String unit,
            Map<String, Integer> attributes) {}

    /** Whether a file is one. */
    static boolean recognises(Path file) throws IOException {
        if (!Files.isRegularFile(file)) {
            return false;
        }
        try (InputStream in = Files.newInputStream(file)) {
            String start = new String(in.readNBytes(START), StandardCharsets.UTF_8);
            return start.stripLeading().startsWith("<") && start.contains("<SpimData");
        }
    }

    static SpimData read(Path file) throws IOException {
        if (Files.size(file) > MOST_BYTES) {
            throw new ImageFormatException(file, "XML of " + Files.size(file) + " bytes", "at most " + MOST_BYTES);
        }
        try (InputStream in = Files.newInputStream(file)) { // as text, since bytes that are none the JDK would report
            return new Parser(file, Xml.read(new InputStreamReader(in, StandardCharsets.UTF_8))).parse();
        } catch (XMLStreamException e) {
            throw new ImageFormatException(
                    file,
                    "XML with a mistake in line " + e.getLocation().getLineNumber(),
                    "well-formed XML without document types",
                    e);
        }
    }

    /** Reads it element by element. */
    private static final class Parser {
        private final Path file;
        private final XMLStreamReader xml;
        private final List<String> open = new ArrayList<>();
        private final Map<Integer, Setup> setups = new TreeMap<>();
        private final Map<View, Affine> affines = new HashMap<>();
        private final List<Integer> times = new ArrayList<>();
        private final Map<Integer, String> channels = new TreeMap<>();
        private Map<String, Integer> attributes = new TreeMap<>();
        private Map<String, String> texts = new TreeMap<>();
        private Map<String, String> range = new TreeMap<>();
        private View view = new View(0, 0);
        private String loader = "";
        private String container = "";
        private int missing;

        Parser(Path file, XMLStreamReader xml) {
            this.file = file;
            this.xml = xml;
        }

        SpimData parse() throws XMLStreamException, IOException {
            StringBuilder text = new StringBuilder();
            while (xml.hasNext()) {
                xml.next();
                if (xml.isStartElement()) {
                    open.add(xml.getLocalName());
                    text.setLength(0);
                    start();
                } else if (xml.isCharacters()) {
                    text.append(xml.getText());
                } else if (xml.isEndElement()) {
                    end(text.toString());
                    open.remove(open.size() - 1);
                    text.setLength(0);
                }
            }
            if (loader.isEmpty() || setups.isEmpty()) {
                throw new ImageFormatException(file, "XML without setups and an image loader", "BigDataViewer's");
            }
            List<Integer> known = times.isEmpty()
                    ? List.of(0)
                    : times.stream().distinct().sorted().toList();
            return new SpimData(loader, container, setups, channels, known, missing, affines);
        }

        private void start() throws IOException {
            switch (xml.getLocalName()) {
                case "ImageLoader" -> loader = attribute("format", "");
                case "ViewSetup" -> {
                    attributes = new TreeMap<>();
                    texts = new TreeMap<>();
                }
                case "Channel" -> texts = new TreeMap<>();
                case "Timepoints" -> range = new TreeMap<>();
                case "MissingView" -> missing++;
                case "ViewRegistration" ->
                    view = new View(number(attribute("timepoint", "0")), number(attribute("setup", "0")));
                default -> {}
            }
        }

        private String attribute(String name, String otherwise) {
            String value = xml.getAttributeValue(null, name);
            return value == null ? otherwise : value;
        }

        private void end(String text) throws IOException {
            String name = open.get(open.size() - 1);
            String parent = open.size() < 2 ? "" : open.get(open.size() - 2);
            switch (parent) {
                case "ImageLoader" -> container = List.of("hdf5", "n5").contains(name) ? text.strip() : container;
                case "ViewSetup", "Channel" -> texts.put(name, text.strip());
                case "voxelSize" -> texts.put("voxelSize/" + name, text.strip());
                case "attributes" -> attributes.put(name, number(text));
                case "Timepoints" -> range.put(name, text.strip());
                case "ViewTransform" -> {
                    if (name.equals("affine")) {
                        Affine own = affine(text);
                        affines.merge(view, own, Parser::product); // those listed first are applied last
                    }
                }
                default -> {}
            }
            if (name.equals("ViewSetup")) {
                addSetup();
            } else if (name.equals("Channel")) {
                channels.put(number(texts.getOrDefault("id", "")), texts.getOrDefault("name", ""));
            } else if (name.equals("Timepoints")) {
                addTimes();
            }
        }

        private void addSetup() throws IOException {
            int id = number(texts.getOrDefault("id", ""));
            Optional<double[]> size = Optional.empty();
            if (texts.containsKey("voxelSize/size")) {
                size = Optional.of(numbers(texts.get("voxelSize/size"), 3));
            }
            setups.put(
                    id,
                    new Setup(
                            id,
                            texts.getOrDefault("name", ""),
                            texts.getOrDefault("size", ""),
                            size,
                            texts.getOrDefault("voxelSize/unit", ""),
                            attributes));
        }

        /** A range, a list, or a pattern as in {@code 0-4,7,10-20:5}. */
        private void addTimes() throws IOException {
            String pattern = range.getOrDefault("integerpattern", "");
            if (range.containsKey("first") && range.containsKey("last")) {
                pattern = range.get("first") + "-" + range.get("last");
            }
            for (String part : pattern.isBlank() ? new String[0] : pattern.split(",")) {
                String[] ends = part.strip().split("[-:]");
                int first = number(ends[0]);
                int last = ends.length > 1 ? number(ends[1]) : first;
                int step = ends.length > 2 ? number(ends[2]) : 1;
                if (last < first || step < 1 || (last - first) / step >= MOST_TIMES) {
                    throw new ImageFormatException(file, "the time points " + pattern, "a range of numbers");
                }
                for (int time = first; time <= last; time += step) {
                    times.add(time);
                }
            }
        }

        private Affine affine(String text) throws IOException {
            return Affine.of(numbers(text, 12));
        }

        private static Affine product(Affine first, Affine second) {
            double[] result = new double[12];
            for (int row = 0; row < 3; row++) {
                for (int column = 0; column < 4; column++) {
                    double sum = column == 3 ? first.get(row, 3) : 0;
                    for (int i = 0; i < 3; i++) {
                        sum += first.get(row, i) * second.get(i, column);
                    }
                    result[4 * row + column] = sum;
                }
            }
            return Affine.of(result);
        }

        private double[] numbers(String text, int count) throws IOException {
            String[] words = text.strip().split("\\s+");
            double[] numbers = new double[words.length];
            try {
                for (int i = 0; i < words.length; i++) {
                    numbers[i] = Double.parseDouble(words[i]);
                }
            } catch (NumberFormatException e) {
                numbers = new double[0];
            }
            if (numbers.length != count) {
                throw new ImageFormatException(file, "\"" + text.strip() + "\"", count + " numbers");
            }
            return numbers;
        }

        private int number(String text) throws IOException {
            if (!text.strip().matches("[0-9]{1,9}")) {
                throw new ImageFormatException(file, "\"" + text.strip() + "\"", "a whole number");
            }
            return Integer.parseInt(text.strip());
        }
    }
}
