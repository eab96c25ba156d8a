package org.scaledimaging.engine.format.metaimage;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.scaledimaging.engine.format.FileWriter;
import org.scaledimaging.engine.format.FormatNames;
import org.scaledimaging.engine.format.ImageFormat;
import org.scaledimaging.engine.format.raw.RawImage;
import org.scaledimaging.engine.format.raw.TextHeader;
import org.scaledimaging.engine.image.ImageSource;
import org.scaledimaging.engine.place.ImageLocation;

/** MetaImage. */
public final class MetaImageFormat implements ImageFormat {
    /** What is read. */
    public static final String READABLE = "a MetaImage file (.mha, .mhd)";

    private static final FormatNames NAMES =
            new FormatNames("MetaImage", READABLE, List.of(".mha", ".mhd"), List.of(".mha"));

    private static final int LOOK = 4096;

    @Override
    public FormatNames names() {
        return NAMES;
    }

    @Override
    public Optional<FileWriter> writer() {
        return Optional.of(MetaImageWriter.WRITER);
    }

    /** By its first lines: each is a name, an equals sign and a value, and one of the first says how many axes there are. */
    @Override
    public boolean recognises(Path location) throws IOException {
        if (!Files.isRegularFile(location)) {
            return false;
        }
        try (TextHeader lines = new TextHeader(location)) {
            for (Optional<String> line = lines.line(); lines.position() < LOOK; line = lines.line()) {
                if (line.isEmpty() || !line.get().matches("\\s*\\w+\\s*=.*")) {
                    return false;
                }
                if (line.get().matches("\\s*(NDims|ObjectType)\\s*=.*")) {
                    return true;
                }
            }
        }
        return false;
    }

    @Override
    public ImageSource open(ImageLocation location, Instant since) throws IOException {
        return RawImage.open(location, MetaImageHeader::read);
    }

    @Override
    public List<Path> files(Path location) throws IOException {
        return RawImage.files(location, MetaImageHeader::read);
    }
}
