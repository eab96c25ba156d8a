package org.scaledimaging.knime.view;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.knime.core.data.filestore.FileStore;
import org.scaledimaging.engine.Image;
import org.scaledimaging.engine.execute.Execution;
import org.scaledimaging.engine.image.ImageMetadata;
import org.scaledimaging.engine.message.ParameterException;
import org.scaledimaging.engine.operation.Operation;
import org.scaledimaging.engine.operation.TakeField;
import org.scaledimaging.engine.operation.recipe.Recipe;
import org.scaledimaging.engine.picture.Display;
import org.scaledimaging.engine.picture.Picture;
import org.scaledimaging.engine.picture.Raster;
import org.scaledimaging.engine.picture.plane.Cut;
import org.scaledimaging.engine.picture.plane.Slices;
import org.scaledimaging.knime.port.ScaledImagePortObject;
import org.scaledimaging.knime.setting.ImageViewerParameters;
import org.scaledimaging.knime.view.ViewContents.Role;

/** Images of one field of view, kept small to be looked at, and a picture of them. */
public final class ViewedImages {
    private final ViewContents contents;
    private final ImageViewerParameters parameters;
    private final Execution execution;
    private final List<Role> roles = new ArrayList<>();

    /** @param store empty, with a folder; it takes what is kept */
    public ViewedImages(FileStore store, ImageViewerParameters parameters, Execution execution) {
        this.contents = new ViewContents(store.getFile().toPath());
        this.parameters = parameters;
        this.execution = execution;
    }

    /**
     * Keeps the images.
     *
     * @throws ParameterException when the settings name an image that is not there
     */
    public void keep(List<ScaledImagePortObject> images) throws IOException, ParameterException {
        int port = parameters.labels.orElse(0);
        if (port > images.size()) {
            throw new ParameterException(
                    ImageViewerParameters.LABELS_TITLE, port, "1 to " + images.size() + ", an image's port, or none");
        }
        Optional<Integer> over = Optional.empty();
        for (int i = 0; i < images.size(); i++) {
            Execution part = execution.part((double) i / images.size(), (i + 1.0) / images.size());
            try (Image image = images.get(i).open(part)) {
                ImageMetadata metadata = image.metadata();
                boolean labels = metadata.labels() || port == i + 1;
                boolean covers = port == 0 ? labels && over.isEmpty() : port == i + 1;
                if (covers && images.size() > 1) {
                    over = Optional.of(i);
                }
                roles.add(labels ? Role.LABELS : isField(image) ? Role.FIELD : Role.IMAGE);
                Image source = labels && !metadata.labels() ? Image.of(OneLevel.labels(image.source())) : image;
                Image small = SmallCopy.of(source.source(), parameters.longest);
                contents.add(metadata.name(), roles.get(i), small, metadata, Optional.of(i), part);
                image.checkUnchanged();
            }
        }
        over.ifPresent(contents::putOver);
    }

    /** Whether the last thing that was done is to take a correction's field. */
    static boolean isField(Image image) {
        List<Operation> operations = image.recipe().map(Recipe::operations).orElse(List.of());
        return !operations.isEmpty() && operations.get(operations.size() - 1) instanceof TakeField;
    }

    /** The middle slices, or the projections, of each image in a row, as PNG. */
    public byte[] picture() throws IOException {
        Optional<Integer> over = contents.over();
        List<Raster> rasters = new ArrayList<>();
        for (int i = 0; i < contents.size(); i++) {
            if (over.isPresent() && over.get() == i) {
                continue;
            }
            try (Image image = contents.open(i);
                    Image labels = over.isPresent() ? contents.open(over.get()) : null) {
                Slices slices = Slices.of(image.source());
                boolean middle = parameters.picture == ImageViewerParameters.Cuts.MIDDLE;
                Display display = new Display(List.of(), 0, Optional.empty(), roles.get(i) == Role.FIELD);
                rasters.add(Picture.of(
                        image.source(),
                        Optional.ofNullable(labels).map(Image::source),
                        middle ? Cut.middle(slices) : Cut.projections(slices),
                        display,
                        parameters.pictureSize,
                        execution));
            }
        }
        return Raster.inRow(rasters).png();
    }

    /** What the node keeps. */
    public ScaledImagePortObject finish(FileStore store) throws IOException {
        return contents.finish(store);
    }
}
