package org.scaledimaging.engine.format.tiff.page;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.Locale;
import java.util.Optional;
import org.scaledimaging.engine.message.ImageFormatException;

/**
 * Files in the form of TIFF whose pages do not mean what those of TIFF mean: read as such they would be a wrong picture,
 * or a thumbnail.
 */
final class Slides {
    private static final int NDPI = 65420;
    private static final int XMP = 700;
    private static final int MOST = 4096;

    private Slides() {}

    /** @throws ImageFormatException when a file is one of these, which the sentence names */
    static void refuse(Directory first) throws IOException {
        Optional<String> name = name(first);
        if (name.isPresent()) {
            throw new ImageFormatException(
                    first.file().path(),
                    name.get(),
                    "TIFF of images in planes and levels; bioformats2raw converts it to OME-Zarr");
        }
    }

    private static Optional<String> name(Directory first) throws IOException {
        String software = start(first, Tags.SOFTWARE);
        String description = start(first, Tags.IMAGE_DESCRIPTION);
        String name = first.file().path().getFileName().toString();
        String file = name.toLowerCase(Locale.ROOT);
        if (first.count(NDPI) > 0) {
            return Optional.of("a Hamamatsu NDPI slide");
        } else if (description.contains("<scn ") && description.contains("leica-microsystems")) {
            return Optional.of("a Leica SCN slide");
        } else if (software.contains("Ventana") || start(first, XMP).contains("<iScan")) {
            return Optional.of("a Ventana BIF slide");
        } else if (software.startsWith("PerkinElmer-QPI")) {
            return Optional.of("a PerkinElmer QPTIFF slide");
        } else if (file.endsWith(".vsi")) {
            return Optional.of("an Olympus VSI file, whose image is in the folder _"
                    + name.substring(0, name.length() - ".vsi".length()) + "_ beside it");
        } else if (file.endsWith(".flex")) {
            return Optional.of("a PerkinElmer Flex file");
        }
        return Optional.empty();
    }

    private static String start(Directory first, int tag) throws IOException {
        return StandardCharsets.ISO_8859_1.decode(first.bytes(tag, MOST)).toString();
    }
}
