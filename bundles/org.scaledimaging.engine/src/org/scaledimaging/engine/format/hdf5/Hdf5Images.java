package org.scaledimaging.engine.format.hdf5;

import java.io.Closeable;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;
import org.scaledimaging.engine.format.hdf5.file.Hdf5File;
import org.scaledimaging.engine.format.hdf5.file.Hdf5Node;
import org.scaledimaging.engine.image.ImageSource;
import org.scaledimaging.engine.message.ImageFormatException;
import org.scaledimaging.engine.message.Setting;
import org.scaledimaging.engine.place.OpenedFiles;

/**
 * The images of a file: the one of Imaris, or datasets. {@code image.h5/raw/volume} names a dataset, or a group with one,
 * {@code image.h5/1} the second of several.
 */
record Hdf5Images(Hdf5File file, List<Found> all) implements Closeable {
    private static final Pattern STEM =
            Pattern.compile("(?i)\\.(" + String.join("|", Hdf5Format.ENDINGS).replace(".", "") + ")$");

    /**
     * What a path names.
     *
     * @param inside a path in the file, or a number; empty for the file itself
     */
    record Place(Path file, String inside) {
        static Place of(Path location) {
            Path file = location;
            while (file != null && !Files.exists(file)) {
                file = file.getParent();
            }
            if (file == null || file.equals(location) || !Files.isRegularFile(file)) {
                return new Place(location, "");
            }
            StringBuilder inside = new StringBuilder();
            for (Path name : file.relativize(location)) {
                inside.append(inside.length() == 0 ? "" : "/").append(name);
            }
            return new Place(file, inside.toString());
        }
    }

    static Hdf5Images open(Place place) throws IOException {
        Hdf5File file = Hdf5File.open(place.file(), new OpenedFiles(place.file()));
        try {
            return new Hdf5Images(file, found(file, place.inside()));
        } catch (IOException | RuntimeException | Error e) {
            file.close();
            throw e;
        }
    }

    private static List<Found> found(Hdf5File file, String inside) throws IOException {
        Optional<Hdf5Node> named = file.root().at(inside);
        if (named.isEmpty()) {
            List<Found> all = found(file, "");
            int number = inside.matches("[0-9]{1,9}") ? Integer.parseInt(inside) : -1;
            if (number < 0 || number >= all.size()) {
                throw new ImageFormatException(
                        file.path(),
                        "no " + inside + " in it",
                        all.size() == 1
                                ? "its only image, " + all.get(0).name()
                                : "one of its images, as " + all.get(0).name() + ", or a number of 0 to "
                                        + (all.size() - 1));
            }
            return List.of(all.get(number));
        }
        if (inside.isEmpty() && ImarisImage.is(file)) {
            return List.of(new Found("", name -> ImarisImage.open(file, name)));
        }
        if (inside.isEmpty() && MincImage.is(file)) {
            return List.of(new Found("", name -> MincImage.open(file, name)));
        }
        return PlainDatasets.of(named.get());
    }

    /** What people call the file, by the program that wrote it. */
    String program() throws IOException {
        if (ImarisImage.is(file)) {
            return "Imaris";
        }
        if (MincImage.is(file)) {
            return "MINC 2";
        }
        for (Found dataset : all) {
            Optional<Hdf5Node> node = file.root().at(dataset.name());
            if (node.isPresent() && node.get().hasAttribute("axistags")) {
                return "ilastik HDF5";
            }
        }
        return Program.of(file).inWords();
    }

    /** Opens the only one. Closing it closes the file. */
    ImageSource only(Place place) throws IOException {
        if (all.size() > 1) {
            throw new ImageFormatException(
                    file.path(),
                    all.size() + " images",
                    "one of them, chosen by " + Setting.SERIES + " 0 to " + (all.size() - 1) + ", or by its path as in "
                            + file.path().resolve(all.get(0).name()));
        }
        String stem = STEM.matcher(file.path().getFileName().toString()).replaceFirst("");
        String path = all.get(0).name();
        return all.get(0).opening().open(place.inside().isEmpty() ? stem : stem + " " + path);
    }

    @Override
    public void close() {
        file.close();
    }
}
