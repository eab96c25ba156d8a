package org.scaledimaging.engine.format.bdv;

import java.io.Closeable;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.scaledimaging.engine.format.hdf5.Hdf5Container;
import org.scaledimaging.engine.format.n5.N5Format;
import org.scaledimaging.engine.image.Axis;
import org.scaledimaging.engine.image.ImageMetadata;
import org.scaledimaging.engine.image.ImageSource;
import org.scaledimaging.engine.image.Levels;
import org.scaledimaging.engine.message.ImageFormatException;
import org.scaledimaging.engine.place.ImageLocation;

/** The volumes of a data set, by time point and setup, wherever they are kept. Thread-safe. */
interface Views extends Closeable {
    /** A volume with its levels, along z, y and x; nothing where it is missing. */
    Optional<ImageSource> open(int time, int setup) throws IOException;

    /** By what a level of a volume was downsampled along z, y and x. */
    double[] factors(int setup, ImageSource finest, ImageSource level);

    /** As {@link ImageSource#checkUnchanged}. */
    void checkUnchanged() throws IOException;

    /** Of HDF5: {@code t00000/s00/0/cells}, and {@code s00/resolutions}, which says by what levels were downsampled. */
    final class InHdf5 implements Views {
        private static final Pattern TIME = Pattern.compile("t([0-9]{5,9})");
        private static final Pattern SETUP = Pattern.compile("s([0-9]{2,9})");

        private final Hdf5Container file;
        private final List<Integer> times = new ArrayList<>();

        /** Factors along x, y and z of each level, by setup. */
        private final Map<Integer, double[]> resolutions = new TreeMap<>();

        private InHdf5(Hdf5Container file) throws IOException {
            this.file = file;
            for (String name : file.names()) {
                Matcher time = TIME.matcher(name);
                Matcher setup = SETUP.matcher(name);
                if (time.matches()) {
                    times.add(Integer.valueOf(time.group(1)));
                } else if (setup.matches()) {
                    double[] factors = file.numbers(name + "/resolutions");
                    if (factors.length >= 3 && factors.length % 3 == 0) {
                        resolutions.put(Integer.valueOf(setup.group(1)), factors);
                    }
                }
            }
        }

        /** Whether a file of HDF5 is laid out like that. */
        static boolean areIn(Path path) throws IOException {
            try (InHdf5 views = open(path)) {
                return views.setups().stream().findFirst().isPresent() && !views.times.isEmpty();
            } catch (ImageFormatException e) {
                return false; // whoever opens it says so
            }
        }

        static InHdf5 open(Path path) throws IOException {
            Hdf5Container file = Hdf5Container.open(path);
            try {
                return new InHdf5(file);
            } catch (IOException | RuntimeException | Error e) {
                file.close();
                throw e;
            }
        }

        TreeSet<Integer> setups() {
            return new TreeSet<>(resolutions.keySet());
        }

        List<Integer> times() {
            return times;
        }

        @Override
        public Optional<ImageSource> open(int time, int setup) throws IOException {
            List<String> levels = new ArrayList<>();
            double[] known = resolutions.getOrDefault(setup, new double[3]);
            for (int level = 0; level < known.length / 3; level++) {
                levels.add("t%05d/s%02d/%d/cells".formatted(time, setup, level));
            }
            return file.volume(levels);
        }

        @Override
        public double[] factors(int setup, ImageSource finest, ImageSource level) {
            int which = finest.levels().indexOf(level);
            double[] known = resolutions.getOrDefault(setup, new double[0]);
            double[] factors = Views.byLengths(finest, level);
            for (int d = 0; d < 3 && 3 * which + 2 < known.length; d++) {
                double factor = known[3 * which + 2 - d] / known[2 - d];
                factors[d] = factor >= 1 && !Double.isInfinite(factor) ? factor : factors[d];
            }
            return factors;
        }

        @Override
        public void checkUnchanged() throws IOException {
            file.checkUnchanged();
        }

        @Override
        public void close() {
            file.close();
        }
    }

    /** Of N5: {@code setup0/timepoint0/s0}. */
    final class InN5 implements Views {
        private final Path folder;
        private final Instant since;
        private final Map<List<Integer>, ImageSource> opened = new java.util.concurrent.ConcurrentHashMap<>();

        InN5(Path folder, Instant since) {
            this.folder = folder;
            this.since = since;
        }

        @Override
        public Optional<ImageSource> open(int time, int setup) throws IOException {
            Path place = folder.resolve("setup" + setup).resolve("timepoint" + time);
            if (!Files.isDirectory(place)) {
                return Optional.empty();
            }
            ImageSource volume = new N5Format().open(ImageLocation.of(place), since);
            if (!volume.metadata().axes().equals("zyx")) {
                throw new ImageFormatException(
                        place, "a volume along " + volume.metadata().axes(), "z, y and x");
            }
            opened.put(List.of(time, setup), volume);
            return Optional.of(volume);
        }

        /** Those that attributes say, which are in the voxel size of the level; else those that lengths allow. */
        @Override
        public double[] factors(int setup, ImageSource finest, ImageSource level) {
            double[] factors = new double[3];
            boolean said = false;
            for (int d = 0; d < 3; d++) {
                ImageMetadata fine = finest.metadata();
                factors[d] = level.metadata().dimensions().get(d).voxelSize()
                        / fine.dimensions().get(d).voxelSize();
                said |= factors[d] != 1;
            }
            return said ? factors : Views.byLengths(finest, level);
        }

        @Override
        public void checkUnchanged() throws IOException {
            for (ImageSource volume : opened.values()) {
                volume.checkUnchanged();
            }
        }

        @Override
        public void close() throws IOException {
            for (ImageSource volume : opened.values()) {
                volume.close();
            }
        }
    }

    private static double[] byLengths(ImageSource finest, ImageSource level) {
        double[] factors = new double[3];
        for (Axis axis : List.of(Axis.Z, Axis.Y, Axis.X)) {
            int d = axis.ordinal() - Axis.Z.ordinal();
            factors[d] =
                    Levels.factor(finest.metadata().shape()[d], level.metadata().shape()[d]);
        }
        return factors;
    }
}
