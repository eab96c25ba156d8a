package org.scaledimaging.engine.format.planes;

import java.io.IOException;
import java.nio.file.DirectoryIteratorException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.scaledimaging.engine.message.ImageFormatException;
import org.scaledimaging.engine.web.WebFiles;

/**
 * Files of one plane each: those of a folder, or those whose names fit a pattern, the last name of a path. In a pattern
 * {@code *} and {@code ?} stand for any letters, {@code {t}}, {@code {c}} and {@code {z}} for what tells the planes along
 * these axes apart. Numbers in names are ordered as numbers: 2 before 10. Without braces, planes lie along z.
 *
 * @param folder that the files are in
 * @param pattern of their names; empty for all with one of the endings
 * @param endings of names, as a regular expression: {@code png|bmp}
 */
public record PlaneFiles(Path folder, String pattern, String endings) {
    /** What names of TIFF files end with. */
    public static final String TIFF = "tiff?|tf[28]|btf";

    private static final String AXES = "tcz";
    private static final Pattern PARTS = Pattern.compile("\\{([tcz])\\}|([*?])|([^*?{]+|\\{)");
    private static final Set<String> ZARR =
            Set.of("zarr.json", ".zattrs", ".zgroup", ".zarray", ".zmetadata", "attributes.json");

    /** Names as people order them: digits as numbers, all else letter by letter. */
    public static final Comparator<String> NATURAL = PlaneFiles::compare;

    /**
     * Where each plane is.
     *
     * @param files by time, channel and slice; null where there is no file
     * @param channels names; none where the pattern has no {@code {c}}
     * @param gaps numbers that no file has, in words, as in {@code z 3}; empty where there is no such gap
     */
    public record Found(Path[][][] files, List<String> channels, String gaps) {
        /** The files that there are. */
        public Stream<Path> all() {
            return Arrays.stream(files)
                    .flatMap(Arrays::stream)
                    .flatMap(Arrays::stream)
                    .filter(Objects::nonNull);
        }

        /** The file of a plane; nothing where there is none. */
        public Optional<Path> file(long time, long channel, long slice) {
            return Optional.ofNullable(files[(int) time][(int) channel][(int) slice]);
        }

        /** What users are to know of planes without a file, a sentence. */
        public Optional<String> lacks(Path place) {
            long there = all().count();
            long planes = (long) files.length * files[0].length * files[0][0].length;
            if (there < planes) {
                return Optional.of(place + ": " + (planes - there) + " of " + planes + " planes have no file"
                        + (gaps.isEmpty() ? "" : ", among them all of " + gaps) + "; their voxels are 0.");
            }
            return gaps.isEmpty()
                    ? Optional.empty()
                    : Optional.of(place + ": no file has the number " + gaps
                            + "; the files that are there are planes that follow one another.");
        }
    }

    /** What a path names: a folder, or files of the folder before a pattern. */
    public static PlaneFiles of(Path location, String endings) {
        String last = String.valueOf(location.getFileName());
        boolean isPattern =
                !Files.exists(location) && PARTS.matcher(last).results().anyMatch(part -> part.group(3) == null);
        if (!isPattern) {
            return new PlaneFiles(location, "", endings);
        }
        Path parent = location.toAbsolutePath().getParent();
        return new PlaneFiles(parent, last, endings);
    }

    /** Whether there is a file among them, and the folder is no Zarr or N5. */
    public boolean exist() throws IOException {
        return any().isPresent();
    }

    /** One of them, whichever comes first; nothing where there is none, or the folder is Zarr or N5. */
    public Optional<Path> any() throws IOException {
        boolean isFolder = WebFiles.lists(folder) ? !pattern.isEmpty() : Files.isDirectory(folder);
        if (!isFolder || pattern.isEmpty() && ZARR.stream().anyMatch(name -> Files.exists(folder.resolve(name)))) {
            return Optional.empty();
        }
        Pattern wanted = regex();
        try (DirectoryStream<Path> all = Files.newDirectoryStream(folder)) {
            for (Path file : all) {
                if (wanted.matcher(file.getFileName().toString()).matches() && isFile(file)) {
                    return Optional.of(file);
                }
            }
        } catch (DirectoryIteratorException e) {
            throw e.getCause();
        }
        return Optional.empty();
    }

    /** What an object store lists is one, so it is not asked for. */
    private static boolean isFile(Path file) {
        return WebFiles.lists(file) || Files.isRegularFile(file);
    }

    private Pattern regex() {
        if (pattern.isEmpty()) {
            return Pattern.compile("(?i).*\\.(" + endings + ")");
        }
        StringBuilder regex = new StringBuilder();
        Set<String> seen = new TreeSet<>();
        Matcher parts = PARTS.matcher(pattern);
        while (parts.find()) {
            if (parts.group(1) != null) {
                regex.append(
                        seen.add(parts.group(1))
                                ? "(?<" + parts.group(1) + ">[A-Za-z0-9]+?)"
                                : "\\k<" + parts.group(1) + ">");
            } else if (parts.group(2) != null) {
                regex.append(parts.group(2).equals("*") ? ".*?" : ".");
            } else {
                regex.append(Pattern.quote(parts.group(3)));
            }
        }
        return Pattern.compile(regex.toString());
    }

    /** All files, in natural order. */
    public List<Path> files() throws IOException {
        Pattern wanted = regex();
        List<Path> files = new ArrayList<>();
        try (DirectoryStream<Path> all = Files.newDirectoryStream(folder)) {
            for (Path file : all) {
                String name = file.getFileName().toString();
                if (wanted.matcher(name).matches() && !name.startsWith(".") && isFile(file)) {
                    files.add(file);
                }
            }
        } catch (DirectoryIteratorException e) {
            throw e.getCause();
        }
        files.sort(Comparator.comparing(file -> file.getFileName().toString(), NATURAL));
        return files;
    }

    /** @throws ImageFormatException when two files would be one plane */
    public Found found() throws IOException {
        List<Path> files = files();
        if (!pattern.contains("{t}") && !pattern.contains("{c}") && !pattern.contains("{z}")) {
            List<String> names =
                    files.stream().map(file -> file.getFileName().toString()).toList();
            String gaps =
                    Numbering.ofNames(names).map(Numbering::missingInWords).orElse("");
            return new Found(new Path[][][] {{files.toArray(new Path[0])}}, List.of(), gaps);
        }
        Pattern wanted = regex();
        List<TreeSet<String>> values = List.of(new TreeSet<>(NATURAL), new TreeSet<>(NATURAL), new TreeSet<>(NATURAL));
        Map<List<String>, Path> planes = new HashMap<>();
        for (Path file : files) {
            Matcher name = wanted.matcher(file.getFileName().toString());
            name.matches();
            List<String> place = new ArrayList<>();
            for (int axis = 0; axis < AXES.length(); axis++) {
                String letter = AXES.substring(axis, axis + 1);
                String value = pattern.contains("{" + letter + "}") ? name.group(letter) : "";
                values.get(axis).add(value);
                place.add(values.get(axis).ceiling(value));
            }
            Path other = planes.put(place, file);
            if (other != null) {
                throw new ImageFormatException(
                        folder.resolve(pattern),
                        other.getFileName() + " and " + file.getFileName() + " for one plane",
                        "one file for each; {t}, {c} and {z} stand for what tells planes apart");
            }
        }
        List<String> gaps = new ArrayList<>();
        for (int axis : new int[] {0, 2}) { // a channel that is missing is none
            Optional<Numbering> numbering = Numbering.of(values.get(axis));
            if (numbering.isPresent() && !numbering.get().missing().isEmpty()) {
                numbering.get().missing().forEach(number -> values.get(axis).add(String.valueOf(number)));
                gaps.add(AXES.charAt(axis) + " " + numbering.get().missingInWords());
            }
        }
        Path[][][] all = new Path[values.get(0).size()][values.get(1).size()]
                [values.get(2).size()];
        int t = 0;
        for (String time : values.get(0)) {
            int c = 0;
            for (String channel : values.get(1)) {
                int z = 0;
                for (String slice : values.get(2)) {
                    all[t][c][z++] = planes.get(List.of(time, channel, slice));
                }
                c++;
            }
            t++;
        }
        boolean named = pattern.contains("{c}");
        return new Found(all, named ? List.copyOf(values.get(1)) : List.of(), String.join(", ", gaps));
    }

    private static int compare(String one, String other) {
        int a = 0;
        int b = 0;
        while (a < one.length() && b < other.length()) {
            int endA = end(one, a);
            int endB = end(other, b);
            int order = isDigit(one, a) && isDigit(other, b)
                    ? compareNumbers(one.substring(a, endA), other.substring(b, endB))
                    : one.substring(a, endA)
                            .toLowerCase(Locale.ROOT)
                            .compareTo(other.substring(b, endB).toLowerCase(Locale.ROOT));
            if (order != 0) {
                return order;
            }
            a = endA;
            b = endB;
        }
        return a < one.length() ? 1 : b < other.length() ? -1 : one.compareTo(other);
    }

    /** Where a run of digits, or of what are none, ends. */
    private static int end(String text, int start) {
        int end = start + 1;
        while (end < text.length() && isDigit(text, end) == isDigit(text, start)) {
            end++;
        }
        return end;
    }

    private static boolean isDigit(String text, int at) {
        return text.charAt(at) >= '0' && text.charAt(at) <= '9';
    }

    private static int compareNumbers(String one, String other) {
        String a = withoutZeros(one);
        String b = withoutZeros(other);
        return a.length() != b.length() ? Integer.compare(a.length(), b.length()) : a.compareTo(b);
    }

    private static String withoutZeros(String digits) {
        int zeros = 0;
        while (zeros < digits.length() && digits.charAt(zeros) == '0') {
            zeros++;
        }
        return digits.substring(zeros);
    }
}
