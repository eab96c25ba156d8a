package org.scaledimaging.distribution;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.IOException;
import java.io.Reader;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Properties;
import java.util.regex.Pattern;
import java.util.zip.ZipEntry;
import java.util.zip.ZipFile;

/** The texts of licences: for each jar a file with what the jar itself says, and what {@code licences/} has for it. */
final class LicenceTexts {
    private static final Pattern TEXT =
            Pattern.compile("(META-INF/)?([A-Za-z-]+-)?(LICEN[CS]E|NOTICE|COPYING|AL2\\.0|LGPL2\\.1)(\\.txt|\\.md)?|"
                    + Pattern.quote(Parts.NPM_LICENCES));
    private static final String LINE = "\n\n" + "-".repeat(72) + "\n\n";

    private final Path folder;
    private final Path own;
    private final Properties others = new Properties();

    /**
     * @param folder with texts.properties and what it names
     * @param own our own licence
     */
    LicenceTexts(Path folder, Path own) throws IOException {
        this.folder = folder;
        this.own = own;
        try (Reader reader = Files.newBufferedReader(folder.resolve("texts.properties"))) {
            others.load(reader);
        }
    }

    /** Writes a file for each part, named as its jar is, without the version. */
    void write(List<Part> parts, Path target) throws IOException {
        Files.createDirectories(target);
        for (Part part : parts) {
            List<String> texts = new ArrayList<>();
            texts.add(part.name() + " " + part.version() + ": " + part.licence());
            if (part.licence().equals(Parts.OWN_LICENCE)) {
                texts.add(Files.readString(own));
            }
            texts.addAll(ofJar(part.file()));
            for (String file : others.getProperty(part.name(), "").split(" ")) {
                if (!file.isEmpty()) {
                    texts.add(Files.readString(folder.resolve(file)));
                }
            }
            if (texts.size() == 1) {
                throw new IOException(part.name() + ": found no text of its licence in the jar, expected one in "
                        + folder + " and a line in texts.properties.");
            }
            String name = part.file().getFileName().toString().replaceFirst("[_-]\\d.*|\\.jar$", "");
            Files.writeString(
                    target.resolve(name + ".txt"),
                    String.join(LINE, texts.stream().map(String::strip).toList()) + "\n");
        }
    }

    private static List<String> ofJar(Path jar) throws IOException {
        List<String> texts = new ArrayList<>();
        try (ZipFile zip = new ZipFile(jar.toFile())) {
            List<? extends ZipEntry> entries = zip.stream()
                    .filter(entry -> TEXT.matcher(entry.getName()).matches())
                    .toList();
            for (ZipEntry entry : entries) {
                texts.add(new String(zip.getInputStream(entry).readAllBytes(), UTF_8).replace("\r\n", "\n"));
            }
        }
        return texts;
    }
}
