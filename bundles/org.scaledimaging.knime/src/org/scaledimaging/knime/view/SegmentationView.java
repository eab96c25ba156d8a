package org.scaledimaging.knime.view;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.util.List;
import java.util.Optional;
import org.knime.core.data.filestore.FileStore;
import org.scaledimaging.engine.Image;
import org.scaledimaging.engine.execute.Execution;
import org.scaledimaging.engine.message.ParameterException;
import org.scaledimaging.engine.segmentation.Segmentation;
import org.scaledimaging.knime.port.ScaledImagePortObject;
import org.scaledimaging.knime.view.ViewContents.Role;

/** The view of Segment Image: labels over the image, and thresholds in its histogram. */
public final class SegmentationView {
    private static final int LONGEST = 256;

    private SegmentationView() {}

    /**
     * Keeps it. Thresholds of the whole image are found now, if they are not known yet.
     *
     * @param image kept beside the folder as the first object
     * @param labels made of it
     * @param store empty, with a folder
     */
    public static ScaledImagePortObject keep(Image image, Image labels, FileStore store, Execution execution)
            throws IOException, ParameterException {
        Execution first = execution.part(0, 0.5);
        Execution second = execution.part(0.5, 1);
        labels.prepare(first);
        ViewContents contents = new ViewContents(store.getFile().toPath());
        Image small = SmallCopy.of(image.source(), LONGEST);
        contents.add(image.metadata().name(), Role.IMAGE, small, image.metadata(), Optional.of(0), first);
        Image smallLabels = SmallCopy.of(labels.source(), LONGEST);
        contents.add(labels.metadata().name(), Role.LABELS, smallLabels, labels.metadata(), Optional.of(1), second);
        contents.putOver(1);
        List<List<Double>> thresholds = Segmentation.thresholdsOf(labels.source());
        ArrayNode channels = (ArrayNode) contents.about(0).get("channels");
        for (int channel = 0; channel < thresholds.size(); channel++) {
            ArrayNode values = ((ObjectNode) channels.get(channel)).putArray("thresholds");
            thresholds.get(channel).stream().filter(Double::isFinite).forEach(values::add);
        }
        image.checkUnchanged();
        return contents.finish(store);
    }
}
