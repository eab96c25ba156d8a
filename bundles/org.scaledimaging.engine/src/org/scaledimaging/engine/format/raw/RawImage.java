package org.scaledimaging.engine.format.raw;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.scaledimaging.engine.image.ImageMetadata;
import org.scaledimaging.engine.image.ImageSource;
import org.scaledimaging.engine.message.ImageFormatException;
import org.scaledimaging.engine.place.ImageLocation;
import org.scaledimaging.engine.place.OpenedFiles;

/** An image as its header tells of it: the voxels lie behind the header or in a file of their own. */
public record RawImage(ImageMetadata metadata, FileVoxels voxels) {
    /** Reads the header of an image. */
    @FunctionalInterface
    public interface Header {
        /** @throws ImageFormatException when the file holds none, or one that is damaged */
        RawImage read(Path file) throws IOException;
    }

    /** Opens the image whose header a file holds. */
    public static ImageSource open(ImageLocation location, Header header) throws IOException {
        Path file = location.path().orElseThrow();
        OpenedFiles opened = new OpenedFiles(file);
        opened.add(file);
        RawImage image = header.read(file);
        opened.add(image.voxels.file());
        return new RawSource(image.metadata, image.voxels.store(UnpackOptions.defaults(), opened), opened);
    }

    /** The files of the image whose header a file holds: that file, and the one of the voxels if it is another. */
    public static List<Path> files(Path file, Header header) throws IOException {
        try {
            Path voxels = header.read(file).voxels.file();
            return Files.isSameFile(voxels, file) ? List.of(file) : List.of(file, voxels);
        } catch (ImageFormatException e) {
            return List.of(file); // a damaged one is what it is alone
        }
    }
}
