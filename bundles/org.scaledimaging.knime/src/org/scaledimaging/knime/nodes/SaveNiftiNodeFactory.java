package org.scaledimaging.knime.nodes;

import java.io.IOException;
import java.nio.file.Path;
import java.util.Optional;
import org.knime.core.node.NodeFactory.NodeType;
import org.knime.node.DefaultModel.ExecuteInput;
import org.knime.node.DefaultNode;
import org.knime.node.DefaultNodeFactory;
import org.scaledimaging.engine.Image;
import org.scaledimaging.engine.execute.Execution;
import org.scaledimaging.engine.image.ImageMetadata;
import org.scaledimaging.engine.message.ParameterException;
import org.scaledimaging.engine.place.FileFailures;
import org.scaledimaging.engine.place.ImageLocation;
import org.scaledimaging.knime.connection.Upload;
import org.scaledimaging.knime.port.ScaledImagePortObject;
import org.scaledimaging.knime.setting.OutputType;
import org.scaledimaging.knime.setting.SaveNiftiParameters;
import org.scaledimaging.knime.setting.text.NodePlaces;
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
            .dynamicPorts(ports -> ConnectionPort.addTo(ports, "Where the file is written.")
                    .addInputPortGroup(
                            "Image",
                            group -> group.name("Image")
                                    .description("The image to write.")
                                    .fixed(ScaledImagePortObject.TYPE)))
            .model(model -> model.parametersClass(SaveNiftiParameters.class)
                    .configure(Work.configure((input, output) -> {
                        SaveNiftiParameters parameters = input.getParameters();
                        parameters.options();
                        ImageMetadata image = Work.image(input).metadata();
                        Optional<Path> target = parameters.targetHere(image, NodePlaces.of(input.getInPortSpecs()));
                        if (target.isPresent()) {
                            Work.warn(target.get(), parameters.overwrite(), output);
                        }
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
        ScaledImagePortObject object = Work.image(input);
        ImageLocation target = parameters.target(object.getSpec().metadata(), NodePlaces.of(input.getInPortObjects()));
        try (Image image = object.open(execution)) {
            Image converted = OutputType.convert(image, parameters.pixelType, image.metadata());
            Upload.write(
                    target,
                    ConnectionPort.handling(parameters),
                    (file, part) -> converted.saveNifti(file, parameters.options(), part),
                    execution);
        } catch (IOException e) {
            throw FileFailures.explain(e, target);
        }
    }
}
