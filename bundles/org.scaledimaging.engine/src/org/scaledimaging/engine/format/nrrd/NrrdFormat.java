package org.scaledimaging.engine.format.nrrd;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.type.TypeReference;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.scaledimaging.engine.format.FileWriter;
import org.scaledimaging.engine.format.FormatNames;
import org.scaledimaging.engine.format.ImageFormat;
import org.scaledimaging.engine.format.raw.RawImage;
import org.scaledimaging.engine.format.raw.Unpacking;
import org.scaledimaging.engine.image.ImageMetadata;
import org.scaledimaging.engine.image.ImageSource;
import org.scaledimaging.engine.place.ImageLocation;

/** NRRD, attached and detached. */
public final class NrrdFormat implements ImageFormat {
    /** What is read. */
    public static final String READABLE = "an NRRD file (.nrrd, .nhdr)";

    private static final FormatNames NAMES =
            new FormatNames("NRRD", READABLE, List.of(".nrrd", ".nhdr"), List.of(".nrrd"));

    static final String MAGIC = "NRRD000";

    @Override
    public FormatNames names() {
        return NAMES;
    }

    @Override
    public Optional<FileWriter> writer() {
        return Optional.of(NrrdWriter.WRITER);
    }

    @Override
    public boolean recognises(Path location) throws IOException {
        if (!Files.isRegularFile(location)) {
            return false;
        }
        try (InputStream in = Unpacking.NONE.open(location, 0)) {
            return new String(in.readNBytes(MAGIC.length()), StandardCharsets.US_ASCII).equals(MAGIC);
        }
    }

    @Override
    public ImageSource open(ImageLocation location, Instant since) throws IOException {
        return RawImage.open(location, NrrdFormat::read);
    }

    private static RawImage read(Path file) throws IOException {
        NrrdHeader header = NrrdHeader.read(file);
        ImageMetadata metadata = NrrdAxes.metadata(header);
        return new RawImage(metadata, NrrdData.of(header, metadata));
    }

    @Override
    public Map<String, Object> provenance(ImageLocation location) throws IOException {
        String text = NrrdHeader.read(location.path().orElseThrow()).keys().get(NrrdWriter.KEY);
        try {
            return text == null
                    ? Map.of()
                    : new ObjectMapper().readValue(text.replace("\\\\", "\\"), new TypeReference<>() {});
        } catch (JsonProcessingException e) {
            return Map.of(); // somebody else's key
        }
    }

    @Override
    public List<Path> files(Path location) throws IOException {
        return RawImage.files(location, NrrdFormat::read);
    }
}
