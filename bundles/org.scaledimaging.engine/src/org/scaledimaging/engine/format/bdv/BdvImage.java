package org.scaledimaging.engine.format.bdv;

import java.io.IOException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import org.scaledimaging.engine.format.bdv.SpimData.Setup;
import org.scaledimaging.engine.format.bdv.SpimData.View;
import org.scaledimaging.engine.image.Affine;
import org.scaledimaging.engine.image.Axis;
import org.scaledimaging.engine.image.Dimension;
import org.scaledimaging.engine.image.ImageMetadata;
import org.scaledimaging.engine.image.ImageSource;
import org.scaledimaging.engine.image.PhysicalUnit;
import org.scaledimaging.engine.message.ImageFormatException;
import org.scaledimaging.engine.view.VolumesSource;

/** Setups that differ in their channel alone, as one image: axes t and c where there are several, z, y, x. */
final class BdvImage implements VolumesSource.Store {
    private static final double NONE = 1e-6;

    private final BdvFiles files;
    private final List<Setup> channels;
    private final List<String> warnings = new ArrayList<>();
    private final long[] shape;

    private BdvImage(BdvFiles files, List<Setup> channels, ImageSource first) {
        this.files = files;
        this.channels = channels;
        this.shape = first.metadata().shape();
    }

    static ImageSource open(BdvFiles files, List<Setup> channels, String name) throws IOException {
        Optional<ImageSource> first = Optional.empty();
        Setup setup = channels.get(0);
        for (int time : files.times()) {
            for (int c = 0; first.isEmpty() && c < channels.size(); c++) {
                setup = channels.get(c);
                first = files.views().open(time, setup.id());
            }
        }
        if (first.isEmpty()) {
            throw new ImageFormatException(files.named(), "no voxels of setup " + setup.id(), "those of a time point");
        }
        return new BdvImage(files, channels, first.get()).open(name, setup, first.get());
    }

    private ImageSource open(String name, Setup setup, ImageSource first) {
        List<Dimension> dimensions = new ArrayList<>();
        if (files.times().size() > 1) {
            dimensions.add(Dimension.of(Axis.T, files.times().size()));
        }
        if (channels.size() > 1) {
            dimensions.add(Dimension.of(Axis.C, channels.size()));
        }
        double[] origins = origins(setup);
        List<Axis> spatial = List.of(Axis.Z, Axis.Y, Axis.X);
        for (int d = 0; d < 3; d++) {
            double size = setup.voxelSize().isPresent() ? setup.voxelSize().get()[2 - d] : 1;
            boolean known = size > 0 && !Double.isInfinite(size);
            String unit = known ? PhysicalUnit.orWord(setup.unit()) : "";
            dimensions.add(
                    new Dimension(spatial.get(d), shape[d], known ? size : 1, unit, origins[d] * (known ? size : 1)));
        }
        ImageMetadata finest =
                ImageMetadata.of(name, first.metadata().pixelType(), dimensions.toArray(Dimension[]::new));
        finest = finest.withChannels(names(), Optional.empty());
        List<ImageMetadata> levels = new ArrayList<>();
        for (ImageSource level : first.levels()) {
            double[] factors = files.views().factors(setup.id(), first, level);
            levels.add(
                    level == first
                            ? finest
                            : coarser(finest, factors, level.metadata().shape()));
        }
        if (files.data().missing() > 0) {
            warnings.add(files.named() + " says that volumes are missing, "
                    + files.data().missing() + " in all: where they are not there their voxels are 0.");
        }
        return VolumesSource.of(this, first, levels);
    }

    /** One for each channel, if each has one that is no number. */
    private List<String> names() {
        List<String> names = new ArrayList<>();
        for (Setup channel : channels) {
            Integer number = channel.attributes().get("channel");
            String named = number == null ? "" : files.data().channels().getOrDefault(number, "");
            names.add(named.isBlank() || named.matches("[0-9]+") ? channel.name() : named);
        }
        return names.stream().noneMatch(String::isBlank) ? names : List.of();
    }

    /** Where the first voxel lies along z, y and x, in voxels; 0 where registrations do more than move and scale. */
    private double[] origins(Setup setup) {
        Affine affine = files.data().affines().get(new View(files.times().get(0), setup.id()));
        if (affine == null) {
            return new double[3];
        }
        double[] origins = new double[3];
        boolean straight = true;
        for (int row = 0; row < 3; row++) {
            double scale = affine.get(row, row);
            straight &= scale > 0;
            for (int column = 0; column < 3; column++) {
                straight &= column == row || Math.abs(affine.get(row, column)) <= NONE * Math.abs(scale);
            }
            origins[2 - row] = affine.get(row, 3) / scale;
        }
        if (!straight) {
            warnings.add(files.named() + " turns or shears setup " + setup.id()
                    + " into place, which is left out: voxels are where the microscope took them.");
            return new double[3];
        }
        for (Setup channel : channels) {
            for (int time : files.times()) {
                Affine other = files.data().affines().get(new View(time, channel.id()));
                if (other != null && !other.equals(affine) && warnings.isEmpty()) {
                    warnings.add(files.named() + " puts the volumes of its channels or time points to different places,"
                            + " which is left out: all are where the first one is.");
                }
            }
        }
        return origins;
    }

    /** Levels hold block means. */
    private static ImageMetadata coarser(ImageMetadata finest, double[] factors, long[] volume) {
        long[] shape = finest.shape();
        double[] scale = new double[shape.length];
        double[] shift = new double[shape.length];
        Arrays.fill(scale, 1);
        for (int d = 0; d < 3; d++) {
            int at = shape.length - 3 + d;
            shape[at] = volume[d];
            scale[at] = factors[d];
            shift[at] = (factors[d] - 1) / 2;
        }
        return finest.resampled(shape, scale, shift);
    }

    @Override
    public Optional<ImageSource> open(long[] index) throws IOException {
        boolean several = files.times().size() > 1;
        int time = files.times().get(several ? (int) index[0] : 0);
        Setup setup = channels.get(channels.size() > 1 ? (int) index[several ? 1 : 0] : 0);
        Optional<ImageSource> volume = files.views().open(time, setup.id());
        if (volume.isPresent() && !Arrays.equals(volume.get().metadata().shape(), shape)) {
            throw new ImageFormatException(
                    files.named(),
                    "setup " + setup.id() + " of the lengths "
                            + Arrays.toString(volume.get().metadata().shape()) + " at time point " + time,
                    Arrays.toString(shape) + ", those of the others");
        }
        return volume;
    }

    @Override
    public void checkUnchanged() throws IOException {
        files.checkUnchanged();
    }

    @Override
    public List<String> warnings() {
        return warnings;
    }

    @Override
    public void close() throws IOException {
        files.close();
    }
}
