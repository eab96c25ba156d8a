package org.scaledimaging.engine.format.omezarr;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import org.scaledimaging.engine.block.AxisOrder;
import org.scaledimaging.engine.block.Interval;
import org.scaledimaging.engine.execute.Description;
import org.scaledimaging.engine.execute.Execution;
import org.scaledimaging.engine.execute.Notice;
import org.scaledimaging.engine.execute.Progress;
import org.scaledimaging.engine.execute.plan.ReadingPlan;
import org.scaledimaging.engine.format.OmeZarrWriteOptions;
import org.scaledimaging.engine.format.attributes.OwnAttributes;
import org.scaledimaging.engine.format.omezarr.labels.LabelGroups;
import org.scaledimaging.engine.format.omezarr.labels.LabelImage;
import org.scaledimaging.engine.format.pyramid.PyramidPass;
import org.scaledimaging.engine.image.Axis;
import org.scaledimaging.engine.image.ImageMetadata;
import org.scaledimaging.engine.image.ImageSource;
import org.scaledimaging.engine.image.Unchanged;
import org.scaledimaging.engine.message.ParameterException;
import org.scaledimaging.engine.message.Setting;
import org.scaledimaging.engine.place.ImageLocation;
import org.scaledimaging.engine.view.TransposedSource;
import org.scaledimaging.engine.zarr.store.ZarrStore;

/** Writes OME-Zarr images, 0.4 on Zarr 2 and 0.5 on Zarr 3, pyramid included, in one pass and bounded memory. */
public final class OmeZarrWriter {
    /** How much of the time goes into writing where what was written is read back. */
    private static final double WRITING_SHARE = 0.7;

    private OmeZarrWriter() {}

    /**
     * Writes an image. The target appears when it is complete, or not at all. It is a folder, or a zip file where its name
     * ends with {@code .zip} or {@code .ozx}.
     *
     * <p>The specification wants time first, then channels, then space: other orders are written transposed; the spatial
     * axes keep their order.
     *
     * @param provenance where the image comes from, kept among our attributes; may be null
     * @throws ParameterException when an option does not fit the image
     * @throws org.scaledimaging.engine.message.TargetException when the target cannot be written
     */
    public static void write(
            ImageSource image, Path target, OmeZarrWriteOptions options, ObjectNode provenance, Execution execution)
            throws IOException, ParameterException {
        ImageLocation place = ImageLocation.of(target);
        write(image, Optional.empty(), List.of(), place, options, provenance, execution);
    }

    /**
     * As {@link #write(ImageSource, Path, OmeZarrWriteOptions, ObjectNode, Execution)}, of an image that can be opened in
     * other processes, with label images beside it.
     *
     * @param description of the image
     * @param labels of the image's objects; their pyramids have as many levels as the image's
     * @param target a path, or an address of an object store: of a folder there
     */
    public static void write(
            ImageSource image,
            Optional<Description> description,
            List<LabelImage> labels,
            ImageLocation target,
            OmeZarrWriteOptions options,
            ObjectNode provenance,
            Execution execution)
            throws IOException, ParameterException {
        check(image, target.name(), options);
        if (options.verify() && !execution.executor().sharesMemory()) {
            throw new ParameterException(
                    Setting.VERIFY,
                    "the executor " + execution.executor().name(),
                    "the executor threads, whose process knows what it wrote");
        }
        OmeZarrLayout layout = OmeZarrLayout.of(image, options);
        List<WrittenImage> beside = new ArrayList<>();
        for (LabelImage label : labels) {
            beside.add(written(
                    LabelGroups.LABELS + "/" + label.name(),
                    layout.ofLabels(label),
                    label.description(),
                    label.provenance(),
                    options));
        }
        boolean shared = !execution.executor().sharesMemory();
        try (Workplace place = Workplace.at(target, options, options.sources(), shared)) {
            for (int i = 0; i < beside.size(); i++) {
                beside.set(i, beside.get(i).in(place));
            }
            WrittenImage main =
                    written("", layout, description, provenance, options).in(place);
            OwnAttributes.writeRounding(
                    main.own(), options.compression(), image.metadata().pixelType());
            options.compression()
                    .loss(image.metadata().pixelType())
                    .ifPresent(sentence -> execution.tell(Notice.information(sentence)));
            Progress progress = execution.progress();
            Execution writing = options.verify() ? execution.part(0, WRITING_SHARE) : execution;
            ZipTarget.Content content = (folder, part) -> {
                for (int i = 0; i < beside.size(); i++) {
                    WrittenImage one = beside.get(i);
                    Execution here = part(part, main, beside, i);
                    Unchanged.<Void, ParameterException>during(labels.get(i).image(), () -> {
                        one.write(folder, target, here);
                        return null;
                    });
                }
                if (!beside.isEmpty()) {
                    List<String> names = labels.stream().map(LabelImage::name).toList();
                    LabelGroups.write(folder.store(), options.version(), names);
                }
                main.write(folder, target, part(part, main, beside, beside.size()));
            };
            Unchanged.<Void, ParameterException>during(image, () -> {
                ZipTarget.write(target, place, options, writing, content);
                return null;
            });
            if (options.verify()) {
                Execution reading = execution.part(WRITING_SHARE, 1);
                ZarrStore reread = place.reread();
                for (int i = 0; i < beside.size(); i++) {
                    beside.get(i).verify(reread, target, part(reading, main, beside, i));
                }
                main.verify(reread, target, part(reading, main, beside, beside.size()));
            }
            place.commit(progress);
        }
    }

    private static WrittenImage written(
            String path,
            OmeZarrLayout layout,
            Optional<Description> description,
            ObjectNode provenance,
            OmeZarrWriteOptions options) {
        ObjectNode own = JsonNodeFactory.instance.objectNode();
        if (provenance != null) {
            own.set(OwnAttributes.RECIPE, provenance);
        }
        Optional<OmeZarrVerification> verification =
                options.verify() ? Optional.of(new OmeZarrVerification()) : Optional.empty();
        return new WrittenImage(path, layout, description, own, verification);
    }

    /** The part of the work that one of the images is: labels come first, the image that they are of last. */
    private static Execution part(Execution execution, WrittenImage main, List<WrittenImage> beside, int number) {
        double[] sizes = beside.stream().mapToDouble(WrittenImage::size).toArray();
        double before = Arrays.stream(sizes, 0, number).sum();
        double all = Arrays.stream(sizes).sum() + main.size();
        double end = number == sizes.length ? all : before + sizes[number];
        return sizes.length == 0 ? execution : execution.part(before / all, end / all);
    }

    /**
     * Says now what {@link #write} would say of the options.
     *
     * @param image of the shape, type and chunks of what is to be written
     * @param target its name
     * @throws ParameterException when an option does not fit the image or the target's name
     */
    public static void check(ImageSource image, String target, OmeZarrWriteOptions options) throws ParameterException {
        checkTarget(target, options);
        options.compression().check(image.metadata().pixelType());
        PyramidPlan.of(TransposedSource.of(image, order(image.metadata())), options);
    }

    /**
     * How {@link #write} would read the image.
     *
     * @throws ParameterException when an option does not fit the image
     */
    public static ReadingPlan reading(ImageSource image, OmeZarrWriteOptions options, int threads)
            throws ParameterException {
        OmeZarrLayout layout = OmeZarrLayout.of(image, options);
        Interval all = layout.image().metadata().interval();
        ReadingPlan.Memory memory = ReadingPlan.Memory.ofHeap(threads);
        return PyramidPass.reading(
                layout.image(), layout.plan().pyramid(), 0, all, layout.levels().size(), memory);
    }

    /**
     * As {@link #check}, of what the target's name and the options tell.
     *
     * @throws ParameterException when they do not go together
     */
    public static void checkTarget(String target, OmeZarrWriteOptions options) throws ParameterException {
        ZipTarget.check(target, options);
    }

    /** Whether OME-Zarr written to a target of that name is a folder, and no zip file; images of plates have any names. */
    public static boolean isFolder(String target) {
        return !ZipTarget.isMeant(target);
    }

    /** The order that the specification wants. */
    static AxisOrder order(ImageMetadata metadata) {
        List<Axis> first = List.of(Axis.T, Axis.C);
        return AxisOrder.sorting(
                metadata.dimensions(),
                Comparator.comparing(
                        dimension -> dimension.axis().isSpatial() ? first.size() : first.indexOf(dimension.axis())));
    }
}
