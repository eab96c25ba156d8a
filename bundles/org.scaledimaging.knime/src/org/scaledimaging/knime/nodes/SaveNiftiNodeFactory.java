package org.scaledimaging.knime.nodes;

import org.knime.core.node.NodeFactory.NodeType;
import org.knime.node.DefaultNode;
import org.knime.node.DefaultNodeFactory;
import org.scaledimaging.knime.setting.save.SaveNiftiParameters;
import org.scaledimaging.knime.work.Work;

/** Save NIfTI: where an image's pixels are computed and written. */
public final class SaveNiftiNodeFactory extends DefaultNodeFactory {
    private static final DefaultNode NODE = DefaultNode.create()
            .name("Save NIfTI")
            .icon("save-nifti.png")
            .shortDescription("Writes an image as a NIfTI file.")
            .fullDescription(
                    "Computes an image block by block and writes it as a single NIfTI file, compressed or not by its"
                            + " name. Where the image lies in the world is kept.")
            .sinceVersion(5, 8, 0)
            .dynamicPorts(ports ->
                    PortGroups.connected(ports, "Where the file is written.").in("Image", "The image to write."))
            .model(Work.model(SaveNiftiParameters.class, FileSaving::configure, FileSaving::execute))
            .nodeType(NodeType.Sink)
            .keywords("writer", "save", "NIfTI", "nii", "write", "export", "MRI")
            .addExternalResource("https://nifti.nimh.nih.gov/", "NIfTI: the format's specification");

    public SaveNiftiNodeFactory() {
        super(NODE);
    }
}
