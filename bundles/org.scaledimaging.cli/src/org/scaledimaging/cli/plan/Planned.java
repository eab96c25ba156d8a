package org.scaledimaging.cli.plan;

import java.io.IOException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.scaledimaging.engine.Image;
import org.scaledimaging.engine.execute.Execution;
import org.scaledimaging.engine.image.ImageMetadata;
import org.scaledimaging.engine.message.ParameterException;
import org.scaledimaging.engine.operation.Operation;
import org.scaledimaging.engine.operation.ProcessByPlugin;
import org.scaledimaging.engine.operation.recipe.Operations;
import org.scaledimaging.engine.operation.recipe.ParameterImages;
import org.scaledimaging.engine.parameter.Parameter;
import org.scaledimaging.engine.plugin.PluginRegistry;
import org.scaledimaging.engine.plugin.ScaledProcessingPlugin;
import org.scaledimaging.engine.scaled.Needs;
import org.scaledimaging.engine.scaled.ScaledProcessing;
import org.scaledimaging.engine.scaled.ScaledProcessingOptions;

/**
 * The image that would be made of another.
 *
 * @param image of the shape, type and chunks of the result; voxels are those of the input where a plugin is run
 * @param passes how often the source is read as a whole
 * @param lowResolution the images that estimates are made from
 * @param bytes that estimates take of the memory, at most
 * @param estimates how many there are for each volume and plugin: 1, or less where volumes share them
 * @param sampled of which parts are worked on for the time
 * @param steps what is done to such a part
 */
public record Planned(
        Image image,
        int passes,
        List<ImageMetadata> lowResolution,
        long bytes,
        double estimates,
        Image sampled,
        Steps steps) {
    private static final Set<String> LOOK_AT_ALL = Set.of("segmentOtsu", "segment");

    /** Operations that say where in the image or how large it becomes, which a part of it has no room for. */
    private static final Set<String> OF_THE_WHOLE = Set.of("crop", "select", "level", "upsampleTo");

    /** What is done to a part of an image, to see how long it takes. */
    @FunctionalInterface
    public interface Steps {
        Image apply(Image part, Execution execution) throws IOException, ParameterException;
    }

    /** Of a result that is computed as it is read. */
    public static Planned ofResult(Image result) {
        boolean looks = result.recipe().stream()
                .flatMap(recipe -> recipe.operations().stream())
                .anyMatch(operation ->
                        LOOK_AT_ALL.contains(Operations.kindOf(operation).id()));
        return new Planned(result, looks ? 2 : 1, List.of(), 0, 1, result, (part, execution) -> part);
    }

    /**
     * Of operations one after the other; nothing is estimated.
     *
     * @param opened the image that they are done to
     * @throws ParameterException when one would be refused
     * @throws IOException when an image that one needs cannot be opened
     */
    public static Planned ofOperations(Image opened, List<Operation> operations, Execution execution)
            throws IOException, ParameterException {
        Image at = opened;
        int passes = 1;
        long bytes = 0;
        double estimates = 0;
        List<ImageMetadata> low = new ArrayList<>();
        for (Operation operation : operations) {
            if (operation.process().isEmpty()) {
                passes += LOOK_AT_ALL.contains(Operations.kindOf(operation).id()) ? 1 : 0;
                at = at.applyAll(List.of(operation), execution);
                continue;
            }
            ProcessByPlugin process = operation.process().get();
            ScaledProcessingPlugin plugin = plugin(process);
            ParameterImages.pinned(plugin); // names what is not there as the job does
            ScaledProcessingOptions options = process.options();
            ParameterImages.pinned(options);
            Needs needs;
            try {
                needs = Needs.of(at.source(), plugin, options, ParameterImages::open, execution);
            } catch (ParameterException e) {
                throw e.ofPlugin(process.id());
            }
            passes += needs.readsAll() && low.isEmpty() ? 1 : 0; // later estimates find what the first has read
            bytes = Math.max(bytes, needs.bytes());
            low.add(needs.lowResolution());
            estimates += needs.estimates();
            ImageMetadata made = operation == process
                    ? at.metadata().withPixelType(at.metadata().pixelType().working())
                    : ScaledProcessing.fieldMetadata(at.metadata(), plugin);
            at = operation == process ? at.convert(made.pixelType()) : Image.of(new StandIn(made));
        }
        List<Operation> ofParts = ofParts(operations);
        double each = low.isEmpty() ? 1 : estimates / low.size();
        return new Planned(
                at,
                passes,
                low,
                bytes,
                each,
                opened,
                (part, execute) -> part.applyAll(limited(ofParts, part), execute));
    }

    private static ScaledProcessingPlugin plugin(ProcessByPlugin process) throws ParameterException {
        PluginRegistry plugins = PluginRegistry.installed();
        Map<String, Object> parameters = plugins.description(process.id()).asRecipesMean(process.parameters());
        return plugins.create(ScaledProcessingPlugin.class, process.id(), parameters);
    }

    /** The same without images that may lie beside a part, and without what volumes share. */
    private static List<Operation> ofParts(List<Operation> operations) throws ParameterException {
        List<Operation> parts = new ArrayList<>();
        for (Operation operation : operations) {
            if (operation.process().isPresent()) {
                ProcessByPlugin process = operation.process().get();
                Map<String, Object> parameters = new HashMap<>(process.parameters());
                for (Parameter parameter : plugin(process).description().parameters()) {
                    if (parameter.type() == Parameter.Type.IMAGE) {
                        parameters.remove(parameter.name());
                    }
                }
                parts.add(
                        operation.withProcess(new ProcessByPlugin(process.id(), parameters, process.downsampleFactor())
                                .withDownsampleTo(process.downsampleTo())));
            } else if (!OF_THE_WHOLE.contains(Operations.kindOf(operation).id())) {
                parts.add(operation);
            }
        }
        return parts;
    }

    /** With factors that a part has room for. */
    private static List<Operation> limited(List<Operation> operations, Image part) {
        List<Long> lengths = part.metadata().spatial().stream()
                .map(dimension -> dimension.length())
                .toList();
        return operations.stream()
                .map(operation -> operation
                        .process()
                        .filter(process -> process.downsampleFactor().size() == lengths.size())
                        .map(process -> operation.withProcess(limited(process, lengths)))
                        .orElse(operation))
                .toList();
    }

    private static ProcessByPlugin limited(ProcessByPlugin process, List<Long> lengths) {
        List<Integer> factors = new ArrayList<>();
        for (int d = 0; d < lengths.size(); d++) {
            factors.add((int) Math.min(process.downsampleFactor().get(d), lengths.get(d)));
        }
        return new ProcessByPlugin(process.id(), process.parameters(), factors);
    }
}
