package org.scaledimaging.knime.nodes;

import java.io.IOException;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Stream;
import org.knime.core.data.filestore.FileStore;
import org.knime.core.data.image.png.PNGImageContent;
import org.knime.core.node.NodeFactory.NodeType;
import org.knime.core.node.port.PortObject;
import org.knime.core.node.port.image.ImagePortObject;
import org.knime.core.node.port.image.ImagePortObjectSpec;
import org.knime.node.DefaultModel.ExecuteInput;
import org.knime.node.DefaultModel.ExecuteOutput;
import org.knime.node.DefaultNode;
import org.knime.node.DefaultNodeFactory;
import org.scaledimaging.engine.execute.Execution;
import org.scaledimaging.engine.message.ParameterException;
import org.scaledimaging.knime.port.ScaledImagePortObject;
import org.scaledimaging.knime.setting.ImageViewerParameters;
import org.scaledimaging.knime.view.NodeView;
import org.scaledimaging.knime.view.ViewedImages;
import org.scaledimaging.knime.work.Kept;
import org.scaledimaging.knime.work.Work;

/** Image Viewer: slices of images of one field of view. */
public final class ImageViewerNodeFactory extends DefaultNodeFactory {
    private static final DefaultNode NODE = DefaultNode.create()
            .name("Image Viewer")
            .icon("viewer.png")
            .shortDescription("Shows slices of images of one field of view, with labels over them.")
            .fullDescription(
                    "Keeps a small copy of each image and shows its slices in a view: one axis or all three, channels,"
                            + " time points, windows by percentiles or by hand, at one position in all images. Labels lie"
                            + " over the others. Slices are read finer from the image itself where it has a pyramid or is"
                            + " cheap to read in part. The picture at the output port shows the same as PNG, for reports"
                            + " and tables.")
            .sinceVersion(5, 8, 0)
            .dynamicPorts(ports -> new PortGroups(ports)
                    .in("Image", "The first image.")
                    .more(
                            "Further images",
                            "Images of the same field of view, at any resolution, shown beside the first;"
                                    + " or labels to lie over it.")
                    .out("Picture", "Slices of all images as PNG.", ImagePortObject.TYPE))
            .model(Work.model(
                    ImageViewerParameters.class,
                    (input, output) -> output.setOutSpec(0, new ImagePortObjectSpec(PNGImageContent.TYPE)),
                    ImageViewerNodeFactory::execute))
            .addView(NodeView.of("Slices of the images along one axis or all three, with histograms and windows."))
            .nodeType(NodeType.Visualizer)
            .keywords("slice", "preview", "histogram", "overlay", "orthogonal", "PNG", "picture")
            .addExternalResource(
                    "https://ngff.openmicroscopy.org/", "OME-Zarr: pyramids, which the view reads finer slices from");

    public ImageViewerNodeFactory() {
        super(NODE);
    }

    private static void execute(ExecuteInput input, ExecuteOutput output, Execution execution)
            throws ParameterException, IOException {
        PortObject[] objects = input.getInPortObjects();
        List<ScaledImagePortObject> images = Arrays.stream(objects)
                .map(object -> (ScaledImagePortObject) object)
                .toList();
        FileStore store = Kept.store("view", input.getExecutionContext());
        ViewedImages viewed = new ViewedImages(store, input.getParameters(), execution);
        viewed.keep(images);
        PNGImageContent picture = new PNGImageContent(viewed.picture());
        output.setInternalData(Stream.concat(Stream.of(viewed.finish(store)), Arrays.stream(objects))
                .toArray(PortObject[]::new));
        output.setOutData(0, new ImagePortObject(picture, new ImagePortObjectSpec(PNGImageContent.TYPE)));
    }
}
