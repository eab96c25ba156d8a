package org.scaledimaging.distribution;

import java.io.IOException;
import java.nio.file.Path;
import java.time.Instant;
import java.time.LocalDateTime;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.List;

/** Writes what an installation says of its jars: the texts of their licences, and bills of materials. */
public final class Contents {
    private Contents() {}

    /**
     * @param arguments the project's top folder; the version; the build's stamp, yyyyMMddHHmm and maybe more, in UTC; the
     *     folder of jars; what dependency:list wrote of them; the runtime's folder; the folder for texts; the bill without
     *     and the one with a runtime
     */
    public static void main(String[] arguments) throws IOException {
        Path root = Path.of(arguments[0]);
        String version = arguments[1];
        Instant built = instant(arguments[2]);
        List<Part> parts = new Parts(Path.of(arguments[4]), root.resolve("docs/dependencies.md"), version)
                .in(Path.of(arguments[3]));
        Path licences = root.resolve("bundles/org.scaledimaging.distribution/licences");
        new LicenceTexts(licences, root.resolve("LICENSE")).write(parts, Path.of(arguments[6]));
        new BillOfMaterials(version, built).with(parts).write(Path.of(arguments[7]));
        new BillOfMaterials(version, built)
                .with(parts)
                .withRuntime(Path.of(arguments[5], "release"))
                .write(Path.of(arguments[8]));
    }

    static Instant instant(String stamp) {
        String minute = stamp.substring(0, 12);
        return LocalDateTime.parse(minute, DateTimeFormatter.ofPattern("yyyyMMddHHmm"))
                .toInstant(ZoneOffset.UTC);
    }
}
