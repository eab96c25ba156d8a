package org.scaledimaging.knime.view;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import org.knime.core.data.filestore.FileStore;
import org.scaledimaging.engine.Image;
import org.scaledimaging.engine.execute.Execution;
import org.scaledimaging.engine.execute.Notice;
import org.scaledimaging.engine.image.Dimension;
import org.scaledimaging.engine.image.Evaluated;
import org.scaledimaging.engine.image.ImageMetadata;
import org.scaledimaging.engine.image.ImageSource;
import org.scaledimaging.engine.message.ParameterException;
import org.scaledimaging.engine.report.Comparison;
import org.scaledimaging.engine.report.FiguresJson;
import org.scaledimaging.engine.report.FiguresPass;
import org.scaledimaging.knime.port.ScaledImagePortObject;
import org.scaledimaging.knime.setting.Titles;
import org.scaledimaging.knime.view.ViewContents.Role;

/**
 * The view of Scaled Processing: the image before and after, and the field, at a resolution that is at hand once the
 * field is estimated. No voxel of the full resolution is read for it.
 */
public final class ProcessingView {
    private static final int LONGEST = 256;

    /** Of an image without a coarser resolution: it is in memory, or as good as that. */
    private static final long MOST_VOXELS = 1 << 24;

    private ProcessingView() {}

    /**
     * Keeps it.
     *
     * @param processed as scaled processing gave it
     * @param told what was told while it was estimated
     * @param store empty, with a folder
     * @return what the node keeps, before the image, the result and the field themselves; nothing where a large image has
     *     no coarser resolution, which is when the downsample factor is 1
     */
    public static Optional<ScaledImagePortObject> keep(
            Image processed, List<Notice> told, FileStore store, Execution execution)
            throws IOException, ParameterException {
        ImageSource source = processed.before().orElseThrow().source();
        Optional<ImageSource> before = coarse(source);
        Optional<ImageSource> after = before.flatMap(level -> processed.source().levels().stream()
                .filter(other -> shape(other.metadata()).equals(shape(level.metadata())))
                .findFirst());
        if (after.isEmpty()) {
            return Optional.empty();
        }
        ViewContents contents = new ViewContents(store.getFile().toPath());
        ImageMetadata full = processed.metadata();
        contents.add("Before", Role.IMAGE, small(before.get()), source.metadata(), Optional.of(0), execution);
        contents.add("After", Role.IMAGE, small(after.get()), full, Optional.of(1), execution);
        Optional<ImageSource> field = processed
                .field()
                .flatMap(image -> at(image.source(), before.get().metadata()));
        if (field.isPresent()) {
            ImageMetadata metadata = processed.field().orElseThrow().metadata();
            contents.add("Field", Role.FIELD, small(field.get()), metadata, Optional.of(2), execution);
        }
        figures(contents, execution);
        ArrayNode courses = contents.more().putArray("courses");
        for (Notice notice : told) {
            if (!notice.values().isEmpty()) {
                ObjectNode course = courses.addObject().put("name", notice.sentence(new Titles(Optional.empty())));
                notice.values().forEach(course.putArray("values")::add);
            }
        }
        return Optional.of(contents.finish(store));
    }

    /** The finest level below the full resolution that a view can hold, or else the coarsest; of small images all. */
    private static Optional<ImageSource> coarse(ImageSource image) {
        List<ImageSource> coarser = image.levels().subList(1, image.levels().size());
        for (ImageSource level : coarser) {
            if (SmallCopy.longest(level.metadata()) <= LONGEST) {
                return Optional.of(level);
            }
        }
        if (!coarser.isEmpty()) {
            return Optional.of(coarser.get(coarser.size() - 1));
        }
        return image.metadata().voxels() <= MOST_VOXELS ? Optional.of(image) : Optional.empty();
    }

    private static Image small(ImageSource level) throws ParameterException {
        return SmallCopy.of(OneLevel.of(level), LONGEST);
    }

    /** Lengths by axis, whatever their order. */
    private static List<String> shape(ImageMetadata image) {
        return image.dimensions().stream()
                .map(dimension -> dimension.axis().symbol() + dimension.length())
                .sorted()
                .toList();
    }

    private static List<String> spatial(ImageMetadata image) {
        return shape(image).stream()
                .filter(length -> "zyx".contains(length.substring(0, 1)))
                .toList();
    }

    /** A field at the resolution of a level, if it can be had there alone. */
    private static Optional<ImageSource> at(ImageSource field, ImageMetadata level) {
        List<Dimension> dimensions = field.metadata().dimensions();
        int[] factors = new int[dimensions.size()];
        Arrays.fill(factors, 1);
        for (int d = 0; d < factors.length; d++) {
            if (dimensions.get(d).axis().isSpatial()) {
                factors[d] = (int) SmallCopy.factor(
                        field.metadata(), level, dimensions.get(d).axis());
            }
        }
        return field instanceof Evaluated function ? Optional.of(function.at(factors)) : Optional.empty();
    }

    /** Of what is kept: what the full resolution would give takes a pass over it, which a report makes. */
    private static void figures(ViewContents contents, Execution execution) throws IOException, ParameterException {
        try (Image before = contents.open(0);
                Image after = contents.open(1);
                Image field = contents.size() > 2 ? contents.open(2) : null) {
            boolean alike = field != null && spatial(field.metadata()).equals(spatial(before.metadata()));
            Comparison images = new Comparison(
                    before.source(),
                    after.source(),
                    alike ? Optional.of(field.source()) : Optional.empty(),
                    Optional.empty());
            contents.more().set("figures", FiguresJson.of(FiguresPass.of(images, execution)));
        }
    }
}
