package org.scaledimaging.engine.format.hdf5;

import java.io.IOException;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.scaledimaging.engine.cache.ChunkCache;
import org.scaledimaging.engine.execute.Notice;
import org.scaledimaging.engine.format.hdf5.file.Hdf5Dataset;
import org.scaledimaging.engine.format.hdf5.file.Hdf5Node;
import org.scaledimaging.engine.image.Axis;
import org.scaledimaging.engine.image.ChannelColours;
import org.scaledimaging.engine.image.Dimension;
import org.scaledimaging.engine.image.ImageMetadata;
import org.scaledimaging.engine.image.ImageSource;
import org.scaledimaging.engine.message.ImageFormatException;

/** Datasets that stand by themselves, as ilastik, MATLAB and programs in Python write them: each is an image. */
final class PlainDatasets {
    private static final int DEEPEST = 16;
    private static final int MOST_OBJECTS = 20_000;
    private static final int MOST_AXES = 5;

    private final Program program;
    private final List<Found> images = new ArrayList<>();
    private Optional<ImageFormatException> failure = Optional.empty();
    private final Set<Hdf5Node.Identity> seen = new HashSet<>();
    private Optional<Hdf5Node> noNumbers = Optional.empty();

    private PlainDatasets(Program program) {
        this.program = program;
    }

    /** Those at a group or below it, or the one that a node is. */
    static List<Found> of(Hdf5Node node) throws IOException {
        PlainDatasets datasets = new PlainDatasets(Program.of(node.file()));
        if (node.isDataset()) {
            return List.of(new Found(node.path().substring(1), name -> datasets.open(node, name)));
        }
        datasets.walk(node, 0);
        if (datasets.images.isEmpty()) {
            if (datasets.noNumbers.isPresent()) {
                Hdf5Dataset.open(datasets.noNumbers.get()); // says why not
            }
            if (datasets.failure.isPresent()) {
                throw datasets.failure.get();
            }
            throw new ImageFormatException(
                    node.location(),
                    "HDF5 without an image",
                    "a dataset of numbers with 2 to " + MOST_AXES + " axes, Imaris' or BigDataViewer's layout");
        }
        return datasets.images;
    }

    private void walk(Hdf5Node group, int depth) throws IOException {
        for (String name : group.names()) {
            if (name.startsWith("#")) {
                continue; // MATLAB keeps what cells refer to there
            }
            try {
                Optional<Hdf5Node> found = group.at(name);
                if (found.isPresent()
                        && seen.size() < MOST_OBJECTS
                        && seen.add(found.get().identity())) {
                    add(found.get(), depth);
                }
            } catch (ImageFormatException e) {
                failure = failure.or(() -> Optional.of(e));
            }
        }
    }

    private void add(Hdf5Node node, int depth) throws IOException {
        if (node.isDataset()) {
            if (isImage(node)) {
                images.add(new Found(node.path().substring(1), image -> open(node, image)));
            }
        } else if (depth < DEEPEST) {
            walk(node, depth + 1);
        }
    }

    /** Numbers with as many axes as images have: no scale of an axis, no text in MATLAB's codes. */
    private boolean isImage(Hdf5Node node) throws IOException {
        Optional<long[]> shape = Hdf5Dataset.shape(node);
        boolean axes = shape.isPresent() && shape.get().length >= 2 && shape.get().length <= MOST_AXES;
        boolean numbers = Hdf5Dataset.values(node).isPresent();
        noNumbers = noNumbers.or(() -> Optional.of(node).filter(same -> axes && !numbers));
        return axes
                && numbers
                && !node.text("CLASS").orElse("").equals("DIMENSION_SCALE")
                && !node.text("MATLAB_class").orElse("").equals("char");
    }

    private ImageSource open(Hdf5Node node, String name) throws IOException {
        Hdf5Dataset dataset = Hdf5Dataset.open(node);
        int axes = dataset.shape().length;
        if (axes < 2 || axes > MOST_AXES) {
            throw new ImageFormatException(node.location(), "a dataset of " + axes + " axes", "2 to " + MOST_AXES);
        }
        for (String scaling : List.of("scale_factor", "add_offset")) {
            double[] number = node.numbers(scaling);
            if (number.length > 0 && number[0] != (scaling.equals("scale_factor") ? 1 : 0)) {
                throw new ImageFormatException(
                        node.location(), "values that are packed by a " + scaling, "values as they are meant");
            }
        }
        Program.Axes known = program.axes(node, dataset.shape(), dataset.pixelType());
        ImageMetadata metadata =
                ImageMetadata.of(name, dataset.pixelType(), known.dimensions().toArray(Dimension[]::new));
        if (!known.colours()) {
            return new DatasetSource(dataset, metadata, new ChunkCache(), true);
        }
        int colours = (int) dataset.shape()[metadata.indexOf(Axis.C)];
        DatasetSource image =
                new DatasetSource(dataset, ChannelColours.ofPixels(metadata, colours), new ChunkCache(), true);
        return known.guessed()
                ? image.withRemark(Notice.information(ChannelColours.remark(node.location(), colours)))
                : image;
    }
}
