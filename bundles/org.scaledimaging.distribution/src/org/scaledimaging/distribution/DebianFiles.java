package org.scaledimaging.distribution;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.List;
import java.util.Locale;
import java.util.stream.Stream;
import java.util.zip.Deflater;
import java.util.zip.GZIPOutputStream;

/** Writes what a package of Debian has besides an archive: packed manual pages, a changelog, a file on copyright. */
public final class DebianFiles {
    private static final int EXTRA_FLAGS = 8;

    private DebianFiles() {}

    /** @param arguments the folders of pages and of licences, the package's version, the build's stamp, the target */
    public static void main(String[] arguments) throws IOException {
        Path target = Path.of(arguments[4]);
        for (Path page : files(Path.of(arguments[0]))) {
            pack(Files.readAllBytes(page), target.resolve("man1").resolve(page.getFileName() + ".gz"));
        }
        String date = DateTimeFormatter.ofPattern("EEE, dd MMM yyyy HH:mm:ss Z", Locale.ROOT)
                .format(Contents.instant(arguments[3]).atOffset(ZoneOffset.UTC));
        pack(String.format("""
                                scaled-imaging (%s) unstable; urgency=medium

                                  * What users got, version by version: CHANGELOG.md beside this file.

                                 -- Scaled Imaging <scaled-imaging@example.org>  %s
                                """, arguments[2], date).getBytes(UTF_8), target.resolve("changelog.gz"));
        Files.writeString(target.resolve("copyright"), copyright(files(Path.of(arguments[1]))));
    }

    private static List<Path> files(Path folder) throws IOException {
        try (Stream<Path> files = Files.list(folder)) {
            return files.sorted().toList();
        }
    }

    /** Of libraries the whole texts; the licence of this package is one that Debian has. */
    private static String copyright(List<Path> licences) throws IOException {
        StringBuilder text = new StringBuilder("""
                Copyright (C) 2026 the authors of Scaled Imaging

                Scaled Imaging is free software: you can redistribute it and/or modify it under the terms of the GNU
                General Public License, version 3, as published by the Free Software Foundation. On Debian systems its
                text is in /usr/share/common-licenses/GPL-3, and that of the Apache License, version 2.0, in
                /usr/share/common-licenses/Apache-2.0.

                The package has libraries of others, with these licences:
                """);
        for (Path licence : licences) {
            if (licence.getFileName().toString().startsWith(Parts.OWN)) {
                continue;
            }
            String of = Files.readString(licence);
            text.append("\n").append("=".repeat(72)).append("\n");
            // Debian has the Apache License; what stands beside it lies with the others.
            text.append(
                    of.contains("Apache License")
                            ? of.lines().findFirst().orElseThrow()
                                    + "\n\nThe text is in /usr/share/doc/scaled-imaging/licenses/"
                                    + licence.getFileName() + ".\n"
                            : of);
        }
        return text.toString();
    }

    /** As gzip -9n does: without a name and a time. */
    private static void pack(byte[] bytes, Path file) throws IOException {
        ByteArrayOutputStream packed = new ByteArrayOutputStream();
        try (OutputStream out = new GZIPOutputStream(packed) {
            {
                def.setLevel(Deflater.BEST_COMPRESSION);
            }
        }) {
            out.write(bytes);
        }
        byte[] all = packed.toByteArray();
        all[EXTRA_FLAGS] = 2; // slowest algorithm, RFC 1952
        Files.createDirectories(file.getParent());
        Files.write(file, all);
    }
}
