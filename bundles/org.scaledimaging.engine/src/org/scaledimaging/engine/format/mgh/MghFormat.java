package org.scaledimaging.engine.format.mgh;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import java.util.Locale;
import org.scaledimaging.engine.format.FormatNames;
import org.scaledimaging.engine.format.ImageFormat;
import org.scaledimaging.engine.format.raw.RawImage;
import org.scaledimaging.engine.image.ImageSource;
import org.scaledimaging.engine.message.ImageFormatException;
import org.scaledimaging.engine.place.ImageLocation;

/** FreeSurfer's MGH and MGZ. */
public final class MghFormat implements ImageFormat {
    /** What is read. */
    public static final String READABLE = "an MGH file (.mgh, .mgz)";

    private static final FormatNames NAMES = new FormatNames("MGH", READABLE, List.of(".mgh", ".mgz", ".mgh.gz"));

    @Override
    public FormatNames names() {
        return NAMES;
    }

    /** The format has no magic number: under another name a header has to make sense throughout. */
    @Override
    public boolean recognises(Path location) throws IOException {
        if (!Files.isRegularFile(location)) {
            return false;
        }
        String name = location.getFileName().toString().toLowerCase(Locale.ROOT);
        if (NAMES.fileEndings().stream().anyMatch(name::endsWith)) {
            return true;
        }
        try {
            MghHeader.read(location);
            return true;
        } catch (ImageFormatException e) {
            return false;
        }
    }

    @Override
    public ImageSource open(ImageLocation location, Instant since) throws IOException {
        return RawImage.open(location, MghHeader::read);
    }

    @Override
    public List<Path> files(Path location) {
        return List.of(location);
    }
}
