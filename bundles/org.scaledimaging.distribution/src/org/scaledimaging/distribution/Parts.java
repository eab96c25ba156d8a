package org.scaledimaging.distribution;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import java.util.zip.ZipEntry;
import java.util.zip.ZipFile;

/**
 * The jars of an installation. A library is the one among Maven's that has the same bytes, so its name and version are
 * those of Maven Central; its licence is the one in the table of docs/dependencies.md.
 */
final class Parts {
    static final String OWN = "org.scaledimaging";
    static final String OWN_LICENCE = "GPL-3.0-only";
    /** What the viewer's build says of each package that it bundles. */
    static final String NPM_LICENCES = OWN.replace('.', '/') + "/cli/serve/page/neuroglancer/licences.txt";

    private static final Pattern ROW = Pattern.compile("\\| `([^`]+)` \\| ([^|]+) \\| ([^|]+) \\|.*");
    private static final Pattern NPM = Pattern.compile("(?m)^(@?[a-z][\\w./-]*) (\\d[\\w.+-]*): (\\S+)$");

    /**
     * A line of Maven's dependency:list: group, artifact, type, version, scope and file; then the module, in colour unless
     * Maven runs in batch mode.
     */
    private static final Pattern LISTED = Pattern.compile(
            "\\s*([^:\\s]+):([^:]+):jar:(?:[^:]+:)?([^:]+):\\w+:(.+?\\.jar)(?:(?:\\x1b\\[\\d+m)? -- module .*)?");

    private final String version;
    private final Map<String, Matcher> libraries = new TreeMap<>();
    private final Map<String, String> licences = new TreeMap<>();

    /**
     * @param list what dependency:list wrote, with files
     * @param page docs/dependencies.md
     * @param version our own
     */
    Parts(Path list, Path page, String version) throws IOException {
        this.version = version;
        for (String line : Files.readAllLines(list)) {
            Matcher listed = LISTED.matcher(line);
            if (listed.matches() && !listed.group(1).equals(OWN)) {
                libraries.put(sha256(Path.of(listed.group(4))), listed);
            }
        }
        for (String line : Files.readAllLines(page)) {
            Matcher row = ROW.matcher(line);
            if (row.matches()) {
                licences.put(row.group(1), row.group(3).replace(" or ", " OR "));
            }
        }
    }

    /** All jars of a folder, by their file names. */
    List<Part> in(Path folder) throws IOException {
        List<Part> parts = new ArrayList<>();
        List<Path> jars;
        try (Stream<Path> files = Files.list(folder)) {
            jars = files.filter(file -> file.toString().endsWith(".jar"))
                    .sorted()
                    .toList();
        }
        for (Path jar : jars) {
            parts.add(jar.getFileName().toString().startsWith(OWN + ".") ? ours(jar) : library(jar));
        }
        return parts;
    }

    /** Name and version of one of ours: bundles that are published have names of their own there. */
    private Part ours(Path jar) throws IOException {
        String name = jar.getFileName().toString().replaceFirst("[_-]\\d.*", "");
        String published = PublishedPoms.ARTIFACTS.get(name);
        return new Part(
                jar,
                published == null ? "" : OWN,
                published == null ? name : published,
                version,
                OWN_LICENCE,
                sha256(jar),
                bundled(jar));
    }

    private static List<Part.Bundled> bundled(Path jar) throws IOException {
        try (ZipFile zip = new ZipFile(jar.toFile())) {
            ZipEntry entry = zip.getEntry(NPM_LICENCES);
            if (entry == null) {
                return List.of();
            }
            String text = new String(zip.getInputStream(entry).readAllBytes(), StandardCharsets.UTF_8);
            return NPM.matcher(text)
                    .results()
                    .map(found -> new Part.Bundled(found.group(1), found.group(2), found.group(3)))
                    .toList();
        }
    }

    private Part library(Path jar) throws IOException {
        String sum = sha256(jar);
        Matcher listed = libraries.get(sum);
        if (listed == null) {
            throw new IOException(jar + ": found bytes of no library of the class path, expected one of "
                    + libraries.values().stream().map(one -> one.group(2)).toList() + ".");
        }
        String name = listed.group(2);
        String licence = licences.get(name);
        if (licence == null) {
            throw new IOException(name + ": found no row in docs/dependencies.md, expected its licence there.");
        }
        return new Part(jar, listed.group(1), name, listed.group(3), licence, sum, List.of());
    }

    static String sha256(Path file) throws IOException {
        try {
            return HexFormat.of().formatHex(MessageDigest.getInstance("SHA-256").digest(Files.readAllBytes(file)));
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException(e); // every Java has it
        }
    }
}
