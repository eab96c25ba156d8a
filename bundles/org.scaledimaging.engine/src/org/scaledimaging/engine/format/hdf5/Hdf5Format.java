package org.scaledimaging.engine.format.hdf5;

import java.io.IOException;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import org.scaledimaging.engine.format.FormatNames;
import org.scaledimaging.engine.format.ImageFormat;
import org.scaledimaging.engine.format.hdf5.file.Signature;
import org.scaledimaging.engine.image.ImageSource;
import org.scaledimaging.engine.place.ImageLocation;

/** HDF5: files of Imaris and MINC 2, and datasets that stand by themselves. It is only read. */
public final class Hdf5Format implements ImageFormat {
    /** What is read. */
    public static final String READABLE = "an HDF5 file (.ims, .mnc, .h5)";

    static final List<String> ENDINGS = List.of(".ims", ".h5", ".hdf5", ".hdf", ".he5", ".ilp", ".mat", ".mnc", ".nwb");

    private static final FormatNames NAMES = new FormatNames("HDF5", READABLE, ENDINGS);

    @Override
    public FormatNames names() {
        return NAMES;
    }

    @Override
    public String nameOf(ImageLocation location) throws IOException {
        try (Hdf5Images images =
                Hdf5Images.open(Hdf5Images.Place.of(location.path().orElseThrow()))) {
            return images.program();
        }
    }

    @Override
    public boolean recognises(Path location) throws IOException {
        return Signature.isIn(Hdf5Images.Place.of(location).file());
    }

    @Override
    public ImageSource open(ImageLocation location, Instant since) throws IOException {
        Hdf5Images.Place place = Hdf5Images.Place.of(location.path().orElseThrow());
        Hdf5Images images = Hdf5Images.open(place);
        try {
            return images.only(place);
        } catch (IOException | RuntimeException | Error e) {
            images.close();
            throw e;
        }
    }

    @Override
    public List<Path> files(Path location) {
        return List.of(Hdf5Images.Place.of(location).file());
    }

    @Override
    public List<String> series(Path location) throws IOException {
        try (Hdf5Images images = Hdf5Images.open(Hdf5Images.Place.of(location))) {
            return images.all().size() < 2
                    ? List.of()
                    : images.all().stream().map(Found::name).toList();
        }
    }
}
