package org.scaledimaging.engine.format.nifti;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.type.TypeReference;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.scaledimaging.engine.format.FormatNames;
import org.scaledimaging.engine.format.ImageFormat;
import org.scaledimaging.engine.format.nifti.header.Extensions;
import org.scaledimaging.engine.format.nifti.header.HeaderCodec;
import org.scaledimaging.engine.format.nifti.header.HeaderLayout;
import org.scaledimaging.engine.format.nifti.header.NiftiHeader;
import org.scaledimaging.engine.format.nifti.header.RecipeExtension;
import org.scaledimaging.engine.image.ImageSource;
import org.scaledimaging.engine.message.ImageFormatException;
import org.scaledimaging.engine.place.ImageLocation;

/** NIfTI-1 and NIfTI-2. */
public final class NiftiFormat implements ImageFormat {
    /** What is read. */
    public static final String READABLE = "a NIfTI file (.nii, .nii.gz, .hdr/.img)";

    private static final FormatNames NAMES = new FormatNames(
            "NIfTI",
            READABLE,
            List.of(".nii", ".nii.gz", ".nii.bz2", ".nii.xz", ".nii.zst", ".hdr", ".img"),
            List.of(".nii", ".nii.gz"));

    @Override
    public FormatNames names() {
        return NAMES;
    }

    @Override
    public String nameOf(ImageLocation location) throws IOException {
        Path file = NiftiFiles.header(location.path().orElseThrow());
        NiftiHeader header = HeaderCodec.decode(file, NiftiFiles.start(file, HeaderCodec.MAX_SIZE));
        return header.analyze() ? "ANALYZE 7.5" : header.layout() == HeaderLayout.NIFTI2 ? "NIfTI-2" : "NIfTI-1";
    }

    @Override
    public boolean recognises(Path location) throws IOException {
        if (!Files.isRegularFile(location)) {
            return false;
        }
        String extension = NiftiFiles.extension(location);
        byte[] start;
        try {
            start = NiftiFiles.start(NiftiFiles.header(location), HeaderCodec.MAX_SIZE);
        } catch (ImageFormatException e) {
            // An .img file may be anybody's; a .nii.gz file that cannot be decompressed is a damaged one of ours.
            return extension.equals(".nii");
        }
        return HeaderCodec.kind(start)
                .filter(kind -> !extension.isEmpty()
                        || kind.layout().isSingle(start)
                        || kind.layout().isPair(start))
                .isPresent();
    }

    @Override
    public ImageSource open(ImageLocation location, Instant since) throws IOException {
        return new NiftiReader().open(location.path().orElseThrow());
    }

    /** Compressed, they take no more bytes than as they are, but for a few. */
    @Override
    public boolean hasMetadataWithin(Path location, long first) throws IOException {
        Path file = NiftiFiles.header(location);
        NiftiHeader header = HeaderCodec.decode(file, NiftiFiles.start(file, HeaderCodec.MAX_SIZE));
        return header.single() ? Extensions.reach(header) <= first / 2 : Files.size(file) <= first;
    }

    @Override
    public Map<String, Object> provenance(ImageLocation location) throws IOException {
        Path file = NiftiFiles.header(location.path().orElseThrow());
        NiftiHeader header = HeaderCodec.decode(file, NiftiFiles.start(file, HeaderCodec.MAX_SIZE));
        Optional<String> text =
                RecipeExtension.find(Extensions.read(header, NiftiFiles.start(file, Extensions.reach(header))));
        if (text.isEmpty()) {
            return Map.of();
        }
        try {
            return new ObjectMapper()
                    .readValue(text.get(), new TypeReference<Map<String, Map<String, Object>>>() {})
                    .getOrDefault(RecipeExtension.KEY, Map.of());
        } catch (JsonProcessingException e) {
            return Map.of(); // somebody else's comment
        }
    }

    /** Recipes hold what these are: of a pair with other endings than here they count the named file alone. */
    @Override
    public List<Path> files(Path location) {
        String name = location.getFileName().toString();
        for (String[] pair : new String[][] {{".hdr", ".img"}, {".img", ".hdr"}}) {
            if (name.endsWith(pair[0])) {
                Path other = location.resolveSibling(name.substring(0, name.length() - 4) + pair[1]);
                return Files.exists(other) ? List.of(location, other) : List.of(location);
            }
        }
        return List.of(location);
    }
}
