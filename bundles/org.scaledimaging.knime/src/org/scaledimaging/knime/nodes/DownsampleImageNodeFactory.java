package org.scaledimaging.knime.nodes;

import org.knime.core.node.NodeFactory.NodeType;
import org.knime.node.DefaultNode;
import org.knime.node.DefaultNodeFactory;
import org.scaledimaging.knime.port.ScaledImagePortObject;
import org.scaledimaging.knime.setting.DownsampleImageParameters;
import org.scaledimaging.knime.work.OperationModel;

/** Downsample Image: block means. */
public final class DownsampleImageNodeFactory extends DefaultNodeFactory {
    private static final DefaultNode NODE = DefaultNode.create()
            .name("Downsample Image")
            .icon("downsample.png")
            .shortDescription("Makes an image smaller by averaging blocks of voxels.")
            .fullDescription(
                    "Each voxel of the result is the mean of a block of voxels. Voxel size and origin follow. Means"
                            + " are computed where they are needed: the node is done at once.")
            .sinceVersion(5, 8, 0)
            .ports(ports -> ports.addInputPort("Image", "The image.", ScaledImagePortObject.TYPE)
                    .addOutputPort("Downsampled image", "The smaller image.", ScaledImagePortObject.TYPE))
            .model(OperationModel.of(DownsampleImageParameters.class))
            .nodeType(NodeType.Manipulator)
            .keywords("shrink", "resample", "binning", "block mean", "resolution")
            .addExternalResource("https://ngff.openmicroscopy.org/", "OME-Zarr: pyramids of downsampled images");

    public DownsampleImageNodeFactory() {
        super(NODE);
    }
}
