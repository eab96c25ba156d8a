package org.scaledimaging.knime.nodes;

import java.io.IOException;
import java.nio.file.Path;
import java.util.Optional;
import org.knime.core.node.NodeFactory.NodeType;
import org.knime.node.DefaultModel.ConfigureInput;
import org.knime.node.DefaultModel.ConfigureOutput;
import org.knime.node.DefaultModel.ExecuteInput;
import org.knime.node.DefaultModel.ExecuteOutput;
import org.knime.node.DefaultNode;
import org.knime.node.DefaultNodeFactory;
import org.scaledimaging.engine.Image;
import org.scaledimaging.engine.execute.Execution;
import org.scaledimaging.engine.format.omezarr.OmeZarrWriter;
import org.scaledimaging.engine.message.ParameterException;
import org.scaledimaging.engine.place.FileFailures;
import org.scaledimaging.knime.port.ScaledImagePortObject;
import org.scaledimaging.knime.port.ScaledImagePortObjectSpec;
import org.scaledimaging.knime.setting.SaveOmeZarrParameters;
import org.scaledimaging.knime.work.OmeZarrOrder;
import org.scaledimaging.knime.work.Work;

/** Save OME-Zarr: where an image's pixels are computed and written. */
public final class SaveOmeZarrNodeFactory extends DefaultNodeFactory {
    private static final DefaultNode NODE = DefaultNode.create()
            .name("Save OME-Zarr")
            .icon("save-ome-zarr.png")
            .shortDescription("Writes an image as OME-Zarr with a pyramid, as a folder or a zip file.")
            .fullDescription(
                    "Computes an image block by block and writes it as OME-Zarr with its pyramid, in one pass and"
                            + " bounded memory. The written image is the output, so that workflows can go on from it.")
            .sinceVersion(5, 8, 0)
            .ports(ports -> ports.addInputPort("Image", "The image to write.", ScaledImagePortObject.TYPE)
                    .addOutputPort("Written image", "The image as it was written.", ScaledImagePortObject.TYPE))
            .model(model -> model.parametersClass(SaveOmeZarrParameters.class)
                    .configure(Work.configure(SaveOmeZarrNodeFactory::configure))
                    .execute(Work.execute(SaveOmeZarrNodeFactory::execute)))
            .nodeType(NodeType.Sink)
            .keywords("writer", "save", "Zarr", "write", "export", "pyramid", "big image")
            .addExternalResource("https://ngff.openmicroscopy.org/", "OME-Zarr: the format's specification");

    public SaveOmeZarrNodeFactory() {
        super(NODE);
    }

    private static void configure(ConfigureInput input, ConfigureOutput output) throws ParameterException, IOException {
        SaveOmeZarrParameters parameters = input.getParameters();
        ScaledImagePortObjectSpec spec = input.getInPortSpec(0);
        Path target = parameters.target(spec.metadata());
        OmeZarrWriter.checkTarget(target, parameters.options());
        Work.warn(target, parameters.overwrite(), output);
        output.setOutSpec(0, ScaledImagePortObjectSpec.of(OmeZarrOrder.of(spec.metadata())));
    }

    private static void execute(ExecuteInput input, ExecuteOutput output, Execution execution)
            throws ParameterException, IOException {
        SaveOmeZarrParameters parameters = input.getParameters();
        ScaledImagePortObject object = input.getInPortObject(0);
        Path target = parameters.target(object.getSpec().metadata());
        try (Image image = object.open(execution)) {
            image.saveOmeZarr(target, parameters.options(), execution);
        } catch (IOException e) {
            throw FileFailures.explain(e, target);
        }
        try (Image written = Image.open(target)) {
            output.setOutData(0, ScaledImagePortObject.of(written, Optional.empty()));
        }
    }
}
