package org.scaledimaging.knime.nodes;

import java.io.IOException;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Optional;
import org.knime.core.data.filestore.FileStore;
import org.knime.core.node.NodeFactory.NodeType;
import org.knime.core.node.port.PortObject;
import org.knime.node.DefaultModel.ConfigureInput;
import org.knime.node.DefaultModel.ConfigureOutput;
import org.knime.node.DefaultModel.ExecuteInput;
import org.knime.node.DefaultModel.ExecuteOutput;
import org.knime.node.DefaultNode;
import org.knime.node.DefaultNodeFactory;
import org.scaledimaging.engine.Image;
import org.scaledimaging.engine.block.PixelType;
import org.scaledimaging.engine.execute.Execution;
import org.scaledimaging.engine.image.ImageMetadata;
import org.scaledimaging.engine.message.ParameterException;
import org.scaledimaging.knime.port.ScaledImagePortObject;
import org.scaledimaging.knime.port.ScaledImagePortObjectSpec;
import org.scaledimaging.knime.setting.ApplyFieldParameters;
import org.scaledimaging.knime.setting.EstimateParameters;
import org.scaledimaging.knime.setting.text.OutputType;
import org.scaledimaging.knime.work.Kept;
import org.scaledimaging.knime.work.Work;

/** Apply Field: what was estimated before, or elsewhere, is applied to an image. */
public final class ApplyFieldNodeFactory extends DefaultNodeFactory {
    private static final DefaultNode NODE = DefaultNode.create()
            .name("Apply Field")
            .icon("apply-field.png")
            .shortDescription("Applies a field that is there already, of any resolution, to an image.")
            .fullDescription(
                    "Divides an image by a field (or multiplies, subtracts, adds it) that was estimated before: by"
                            + " Scaled Processing, here or on another image of the same field of view, or by other"
                            + " programs, such as ANTs. The field is matched by its place in the world where both images"
                            + " say theirs, else voxel by voxel. Voxels are computed where they are needed. A field that"
                            + " is not a file but estimated in the workflow is estimated again wherever the result is"
                            + " opened: save and load it where that takes long.")
            .sinceVersion(5, 8, 0)
            .dynamicPorts(ports -> new PortGroups(ports)
                    .in("Image", "The image to work on.")
                    .in(
                            "Field",
                            "The field, of any resolution: channels and time points as many as the image has, or one"
                                    + " for all.")
                    .optional(
                            EstimateParameters.PORT,
                            "Where the field is applied: an image of the same field of view with values"
                                    + " from 0 to 1, at any resolution.")
                    .out("Result", "The image with the field applied."))
            .model(Work.model(
                    ApplyFieldParameters.class, ApplyFieldNodeFactory::configure, ApplyFieldNodeFactory::execute))
            .nodeType(NodeType.Manipulator)
            .keywords("bias field", "divide", "correct", "background", "ANTs", "N4", "saved field")
            .addExternalResource("https://github.com/ANTsX/ANTs", "ANTs, whose N4 writes bias fields as images");

    public ApplyFieldNodeFactory() {
        super(NODE);
    }

    private static void configure(ConfigureInput input, ConfigureOutput output) throws ParameterException {
        ApplyFieldParameters parameters = input.getParameters();
        parameters.operation("none", Optional.empty());
        ImageMetadata image = ((ScaledImagePortObjectSpec) input.getInPortSpecs()[0]).metadata();
        PixelType computed = image.pixelType().working();
        PixelType type = OutputType.of(parameters.pixelType, computed, image.pixelType());
        output.setOutSpec(0, ScaledImagePortObjectSpec.of(image.withOtherValues(type)));
    }

    private static void execute(ExecuteInput input, ExecuteOutput output, Execution execution)
            throws ParameterException, IOException {
        ApplyFieldParameters parameters = input.getParameters();
        PortObject[] images = input.getInPortObjects();
        ScaledImagePortObject first = (ScaledImagePortObject) images[0];
        boolean keeps = Arrays.stream(images)
                .anyMatch(image -> ((ScaledImagePortObject) image).store().isPresent());
        Optional<FileStore> store =
                keeps ? Optional.of(Kept.continued("field", first, input.getExecutionContext())) : Optional.empty();
        Path folder = store.map(Kept::folder).orElse(Path.of(""));
        String field = Kept.recipe((ScaledImagePortObject) images[1], folder, execution);
        Optional<String> mask = images.length > 2
                ? Optional.of(Kept.recipe((ScaledImagePortObject) images[2], folder, execution))
                : Optional.empty();
        try (Image image = first.open(store.map(Kept::folder), execution);
                Image applied = image.apply(parameters.operation(field, mask), execution)) {
            Image result = OutputType.convert(applied, parameters.pixelType, image.metadata());
            result.checkPixelType(execution);
            output.setOutData(0, ScaledImagePortObject.of(result, store));
        }
    }
}
