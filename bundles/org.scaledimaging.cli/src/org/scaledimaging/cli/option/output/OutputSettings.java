package org.scaledimaging.cli.option.output;

import java.nio.file.Path;
import java.util.Collection;
import org.scaledimaging.engine.format.FileWriteOptions;
import org.scaledimaging.engine.format.NiftiWriteOptions;
import org.scaledimaging.engine.format.OmeZarrWriteOptions;
import org.scaledimaging.engine.format.TiffWriteOptions;

/**
 * The choices that users made for images that are written.
 *
 * @param omeZarr where the format is OME-Zarr; its {@code target} is for any format
 * @param tiff where it is OME-TIFF, with the same
 * @param noSidecar whether NIfTI files get no JSON file beside them
 * @param keepUnit whether NIfTI files keep the unit of lengths
 * @param type the pixel type
 */
public record OutputSettings(
        OmeZarrWriteOptions omeZarr, TiffWriteOptions tiff, boolean noSidecar, boolean keepUnit, OutputType type) {

    /** The same where the format has no choices of its own. */
    FileWriteOptions file(Collection<Path> sources) {
        return new FileWriteOptions(omeZarr.target()).withSources(sources);
    }

    /** The same where the format is NIfTI. */
    NiftiWriteOptions nifti(Collection<Path> sources) {
        return NiftiWriteOptions.defaults()
                .withTarget(omeZarr.target())
                .withSources(sources)
                .withNoSidecar(noSidecar)
                .withKeepUnit(keepUnit);
    }
}
