package org.scaledimaging.engine.format.tiff;

import java.io.Closeable;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import org.scaledimaging.engine.format.SeriesPlace;
import org.scaledimaging.engine.format.tiff.page.Pages;
import org.scaledimaging.engine.format.tiff.page.Tags;
import org.scaledimaging.engine.format.tiff.page.TiffFile;
import org.scaledimaging.engine.message.ImageFormatException;

/**
 * The images of a file: one, or those that an OME-XML describes, in the file or beside it. {@code file.ome.tif/1} is the
 * second of several.
 *
 * @param named what was named: the file that has pages, or the one that has their metadata
 * @param pages of that file, or of the first one that the metadata name
 * @param ome what OME-XML says
 */
record TiffImages(Path named, Pages pages, Optional<OmeDocument> ome) implements Closeable {
    /** What the name of a file of metadata alone ends with. */
    static final String COMPANION = ".companion.ome";

    private static final long MOST_BYTES = 64 << 20;

    /** Whether a file is TIFF, or the metadata of TIFF files. */
    static boolean recognises(Path file) throws IOException {
        return Files.isRegularFile(file) && (isCompanion(file) || TiffFile.recognises(file));
    }

    private static boolean isCompanion(Path file) {
        return file.getFileName().toString().toLowerCase(Locale.ROOT).endsWith(COMPANION);
    }

    static TiffImages open(Path file) throws IOException {
        if (isCompanion(file)) {
            OmeDocument document = OmeXml.parse(file, text(file));
            Pages pages = Pages.open(firstOf(file, document), true);
            pages.file().opened().add(file);
            return new TiffImages(file, pages, Optional.of(document));
        }
        Pages pages = Pages.open(file, true);
        try {
            String description = pages.first().text(Tags.IMAGE_DESCRIPTION);
            if (!OmeXml.recognises(description)) {
                return new TiffImages(file, pages, Optional.empty());
            }
            OmeDocument document = OmeXml.parse(file, description);
            if (document.metadataFile().isPresent()) {
                document = elsewhere(file, document.metadataFile().get(), pages);
            }
            return new TiffImages(file, pages, Optional.of(document));
        } catch (IOException | RuntimeException | Error e) {
            pages.close();
            throw e;
        }
    }

    /** The metadata that another file of the same folder has: a companion, or the first TIFF of the set. */
    private static OmeDocument elsewhere(Path file, String name, Pages pages) throws IOException {
        Path master = OmeFiles.sibling(file, name);
        if (!Files.isRegularFile(master)) {
            throw new ImageFormatException(
                    file,
                    "metadata that are kept in \"" + name + "\", which is not there",
                    "that file in the same folder");
        }
        pages.file().opened().add(master);
        if (!TiffFile.recognises(master)) {
            return OmeXml.parse(master, text(master));
        }
        try (Pages others = Pages.open(master, true)) {
            OmeDocument document = OmeXml.parse(master, others.first().text(Tags.IMAGE_DESCRIPTION));
            if (document.metadataFile().isPresent()) {
                throw new ImageFormatException(master, "metadata that are in yet another file", "those of the image");
            }
            return document;
        }
    }

    private static String text(Path file) throws IOException {
        if (Files.size(file) > MOST_BYTES) {
            throw new ImageFormatException(file, "metadata of " + Files.size(file) + " bytes", "at most " + MOST_BYTES);
        }
        return new String(Files.readAllBytes(file), StandardCharsets.UTF_8);
    }

    private static Path firstOf(Path companion, OmeDocument document) throws IOException {
        for (OmeXml image : document.images()) {
            for (OmeXml.TiffData data : image.data()) {
                Path file = data.fileName().isEmpty() ? companion : OmeFiles.sibling(companion, data.fileName());
                if (!file.equals(companion) && Files.isRegularFile(file)) {
                    return file;
                }
            }
        }
        throw new ImageFormatException(companion, "metadata of files that are not there", "these in the same folder");
    }

    /** The images that the named file stands for: all, or the one whose planes it has. */
    List<OmeXml> images() {
        List<OmeXml> all = ome.map(OmeDocument::images).orElse(List.of());
        Path file = pages.file().path();
        List<OmeXml> own = new ArrayList<>();
        for (OmeXml image : all) {
            boolean has =
                    image.data().isEmpty() || image.data().stream().anyMatch(data -> OmeFiles.isOwn(data, image, file));
            if (has) {
                own.add(image);
            }
        }
        return own.size() == 1 && named.equals(file) ? own : all;
    }

    /**
     * The image that is meant.
     *
     * @throws ImageFormatException when there is none of that number, or several could be meant
     */
    OmeXml image(Optional<Integer> series) throws ImageFormatException {
        SeriesPlace place = new SeriesPlace(named, series);
        List<OmeXml> all = series.isPresent() ? ome.orElseThrow().images() : images();
        return all.get(place.chosen(all.size()));
    }

    /** What we wrote of the image besides; of several images nothing. */
    TiffAttributes own() {
        return ome.filter(document -> document.images().size() == 1)
                .map(OmeDocument::own)
                .orElse(TiffAttributes.NONE);
    }

    @Override
    public void close() throws IOException {
        pages.close();
    }
}
