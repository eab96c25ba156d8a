package org.scaledimaging.engine.format.omezarr;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.scaledimaging.engine.block.Block;
import org.scaledimaging.engine.block.Grid;
import org.scaledimaging.engine.block.Interval;
import org.scaledimaging.engine.block.MantissaRounding;
import org.scaledimaging.engine.cache.ChunkCache;
import org.scaledimaging.engine.execute.Description;
import org.scaledimaging.engine.execute.Execution;
import org.scaledimaging.engine.execute.OrderedTasks;
import org.scaledimaging.engine.execute.Pass;
import org.scaledimaging.engine.execute.plan.ReadingPlan;
import org.scaledimaging.engine.format.OmeZarrWriteOptions;
import org.scaledimaging.engine.format.PyramidScaling;
import org.scaledimaging.engine.format.pyramid.PyramidPass;
import org.scaledimaging.engine.image.Axis;
import org.scaledimaging.engine.image.ImageMetadata;
import org.scaledimaging.engine.image.ImageSource;
import org.scaledimaging.engine.message.ParameterException;
import org.scaledimaging.engine.spill.ScratchFile;
import org.scaledimaging.engine.view.DownsampledSource;
import org.scaledimaging.engine.view.TransposedSource;
import org.scaledimaging.engine.zarr.ZarrArray;
import org.scaledimaging.engine.zarr.ZarrArrayWriter;
import org.scaledimaging.engine.zarr.ZarrSource;
import org.scaledimaging.engine.zarr.store.write.Attempt;

/**
 * Writes some levels of a pyramid by tasks that share nothing but storage. The first level of all comes from the image;
 * where the first one here is a coarser one, it comes from the level before, which an earlier stage wrote.
 */
public final class PyramidStage implements Pass {
    /** Its name in descriptions. */
    public static final String NAME = "pyramid";

    private static final String MARKER = "marker";
    private static final String KEEP_BITS = "keep_bits";

    private final ImageSource image;
    private final PyramidPlan plan;
    private final StagePlan stage;
    private final StagePlace place;
    private final List<ZarrArray> arrays;
    private final Optional<MantissaRounding> rounding;
    private final Optional<Description> description;

    /** @param image of the first level of the stage */
    private PyramidStage(
            ImageSource image,
            PyramidPlan plan,
            StagePlan stage,
            StagePlace place,
            String ending,
            Optional<MantissaRounding> rounding,
            Optional<Description> description)
            throws IOException {
        this.image = image;
        this.plan = plan;
        this.stage = stage;
        this.place = place;
        this.rounding = rounding;
        this.description = description;
        this.arrays = new ArrayList<>();
        for (int level = stage.first(); level <= stage.last(); level++) {
            arrays.add(ZarrArray.open(place.store(), level + ending));
        }
    }

    /**
     * Writes all levels, stage by stage.
     *
     * @param place in which the arrays are, without chunks
     * @param ending of their names
     * @param description of the image
     */
    static void writeAll(
            OmeZarrLayout layout,
            StagePlace place,
            String ending,
            Optional<Description> description,
            Execution execution)
            throws IOException, ParameterException {
        ImageSource image = layout.image();
        PyramidPlan plan = layout.plan();
        String marker = place.begin();
        List<StagePlan> stages = StagePlan.of(plan, image.chunkShape(), execution.executor());
        double done = 0;
        for (StagePlan stage : stages) {
            boolean last = stage == stages.get(stages.size() - 1);
            double end = last ? 1 : 1 - (1 - done) / product(plan.factors().get(stage.last()));
            Optional<Description> described =
                    Optional.of(describe(Description.required(description), layout, stage, place, ending, marker));
            PyramidStage pass = new PyramidStage(
                    source(image, plan, stage, place, ending),
                    plan,
                    stage,
                    place,
                    ending,
                    layout.rounding(),
                    described);
            execution.executor().run(pass, execution.part(done, end), (cell, result) -> {});
            done = end;
        }
        place.end();
    }

    private static Description describe(
            Description image, OmeZarrLayout layout, StagePlan stage, StagePlace place, String ending, String marker) {
        PyramidPlan plan = layout.plan();
        Description copy = image.copy();
        ObjectNode json = copy.json();
        json.put("pass", NAME).put(MARKER, marker).put("ending", ending);
        place.describe(json);
        json.put("first", stage.first()).put("last", stage.last());
        json.put("levels", plan.levels().size());
        layout.rounding().ifPresent(lossy -> json.put(KEEP_BITS, lossy.keepBits()));
        for (int[] factors : plan.factors()) {
            ArrayNode step = json.withArray("/factors").addArray();
            for (int factor : factors) {
                step.add(factor);
            }
        }
        for (int d = 0; d < plan.chunk().length; d++) {
            json.withArray("/chunk").add(plan.chunk()[d]);
            json.withArray("/part").add(stage.part()[d]);
            if (plan.shard().isPresent()) {
                json.withArray("/shard").add(plan.shard().get()[d]);
            }
        }
        return copy;
    }

    /**
     * The stage of an image as another process described it.
     *
     * @throws org.scaledimaging.engine.message.TargetException when this process does not see the place that is written
     *     to, or may not write there
     */
    public static Pass open(ImageSource image, JsonNode json) throws IOException, ParameterException {
        StagePlace place = StagePlace.of(json, json.path(MARKER).asText());
        String ending = json.path("ending").asText();
        ImageSource ordered = TransposedSource.of(image, OmeZarrWriter.order(image.metadata()));
        OmeZarrWriteOptions options = OmeZarrWriteOptions.defaults()
                .withLevels(json.path("levels").intValue())
                .withPyramid(scaling(json.path("factors"), ordered.metadata()))
                .withChunks(Description.numbers(json.path("chunk")))
                .withShards(Description.numbers(json.path("shard")));
        PyramidPlan plan = PyramidPlan.of(ordered, options);
        long[] part = Arrays.stream(Description.numbers(json.path("part")))
                .asLongStream()
                .toArray();
        StagePlan stage =
                new StagePlan(json.path("first").intValue(), json.path("last").intValue(), part);
        int bits = json.path(KEEP_BITS).intValue();
        return new PyramidStage(
                source(ordered, plan, stage, place, ending),
                plan,
                stage,
                place,
                ending,
                bits == 0 ? Optional.empty() : Optional.of(new MantissaRounding(bits)),
                Optional.empty());
    }

    private static double product(int[] factors) {
        return Arrays.stream(factors).asDoubleStream().reduce(1, (a, b) -> a * b);
    }

    private static PyramidScaling scaling(JsonNode factors, ImageMetadata metadata) {
        List<Map<Axis, Integer>> steps = new ArrayList<>();
        for (JsonNode each : factors) {
            int[] numbers = Description.numbers(each);
            Map<Axis, Integer> step = new EnumMap<>(Axis.class);
            for (int d = 0; d < numbers.length; d++) {
                step.put(metadata.dimensions().get(d).axis(), numbers[d]);
            }
            steps.add(step);
        }
        return PyramidScaling.given(steps);
    }

    private static ImageSource source(
            ImageSource image, PyramidPlan plan, StagePlan stage, StagePlace place, String ending) throws IOException {
        if (stage.first() == 0) {
            return image;
        }
        int before = stage.first() - 1;
        ZarrArray array = ZarrArray.open(place.store(), before + ending);
        ImageSource level = new ZarrSource(array, plan.levels().get(before), new ChunkCache());
        return DownsampledSource.of(
                level, plan.factors().get(before), image.metadata().pixelType());
    }

    @Override
    public Interval grid() {
        return parts().indices();
    }

    private Grid parts() {
        return Grid.of(plan.levels().get(stage.first()).interval(), stage.part());
    }

    @Override
    public boolean[] interleaved() {
        return plan.pyramid().interleaved();
    }

    @Override
    public String message() {
        return "writing";
    }

    @Override
    public List<Block> run(long[] cell, List<Block> input, Execution execution) throws IOException {
        Attempt store = place.attempt();
        List<ZarrArrayWriter> writers = new ArrayList<>();
        for (ZarrArray array : arrays) {
            ScratchFile held = new ScratchFile(store.scratch(Integer.toString(writers.size())));
            writers.add(array.in(store).writer(Optional.empty(), held));
        }
        boolean done = false;
        try {
            write(writers, store.scratch("waiting"), cell, execution);
            for (ZarrArrayWriter writer : writers) {
                writer.close();
            }
            store.publish();
            done = true;
        } finally {
            if (!done) {
                store.giveUp();
                for (ZarrArrayWriter writer : writers) {
                    writer.abort();
                    writer.close();
                }
                store.discard();
            }
        }
        return List.of();
    }

    private void write(List<ZarrArrayWriter> writers, Path scratch, long[] cell, Execution execution)
            throws IOException {
        Interval part = parts().interval(cell);
        ReadingPlan.Memory memory = ReadingPlan.Memory.ofHeap(execution.threads());
        try (PyramidPass pass = new PyramidPass(
                image, plan.pyramid(), stage.first(), part, WrittenImage.sinks(writers), rounding, scratch, memory)) {
            OrderedTasks.run(
                    pass.cells(), pass.count(), execution, message(), task -> pass.run(task, List.of(), execution));
        }
    }

    @Override
    public Description description() throws ParameterException {
        return Description.required(description);
    }
}
