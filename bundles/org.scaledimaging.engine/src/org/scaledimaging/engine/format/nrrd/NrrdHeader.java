package org.scaledimaging.engine.format.nrrd;

import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.scaledimaging.engine.block.PixelType;
import org.scaledimaging.engine.format.raw.TextHeader;
import org.scaledimaging.engine.message.ImageFormatException;

/**
 * The fields of a header.
 *
 * @param fields by name, in lower case, without spaces
 * @param keys what others added
 * @param end where what comes after the header begins, in bytes
 */
record NrrdHeader(Path file, Map<String, String> fields, Map<String, String> keys, long end) {
    private static final Pattern QUOTED = Pattern.compile("\"([^\"]*)\"");
    private static final Pattern VECTOR = Pattern.compile("\\(([^()]*)\\)|(\\S+)");

    static NrrdHeader read(Path file) throws IOException {
        Map<String, String> fields = new HashMap<>();
        Map<String, String> keys = new HashMap<>();
        try (TextHeader lines = new TextHeader(file)) {
            Optional<String> line = lines.line();
            if (line.isEmpty() || !line.get().matches(NrrdFormat.MAGIC + "[1-5]\\s*")) {
                throw new ImageFormatException(
                        file, "a first line " + line.orElse("without text"), "NRRD0001 to NRRD0005");
            }
            for (line = lines.line(); line.isPresent() && !line.get().isEmpty(); line = lines.line()) {
                String text = line.get();
                int key = text.indexOf(":=");
                int field = text.indexOf(": ");
                if (text.startsWith("#")) {
                    continue;
                } else if (key > 0 && (field < 0 || key < field)) {
                    keys.put(text.substring(0, key), text.substring(key + 2));
                } else if (field > 0) {
                    String name = text.substring(0, field).replace(" ", "").toLowerCase(Locale.ROOT);
                    fields.put(name, text.substring(field + 2).trim());
                    if (name.equals("datafile") && text.substring(field + 2).startsWith("LIST")) {
                        break;
                    }
                } else {
                    throw new ImageFormatException(file, "the line " + text, "lines such as dimension: 3");
                }
            }
            return new NrrdHeader(file, fields, keys, lines.position());
        }
    }

    Optional<String> get(String... names) {
        for (String name : names) {
            if (fields.containsKey(name)) {
                return Optional.of(fields.get(name));
            }
        }
        return Optional.empty();
    }

    String need(String name) throws ImageFormatException {
        return get(name)
                .orElseThrow(
                        () -> new ImageFormatException(file, "a header without " + name, "an NRRD header with it"));
    }

    /** A whole number. */
    long whole(long otherwise, String... names) throws ImageFormatException {
        Optional<String> text = get(names);
        return text.isEmpty() ? otherwise : TextHeader.wholes(file, names[0], text.get())[0];
    }

    PixelType type() throws ImageFormatException {
        String name = need("type").toLowerCase(Locale.ROOT).replaceAll("\\s+", " ");
        return switch (name) {
            case "signed char", "int8", "int8_t" -> PixelType.INT8;
            case "uchar", "unsigned char", "uint8", "uint8_t" -> PixelType.UINT8;
            case "short", "short int", "signed short", "signed short int", "int16", "int16_t" -> PixelType.INT16;
            case "ushort", "unsigned short", "unsigned short int", "uint16", "uint16_t" -> PixelType.UINT16;
            case "int", "signed int", "int32", "int32_t" -> PixelType.INT32;
            case "uint", "unsigned int", "uint32", "uint32_t" -> PixelType.UINT32;
            case "longlong",
                    "long long",
                    "long long int",
                    "signed long long",
                    "signed long long int",
                    "int64",
                    "int64_t" -> PixelType.INT64;
            case "ulonglong", "unsigned long long", "unsigned long long int", "uint64", "uint64_t" -> PixelType.UINT64;
            case "float" -> PixelType.FLOAT32;
            case "double" -> PixelType.FLOAT64;
            default ->
                throw new ImageFormatException(
                        file, "voxels of type " + name, "integers of 8 to 64 bits, float or double");
        };
    }

    /** Texts per axis, with or without quotes; empty where the field is missing. */
    List<String> texts(String name, int axes) throws ImageFormatException {
        String text = fields.getOrDefault(name, "");
        List<String> texts = new ArrayList<>();
        Matcher quoted = QUOTED.matcher(text);
        while (quoted.find()) {
            texts.add(quoted.group(1));
        }
        if (texts.isEmpty() && !text.isEmpty()) {
            texts.addAll(List.of(text.split("\\s+")));
        }
        return checked(name, text, texts, axes);
    }

    /** Vectors per axis, nothing for an axis that has none; empty where the field is missing. */
    List<Optional<double[]>> vectors(String name, int axes) throws ImageFormatException {
        String text = fields.getOrDefault(name, "");
        List<Optional<double[]>> vectors = new ArrayList<>();
        Matcher vector = VECTOR.matcher(text);
        while (vector.find()) {
            if (vector.group(1) == null) {
                if (!vector.group(2).equals("none")) {
                    throw new ImageFormatException(file, name + " " + text, "none or vectors such as (1,0,0)");
                }
                vectors.add(Optional.empty());
            } else {
                double[] values = TextHeader.numbers(file, name, vector.group(1).replace(',', ' '));
                boolean finite = true;
                for (double value : values) {
                    finite &= Double.isFinite(value);
                }
                vectors.add(finite ? Optional.of(values) : Optional.empty());
            }
        }
        return checked(name, text, vectors, axes);
    }

    private <T> List<T> checked(String name, String text, List<T> values, int axes) throws ImageFormatException {
        if (!values.isEmpty() && values.size() != axes) {
            throw new ImageFormatException(file, name + " " + text, "one for each of " + axes + " axes");
        }
        return values;
    }
}
