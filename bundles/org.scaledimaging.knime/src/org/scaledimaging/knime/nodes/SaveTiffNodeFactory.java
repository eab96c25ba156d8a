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
import org.scaledimaging.knime.setting.SaveTiffParameters;
import org.scaledimaging.knime.setting.text.NodePlaces;
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
            .dynamicPorts(ports -> ConnectionPort.addTo(ports, "Where the file is written.")
                    .addInputPortGroup(
                            "Image",
                            group -> group.name("Image")
                                    .description("The image to write.")
                                    .fixed(ScaledImagePortObject.TYPE)))
            .model(model -> model.parametersClass(SaveTiffParameters.class)
                    .configure(Work.configure((input, output) -> {
                        SaveTiffParameters parameters = input.getParameters();
                        parameters.options();
                        ImageMetadata image = Work.image(input).metadata();
                        Optional<Path> target = parameters.targetHere(image, NodePlaces.of(input.getInPortSpecs()));
                        if (target.isPresent()) {
                            Work.warn(target.get(), parameters.overwrite(), output);
                        }
                    }))
                    .execute(Work.execute((input, output, execution) -> execute(input, execution))))
            .nodeType(NodeType.Sink)
            .keywords("writer", "save", "TIFF", "OME-TIFF", "tif", "write", "export", "microscopy", "QuPath", "pyramid")
            .addExternalResource(
                    "https://docs.openmicroscopy.org/ome-model/latest/ome-tiff/",
                    "OME-TIFF: the format's specification");

    public SaveTiffNodeFactory() {
        super(NODE);
    }

    private static void execute(ExecuteInput input, Execution execution) throws ParameterException, IOException {
        SaveTiffParameters parameters = input.getParameters();
        ScaledImagePortObject object = Work.image(input);
        ImageLocation target = parameters.target(object.getSpec().metadata(), NodePlaces.of(input.getInPortObjects()));
        try (Image image = object.open(execution)) {
            Image converted = OutputType.convert(image, parameters.pixelType, image.metadata());
            Upload.write(
                    target,
                    ConnectionPort.handling(parameters),
                    (file, part) -> converted.saveTiff(file, parameters.options(), part),
                    execution);
        } catch (IOException e) {
            throw FileFailures.explain(e, target);
        }
    }
}
