package org.scaledimaging.engine.format.hdf5;

import java.io.IOException;
import java.time.Duration;
import java.time.LocalDateTime;
import java.time.format.DateTimeFormatter;
import java.time.format.DateTimeParseException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import org.scaledimaging.engine.block.PixelType;
import org.scaledimaging.engine.cache.ChunkCache;
import org.scaledimaging.engine.format.hdf5.file.Hdf5Dataset;
import org.scaledimaging.engine.format.hdf5.file.Hdf5File;
import org.scaledimaging.engine.format.hdf5.file.Hdf5Node;
import org.scaledimaging.engine.image.Axis;
import org.scaledimaging.engine.image.ChannelColours;
import org.scaledimaging.engine.image.Dimension;
import org.scaledimaging.engine.image.ImageMetadata;
import org.scaledimaging.engine.image.ImageSource;
import org.scaledimaging.engine.image.Levels;
import org.scaledimaging.engine.image.PhysicalUnit;
import org.scaledimaging.engine.image.StoredLevel;
import org.scaledimaging.engine.message.ImageFormatException;
import org.scaledimaging.engine.view.VolumesSource;

/**
 * The image of a file of Imaris (its file format 5.5): a dataset for each level, time point and channel, filled up to whole
 * chunks, which {@code ImageSizeX} and its like do not count. Axes are t and c where there are several, z, y, x.
 */
final class ImarisImage implements VolumesSource.Store {
    private static final DateTimeFormatter TIME = DateTimeFormatter.ofPattern("yyyy-MM-dd HH:mm:ss[.SSS]", Locale.ROOT);

    private final Hdf5File file;
    private final Hdf5Node data;
    private final Hdf5Node info;
    private final int times;
    private final int channels;
    private final List<Hdf5Node> levels = new ArrayList<>();
    private final List<long[]> shapes = new ArrayList<>();
    private final ChunkCache cache = new ChunkCache();

    private ImarisImage(Hdf5File file, Hdf5Node data, Hdf5Node info) throws IOException {
        this.file = file;
        this.data = data;
        this.info = info;
        for (int level = 0; level < count(data, "ResolutionLevel "); level++) {
            levels.add(data.at("ResolutionLevel " + level).orElseThrow());
        }
        this.times = count(levels.get(0), "TimePoint ");
        this.channels = count(levels.get(0).at("TimePoint 0").orElseThrow(), "Channel ");
    }

    /** Whether a file is one of Imaris. */
    static boolean is(Hdf5File file) throws IOException {
        Hdf5Node root = file.root();
        return root.at("DataSet").isPresent()
                && root.at("DataSetInfo").isPresent()
                && root.at("DataSet/ResolutionLevel 0").isPresent();
    }

    static ImageSource open(Hdf5File file, String name) throws IOException {
        Hdf5Node root = file.root();
        ImarisImage image = new ImarisImage(
                file, root.at("DataSet").orElseThrow(), root.at("DataSetInfo").orElseThrow());
        return image.open(name);
    }

    /** How many there are of a group's members that are numbered from 0. */
    private static int count(Hdf5Node group, String prefix) throws IOException {
        Set<String> names = Set.copyOf(group.names());
        int count = 0;
        while (names.contains(prefix + count)) {
            count++;
        }
        if (count == 0) {
            throw new ImageFormatException(group.location(), "no \"" + prefix + "0\"", "a file as Imaris writes it");
        }
        return count;
    }

    private ImageSource open(String name) throws IOException {
        for (Hdf5Node level : levels) {
            shapes.add(shape(level.at("TimePoint 0/Channel 0")
                    .orElseThrow(() -> new ImageFormatException(
                            level.location(), "a level without its first channel", "a file as Imaris writes it"))));
        }
        ImageSource first = open(new long[2])
                .orElseThrow(() -> new ImageFormatException(data.location(), "no data", "a file as Imaris writes it"));
        PixelType type = first.metadata().pixelType();
        ImageMetadata finest = ImageMetadata.of(name, type, dimensions().toArray(Dimension[]::new));
        List<String> names = new ArrayList<>();
        List<Optional<Integer>> colours = new ArrayList<>();
        for (int c = 0; c < channels; c++) {
            Optional<Hdf5Node> described = info.at("Channel " + c);
            names.add(
                    described.isPresent()
                            ? described.get().text("Name").orElse("").strip()
                            : "");
            colours.add(described.isPresent() ? colour(described.get()) : Optional.empty());
        }
        boolean named = names.stream().noneMatch(String::isBlank);
        List<String> channelNames = named ? names : List.of();
        boolean coloured = colours.stream().anyMatch(Optional::isPresent);
        finest = finest.withChannels(channelNames, ChannelColours.omero(channelNames, coloured ? colours : List.of()));
        List<ImageMetadata> all = new ArrayList<>(List.of(finest));
        for (int coarser = 1; coarser < shapes.size(); coarser++) {
            all.add(coarser(finest, shapes.get(coarser)));
        }
        return VolumesSource.of(this, first, all);
    }

    /** The lengths along z, y and x that a channel's attributes tell, without what fills chunks up. */
    private long[] shape(Hdf5Node channel) throws IOException {
        Hdf5Node node = channel.at("Data")
                .orElseThrow(
                        () -> new ImageFormatException(channel.location(), "no \"Data\"", "a dataset of that name"));
        long[] stored = Hdf5Dataset.shape(node).orElse(new long[0]);
        if (stored.length != 3) {
            throw new ImageFormatException(node.location(), "a dataset of " + stored.length + " axes", "z, y and x");
        }
        long[] shape = new long[3];
        for (int d = 0; d < 3; d++) {
            String attribute = "ImageSize" + "ZYX".charAt(d);
            shape[d] = number(channel, attribute).map(Double::longValue).orElse(stored[d]);
            if (shape[d] < 1 || shape[d] > stored[d]) {
                throw new ImageFormatException(
                        channel.location(), attribute + " " + shape[d], "1 to the dataset's " + stored[d]);
            }
        }
        return shape;
    }

    /** A number that is written in letters. */
    private static Optional<Double> number(Hdf5Node node, String attribute) throws IOException {
        try {
            Optional<String> text = node.text(attribute);
            return text.isPresent() ? Optional.of(Double.valueOf(text.get().strip())) : Optional.empty();
        } catch (NumberFormatException e) {
            return Optional.empty();
        }
    }

    private List<Dimension> dimensions() throws IOException {
        List<Dimension> dimensions = new ArrayList<>();
        if (times > 1) {
            double seconds = seconds();
            dimensions.add(new Dimension(Axis.T, times, seconds > 0 ? seconds : 1, seconds > 0 ? "second" : "", 0));
        }
        if (channels > 1) {
            dimensions.add(Dimension.of(Axis.C, channels));
        }
        Optional<Hdf5Node> image = info.at("Image");
        String unit =
                image.isPresent() ? PhysicalUnit.orWord(image.get().text("Unit").orElse("um")) : "";
        List<Axis> spatial = List.of(Axis.Z, Axis.Y, Axis.X);
        for (int d = 0; d < 3; d++) {
            long length = shapes.get(0)[d];
            Optional<Double> low = image.isPresent() ? number(image.get(), "ExtMin" + (2 - d)) : Optional.empty();
            Optional<Double> high = image.isPresent() ? number(image.get(), "ExtMax" + (2 - d)) : Optional.empty();
            double extent = low.isPresent() && high.isPresent() ? high.get() - low.get() : 0;
            boolean known = extent > 0 && !Double.isInfinite(extent);
            double size = known ? extent / length : 1;
            dimensions.add(
                    new Dimension(spatial.get(d), length, size, known ? unit : "", known ? low.get() + size / 2 : 0));
        }
        return dimensions;
    }

    /** Between the first two time points; 0 where that is not told. */
    private double seconds() throws IOException {
        Optional<Hdf5Node> described = info.at("TimeInfo");
        if (described.isEmpty()) {
            return 0;
        }
        try {
            List<LocalDateTime> times = new ArrayList<>();
            for (int time = 1; time <= 2; time++) {
                times.add(LocalDateTime.parse(
                        described.get().text("TimePoint" + time).orElse("").strip(), TIME));
            }
            return Duration.between(times.get(0), times.get(1)).toMillis() / 1000.0;
        } catch (DateTimeParseException e) {
            return 0;
        }
    }

    private static Optional<Integer> colour(Hdf5Node channel) throws IOException {
        String[] parts = channel.text("Color").orElse("").strip().split("\\s+");
        try {
            int colour = 0;
            for (int i = 0; i < 3 && parts.length == 3; i++) {
                long part = Math.round(255 * Double.parseDouble(parts[i]));
                colour = colour << 8 | (int) Math.max(0, Math.min(255, part));
            }
            return parts.length == 3 ? Optional.of(colour) : Optional.empty();
        } catch (NumberFormatException e) {
            return Optional.empty();
        }
    }

    /** Levels hold block means, so the first voxel lies within the image by half of what it is larger. */
    private static ImageMetadata coarser(ImageMetadata finest, long[] shape) {
        long[] all = finest.shape();
        double[] scale = new double[all.length];
        double[] shift = new double[all.length];
        Arrays.fill(scale, 1);
        for (int d = 0; d < 3; d++) {
            int at = all.length - 3 + d;
            scale[at] = Levels.factor(all[at], shape[d]);
            shift[at] = (scale[at] - 1) / 2;
            all[at] = shape[d];
        }
        return finest.resampled(all, scale, shift);
    }

    @Override
    public Optional<ImageSource> open(long[] index) throws IOException {
        long time = times > 1 ? index[0] : 0;
        long channel = channels > 1 ? index[times > 1 ? 1 : 0] : 0;
        List<DatasetSource> sources = new ArrayList<>();
        PixelType type = null;
        for (int level = 0; level < shapes.size(); level++) {
            Optional<Hdf5Node> node = levels.get(level).at("TimePoint " + time + "/Channel " + channel + "/Data");
            if (node.isEmpty()) {
                return Optional.empty();
            }
            Hdf5Dataset dataset = Hdf5Dataset.open(node.get());
            check(dataset, shapes.get(level), type);
            type = dataset.pixelType();
            ImageMetadata metadata = ImageMetadata.of(
                    file.path().getFileName().toString(),
                    type,
                    Dimension.of(Axis.Z, shapes.get(level)[0]),
                    Dimension.of(Axis.Y, shapes.get(level)[1]),
                    Dimension.of(Axis.X, shapes.get(level)[2]));
            sources.add(new DatasetSource(dataset, metadata, cache, false));
        }
        return Optional.of(StoredLevel.link(sources));
    }

    private void check(Hdf5Dataset dataset, long[] shape, PixelType type) throws ImageFormatException {
        long[] stored = dataset.shape();
        boolean covers = stored.length == 3 && (type == null || type == dataset.pixelType());
        for (int d = 0; covers && d < 3; d++) {
            covers = stored[d] >= shape[d];
        }
        if (!covers) {
            throw new ImageFormatException(
                    dataset.node().location(),
                    dataset.pixelType().label() + " of the lengths " + Arrays.toString(stored),
                    "the type and the lengths of the image's other channels, " + Arrays.toString(shape));
        }
    }

    @Override
    public void checkUnchanged() throws IOException {
        file.opened().check();
    }

    @Override
    public void close() {
        file.close();
    }
}
