package org.scaledimaging.knime.nodes;

import java.io.IOException;
import org.knime.core.data.filestore.FileStore;
import org.knime.core.node.NodeFactory.NodeType;
import org.knime.node.DefaultModel.ExecuteInput;
import org.knime.node.DefaultModel.ExecuteOutput;
import org.knime.node.DefaultNode;
import org.knime.node.DefaultNodeFactory;
import org.scaledimaging.engine.execute.Execution;
import org.scaledimaging.engine.message.ParameterException;
import org.scaledimaging.knime.port.ScaledImagePortObject;
import org.scaledimaging.knime.setting.SegmentImageParameters;
import org.scaledimaging.knime.view.NodeView;
import org.scaledimaging.knime.view.SegmentationView;
import org.scaledimaging.knime.work.Kept;
import org.scaledimaging.knime.work.OperationModel;

/** Segment Image: labels by thresholds. */
public final class SegmentImageNodeFactory extends DefaultNodeFactory {
    private static DefaultNode node() {
        return DefaultNode.create()
                .name("Segment Image")
                .icon("segment.png")
                .shortDescription("Labels voxels by thresholds: Otsu's, local ones or given ones.")
                .fullDescription(
                        "Gives each voxel the number of its class, from 0 for the darkest, as uint8 (uint16 for more than"
                                + " 256 classes). Otsu's thresholds are found once for the whole image, without seams: for images of up"
                                + " to 64 million voxels at once, so that the view shows them, for larger ones when the first voxel is"
                                + " needed.")
                .sinceVersion(5, 8, 0)
                .ports(ports -> ports.addInputPort("Image", "The image to segment.", ScaledImagePortObject.TYPE)
                        .addOutputPort("Label image", "The number of each voxel's class.", ScaledImagePortObject.TYPE))
                .model(OperationModel.of(SegmentImageParameters.DIALOGS.now(), SegmentImageNodeFactory::keep))
                .addView(NodeView.of("The labels over the image, and the thresholds in its histogram."))
                .nodeType(NodeType.Manipulator)
                .keywords("Otsu", "threshold", "mask", "label", "binarize", "segmentation")
                .addExternalResource(
                        "https://doi.org/10.1109/TSMC.1979.4310076", "Otsu: A Threshold Selection Method (1979)");
    }

    public SegmentImageNodeFactory() {
        super(node());
    }

    private static void keep(OperationModel.Done done, ExecuteInput input, ExecuteOutput output, Execution execution)
            throws ParameterException, IOException {
        SegmentImageParameters parameters = input.getParameters();
        if (parameters.keepsCopyOf(done.image().metadata())) {
            FileStore store = Kept.store("view", input.getExecutionContext());
            output.setInternalData(
                    SegmentationView.keep(done.image(), done.result(), store, execution), done.from(), done.to());
        }
    }
}
