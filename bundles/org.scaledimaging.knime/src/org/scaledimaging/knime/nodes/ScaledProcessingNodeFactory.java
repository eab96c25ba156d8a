package org.scaledimaging.knime.nodes;

import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import org.knime.core.node.NodeFactory.NodeType;
import org.knime.core.node.port.PortObject;
import org.knime.core.node.port.PortObjectSpec;
import org.knime.node.DefaultModel.ConfigureInput;
import org.knime.node.DefaultModel.ConfigureOutput;
import org.knime.node.DefaultNode;
import org.knime.node.DefaultNodeFactory;
import org.scaledimaging.engine.block.PixelType;
import org.scaledimaging.engine.execute.Execution;
import org.scaledimaging.engine.image.ImageMetadata;
import org.scaledimaging.engine.message.ParameterException;
import org.scaledimaging.engine.plugin.ScaledProcessingPlugin;
import org.scaledimaging.engine.scaled.ScaledProcessing;
import org.scaledimaging.knime.port.ScaledImagePortObject;
import org.scaledimaging.knime.port.ScaledImagePortObjectSpec;
import org.scaledimaging.knime.setting.EstimateParameters;
import org.scaledimaging.knime.setting.ScaledProcessingParameters;
import org.scaledimaging.knime.setting.text.Location;
import org.scaledimaging.knime.setting.text.OutputType;
import org.scaledimaging.knime.view.NodeView;
import org.scaledimaging.knime.work.OmeZarrOrder;
import org.scaledimaging.knime.work.ProcessingJob;
import org.scaledimaging.knime.work.Work;

/** Scaled Processing: what the project is for. */
public final class ScaledProcessingNodeFactory extends DefaultNodeFactory {
    private static DefaultNode node() {
        return DefaultNode.create()
                .name("Scaled Processing")
                .icon("scaled-processing.png")
                .shortDescription("Runs an algorithm on a downsampled image and applies its result at full resolution.")
                .fullDescription(
                        "Estimates a field (a bias field, a background) on a downsampled copy of the image and applies"
                                + " it to the image at full resolution, block by block. Each channel and time point is"
                                + " processed on its own, unless Estimate from says what they share. The low-resolution"
                                + " image comes from the image's pyramid where that has a fitting level, else from one"
                                + " pass over the image; further corrections with the same factor need no further pass."
                                + " What was estimated is kept in the workflow.")
                .sinceVersion(5, 8, 0)
                .dynamicPorts(ports -> new PortGroups(ports)
                        .in("Image", "The image to process.")
                        .optional(
                                EstimateParameters.PORT,
                                "An image of the same field of view, at any resolution: voxels where it is not 0 take"
                                        + " part in the estimate; or, as Image at the port Mask says, what the estimate is"
                                        + " made from, or where the result is applied.")
                        .out("Processed image", "The image with the plugin applied.")
                        .out("Field", "The estimated field as an image at full resolution."))
                .model(Work.model(
                        ScaledProcessingParameters.DIALOGS.now(),
                        ScaledProcessingNodeFactory::configure,
                        (input, output, execution) -> {
                            PortObject[] images = input.getInPortObjects();
                            ProcessingJob job = new ProcessingJob(
                                    input.getParameters(),
                                    (ScaledImagePortObject) images[0],
                                    Optional.ofNullable(images.length > 1 ? (ScaledImagePortObject) images[1] : null),
                                    input.getExecutionContext(),
                                    output);
                            job.run(execution);
                        }))
                .addView(NodeView.of(
                        "The image before and after and its field at low resolution, with figures and, where"
                                + " the plugin tells of it, the convergence of the estimate. It costs no pass over"
                                + " the image."))
                .nodeType(NodeType.Manipulator)
                .keywords(
                        "bias field",
                        "N4",
                        "N4ITK",
                        "Gaussian",
                        "background",
                        "inhomogeneity",
                        "downsample",
                        "big image")
                .addExternalResource(
                        "https://doi.org/10.1109/TMI.2010.2046908", "N4ITK: Improved N3 Bias Correction (2010)");
    }

    public ScaledProcessingNodeFactory() {
        super(node());
    }

    private static void configure(ConfigureInput input, ConfigureOutput output) throws ParameterException {
        ScaledProcessingParameters parameters = input.getParameters();
        PortObjectSpec[] specs = input.getInPortSpecs();
        ImageMetadata image = ((ScaledImagePortObjectSpec) specs[0]).metadata();
        ScaledProcessingPlugin plugin = parameters.create(Optional.empty());
        ScaledProcessing.check(image, List.of(plugin), parameters.options(Optional.empty()), Execution.standard());
        if (parameters.useTemporary && !parameters.temporaryFolder.isEmpty()) {
            Path folder = Location.path(ProcessingJob.TEMPORARY_TITLE, parameters.temporaryFolder);
            Work.warn(folder, false, output);
        }
        PixelType computed = image.pixelType().working();
        PixelType type = OutputType.of(parameters.pixelType, computed, image.pixelType());
        output.setOutSpec(
                0,
                ScaledImagePortObjectSpec.of(
                        result(image, parameters).withPixelType(type).withLabels(false)));
        output.setOutSpec(1, ScaledImagePortObjectSpec.of(ScaledProcessing.fieldMetadata(image, plugin)));
    }

    /** A materialised result has the axes in the order that OME-Zarr wants. */
    private static ImageMetadata result(ImageMetadata image, ScaledProcessingParameters parameters) {
        return parameters.result == ScaledProcessingParameters.Result.MATERIALISED ? OmeZarrOrder.of(image) : image;
    }
}
