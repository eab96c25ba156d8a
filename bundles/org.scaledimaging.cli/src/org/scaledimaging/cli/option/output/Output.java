package org.scaledimaging.cli.option.output;

import java.io.IOException;
import java.nio.file.Path;
import java.util.Collection;
import org.scaledimaging.engine.Image;
import org.scaledimaging.engine.execute.Execution;
import org.scaledimaging.engine.format.ImageFormat;
import org.scaledimaging.engine.format.OmeZarrWriteOptions;
import org.scaledimaging.engine.format.nifti.NiftiFormat;
import org.scaledimaging.engine.format.nifti.NiftiWriter;
import org.scaledimaging.engine.format.omezarr.OmeZarrFormat;
import org.scaledimaging.engine.format.omezarr.OmeZarrWriter;
import org.scaledimaging.engine.format.open.ImageFormats;
import org.scaledimaging.engine.format.tiff.TiffFormat;
import org.scaledimaging.engine.format.tiff.write.TiffWriter;
import org.scaledimaging.engine.image.ImageMetadata;
import org.scaledimaging.engine.message.ParameterException;
import org.scaledimaging.engine.message.TargetException;
import org.scaledimaging.engine.place.Addresses;
import org.scaledimaging.engine.place.FileFailures;
import org.scaledimaging.engine.place.ImageLocation;
import picocli.CommandLine.ITypeConverter;
import picocli.CommandLine.TypeConversionException;

/**
 * An image to be written.
 *
 * @param place where to: a path, or an address of an object store
 * @param format by the place's name
 */
public record Output(ImageLocation place, ImageFormat format) {

    /** @throws TargetException when the name tells no format */
    public static Output of(ImageLocation place) throws TargetException {
        return new Output(place, ImageFormats.ofTarget(place));
    }

    /** As {@link #of(ImageLocation)}, of a path. */
    public static Output of(Path path) throws TargetException {
        return of(ImageLocation.of(path));
    }

    /** Understands where an image is written to, as users write it. */
    public static final class Place implements ITypeConverter<ImageLocation> {
        @Override
        public ImageLocation convert(String text) {
            try {
                return Addresses.imageTarget(text);
            } catch (IOException e) {
                throw new TypeConversionException(e.getMessage());
            }
        }
    }

    /** What can be set where an image is written. */
    public enum Kind {
        /** All that OME-Zarr has. */
        OME_ZARR,
        /** Tiles, their compression, levels. */
        OME_TIFF,
        /** Nothing beyond what any format has, and NIfTI's own. */
        OTHER
    }

    /** Which choices the format has. */
    public Kind kind() {
        return isOmeZarr() ? Kind.OME_ZARR : format instanceof TiffFormat ? Kind.OME_TIFF : Kind.OTHER;
    }

    public boolean isOmeZarr() {
        return format instanceof OmeZarrFormat;
    }

    /**
     * Refuses early what writing would refuse late.
     *
     * @param image of the shape and chunks to be written
     * @throws ParameterException when an option does not fit the image
     */
    public void check(Image image, OutputSettings settings, Collection<Path> sources)
            throws IOException, ParameterException {
        checkPlace(image, settings, sources);
        if (isOmeZarr()) {
            OmeZarrWriter.check(image.source(), place.name(), image.resolved(settings.omeZarr()));
        } else if (kind() == Kind.OME_TIFF) {
            TiffWriter.check(image.source(), settings.tiff());
        }
    }

    /** The same, as far as the place alone tells. */
    public void checkPlace(Image image, OutputSettings settings, Collection<Path> sources) throws IOException {
        image.checkTarget(place, settings.omeZarr().overwrite(), sources);
        if (format instanceof NiftiFormat && place.path().isPresent()) {
            NiftiWriter.checkSidecar(place.path().get(), settings.nifti(sources));
        }
    }

    /**
     * What was written, as the file has it: NIfTI and others drop axes along which there is one voxel. What cannot be opened
     * again counts as it was.
     */
    public ImageMetadata written(ImageMetadata image) {
        if (isOmeZarr() || image.dimensions().stream().allMatch(dimension -> dimension.length() > 1)) {
            return image;
        }
        try (Image file = Image.open(place)) {
            return file.metadata();
        } catch (IOException e) {
            return image;
        }
    }

    /** Writes, all or nothing. */
    public void save(Image image, OutputSettings settings, Collection<Path> sources, Execution execution)
            throws IOException, ParameterException {
        OmeZarrWriteOptions options = settings.omeZarr().withSources(sources);
        try {
            if (isOmeZarr()) {
                image.saveOmeZarr(place, options, execution);
            } else if (kind() == Kind.OME_TIFF) {
                image.saveTiff(place, settings.tiff().withSources(sources), execution);
            } else if (format.writer().isPresent()) {
                image.saveFile(place, settings.file(sources), execution);
            } else {
                image.saveNifti(place, settings.nifti(sources), execution);
            }
        } catch (IOException e) {
            throw FileFailures.explain(e, place);
        }
    }
}
