package org.scaledimaging.knime.nodes;

import java.io.IOException;
import java.nio.file.Path;
import org.knime.core.node.NodeFactory.NodeType;
import org.knime.node.DefaultModel.ExecuteInput;
import org.knime.node.DefaultNode;
import org.knime.node.DefaultNodeFactory;
import org.scaledimaging.engine.Image;
import org.scaledimaging.engine.execute.Execution;
import org.scaledimaging.engine.message.ParameterException;
import org.scaledimaging.engine.place.FileFailures;
import org.scaledimaging.knime.port.ScaledImagePortObject;
import org.scaledimaging.knime.port.ScaledImagePortObjectSpec;
import org.scaledimaging.knime.setting.OutputType;
import org.scaledimaging.knime.setting.SaveNiftiParameters;
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
            .ports(ports -> ports.addInputPort("Image", "The image to write.", ScaledImagePortObject.TYPE))
            .model(model -> model.parametersClass(SaveNiftiParameters.class)
                    .configure(Work.configure((input, output) -> {
                        SaveNiftiParameters parameters = input.getParameters();
                        parameters.options();
                        ScaledImagePortObjectSpec spec = input.getInPortSpec(0);
                        Work.warn(parameters.target(spec.metadata()), parameters.overwrite(), output);
                    }))
                    .execute(Work.execute((input, output, execution) -> execute(input, execution))))
            .nodeType(NodeType.Sink)
            .keywords("writer", "save", "NIfTI", "nii", "write", "export", "MRI")
            .addExternalResource("https://nifti.nimh.nih.gov/", "NIfTI: the format's specification");

    public SaveNiftiNodeFactory() {
        super(NODE);
    }

    private static void execute(ExecuteInput input, Execution execution) throws ParameterException, IOException {
        SaveNiftiParameters parameters = input.getParameters();
        ScaledImagePortObject object = input.getInPortObject(0);
        Path target = parameters.target(object.getSpec().metadata());
        try (Image image = object.open(execution)) {
            OutputType.convert(image, parameters.pixelType, image.metadata())
                    .saveNifti(target, parameters.options(), execution);
        } catch (IOException e) {
            throw FileFailures.explain(e, target);
        }
    }
}
