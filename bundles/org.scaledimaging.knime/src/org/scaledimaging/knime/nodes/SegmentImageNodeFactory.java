package org.scaledimaging.knime.nodes;

import org.knime.node.DefaultNode;
import org.knime.node.DefaultNodeFactory;
import org.scaledimaging.knime.port.ScaledImagePortObject;
import org.scaledimaging.knime.setting.SegmentImageParameters;
import org.scaledimaging.knime.work.OperationModel;

/** Segment Image: labels by thresholds. */
public final class SegmentImageNodeFactory extends DefaultNodeFactory {
    private static final DefaultNode NODE = DefaultNode.create()
            .name("Segment Image")
            .icon("segment.png")
            .shortDescription("Labels voxels by thresholds: Otsu's, local ones or given ones.")
            .fullDescription(
                    "Gives each voxel the number of its class, from 0 for the darkest, as uint8 (uint16 for more than"
                            + " 256 classes). Otsu's thresholds are found once for the whole image, without seams, when the first"
                            + " voxel is needed: the node is done at once.")
            .sinceVersion(5, 8, 0)
            .ports(ports -> ports.addInputPort("Image", "The image to segment.", ScaledImagePortObject.TYPE)
                    .addOutputPort("Label image", "The number of each voxel's class.", ScaledImagePortObject.TYPE))
            .model(OperationModel.of(SegmentImageParameters.class))
            .keywords("Otsu", "threshold", "mask", "label", "binarize", "segmentation");

    public SegmentImageNodeFactory() {
        super(NODE);
    }
}
