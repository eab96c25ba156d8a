package org.scaledimaging.engine.scaled.lowres;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import org.scaledimaging.engine.block.Block;
import org.scaledimaging.engine.block.Interval;
import org.scaledimaging.engine.execute.Description;
import org.scaledimaging.engine.execute.Execution;
import org.scaledimaging.engine.execute.Executor;
import org.scaledimaging.engine.execute.MemoryBudget;
import org.scaledimaging.engine.execute.Pass;
import org.scaledimaging.engine.image.ImageMetadata;
import org.scaledimaging.engine.image.ImageSource;
import org.scaledimaging.engine.image.Volumes;
import org.scaledimaging.engine.message.ParameterException;
import org.scaledimaging.engine.message.Setting;
import org.scaledimaging.engine.plugin.Field;
import org.scaledimaging.engine.plugin.ScaledProcessingPlugin;
import org.scaledimaging.engine.spill.BlockStore;
import org.scaledimaging.engine.view.TransposedSource;

/** Runs a plugin's low-resolution step, a volume per task; yields the coefficients of its field. */
public final class EstimatePass implements Pass {
    /** Its name in descriptions. */
    public static final String NAME = "estimate";

    private final StoredVolumes volumes;
    private final ScaledProcessingPlugin plugin;
    private final Optional<Description> description;

    EstimatePass(StoredVolumes volumes, ScaledProcessingPlugin plugin, Optional<Description> description) {
        this.volumes = volumes;
        this.plugin = plugin;
        this.description = description;
    }

    /** The pass of an image as another process described it, with the plugin it described. */
    public static Pass open(ImageSource described, ScaledProcessingPlugin plugin, JsonNode json)
            throws IOException, ParameterException {
        ImageSource image = DescribedChannels.selected(described, json);
        ImageSource arranged = TransposedSource.of(image, Volumes.spatialLast(image.metadata()));
        LowResolutionLevel low = LowResolutionLevel.of(arranged, arranged, Description.numbers(json.path("factors")));
        EstimateMemory.of(image.metadata(), List.of(plugin), MemoryBudget.of(0), Executor.threads())
                .check(Arrays.stream(low.factors()).boxed().toList());
        ImageMetadata full = Volumes.volumeMetadata(arranged.metadata());
        return new EstimatePass(
                new StoredVolumes(low, new int[0], full, Optional.empty(), new BlockStore(MemoryBudget.of(0))),
                plugin,
                Optional.empty());
    }

    @Override
    public Interval grid() {
        return Interval.ofShape(volumes.count());
    }

    @Override
    public boolean[] interleaved() {
        return new boolean[] {false};
    }

    @Override
    public String message() {
        return "estimating";
    }

    @Override
    public List<Block> input(long[] cell) throws IOException {
        return List.of(volumes.known((int) cell[0]));
    }

    @Override
    public List<Block> run(long[] cell, List<Block> input, Execution execution) throws IOException, ParameterException {
        Field field = PluginSteps.lowRes(plugin, volumes.image(input.get(0)).copy(), execution);
        if (field.coefficients().isEmpty()) {
            throw new ParameterException(
                    Setting.PLUGIN,
                    plugin.description().id() + ", whose fields have no coefficients",
                    "one whose fields can be sent to other processes");
        }
        return field.coefficients();
    }

    @Override
    public Description description() throws ParameterException {
        Description copy = Description.required(description).copy();
        copy.json().put("pass", NAME);
        for (int factor : volumes.factors()) {
            copy.json().withArray("/factors").add(factor);
        }
        return copy;
    }
}
