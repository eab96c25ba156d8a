package org.scaledimaging.knime.nodes;

import org.knime.core.node.NodeFactory.NodeType;
import org.knime.node.DefaultNode;
import org.knime.node.DefaultNodeFactory;
import org.scaledimaging.knime.setting.save.SaveTiffParameters;
import org.scaledimaging.knime.work.Work;

/** Save TIFF: where an image's pixels are computed and written. */
public final class SaveTiffNodeFactory extends DefaultNodeFactory {
    private static final DefaultNode NODE = DefaultNode.create()
            .name("Save TIFF")
            .icon("save-tiff.png")
            .shortDescription("Writes an image as an OME-TIFF file.")
            .fullDescription(
                    "Computes an image block by block and writes it as a single OME-TIFF file, in tiles and with its"
                            + " coarser resolutions, as Bio-Formats, QuPath and many others read it.")
            .sinceVersion(5, 8, 0)
            .dynamicPorts(ports ->
                    PortGroups.connected(ports, "Where the file is written.").in("Image", "The image to write."))
            .model(Work.model(SaveTiffParameters.class, FileSaving::configure, FileSaving::execute))
            .nodeType(NodeType.Sink)
            .keywords("writer", "save", "TIFF", "OME-TIFF", "tif", "write", "export", "microscopy", "QuPath", "pyramid")
            .addExternalResource(
                    "https://docs.openmicroscopy.org/ome-model/latest/ome-tiff/",
                    "OME-TIFF: the format's specification");

    public SaveTiffNodeFactory() {
        super(NODE);
    }
}
