package org.scaledimaging.engine.scaled.lowres;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.scaledimaging.engine.block.Block;
import org.scaledimaging.engine.block.Grid;
import org.scaledimaging.engine.block.Interval;
import org.scaledimaging.engine.execute.Description;
import org.scaledimaging.engine.execute.Execution;
import org.scaledimaging.engine.execute.Executor;
import org.scaledimaging.engine.execute.Pass;
import org.scaledimaging.engine.image.Ahead;
import org.scaledimaging.engine.image.ImageMetadata;
import org.scaledimaging.engine.image.ImageSource;
import org.scaledimaging.engine.image.Volumes;
import org.scaledimaging.engine.view.TransposedSource;

/** Reads an image at low resolution, box by box: the streaming pass, where no level of a pyramid will do. */
public final class LowResolutionPass implements Pass {
    /** Its name in descriptions. */
    public static final String NAME = "lowResolution";

    /** What a task yields is sent to the process that leads: no more than that, in voxels. */
    private static final long MOST_RESULT_VOXELS = 1 << 20;

    /** Small chunks are joined along the fastest axes until a task reads so many voxels: it should be worth starting. */
    private static final long LEAST_READ = 1 << 18;

    private final LowResolutionLevel low;
    private final Volumes volumes;
    private final long[] box;
    private final Grid boxes;
    private final Interval cells;
    private final Optional<Description> description;

    private LowResolutionPass(LowResolutionLevel low, long[] box, Interval leading, Optional<Description> description) {
        this.low = low;
        this.volumes = Volumes.of(low.metadata());
        this.box = box;
        this.description = description;
        Interval all = low.metadata().interval();
        long[] cell = new long[all.axes()];
        Arrays.fill(cell, 1);
        System.arraycopy(box, 0, cell, leading.axes(), box.length);
        this.boxes = Grid.of(all, cell);
        long[] min = all.mins();
        long[] max = all.maxs();
        System.arraycopy(leading.mins(), 0, min, 0, leading.axes());
        System.arraycopy(leading.maxs(), 0, max, 0, leading.axes());
        this.cells = boxes.touching(Interval.between(min, max));
    }

    /**
     * @param unit what is computed at once, in low-resolution voxels per spatial axis; tasks are that or a multiple of it
     * @param leading which volumes: an interval of the axes that are not spatial
     * @param description of the image
     */
    static LowResolutionPass of(
            LowResolutionLevel low,
            long[] unit,
            Interval leading,
            Optional<Description> description,
            Executor executor) {
        ImageMetadata metadata = low.metadata();
        long[] region = Volumes.of(metadata).spatial(metadata.interval()).shape();
        long[] box = unit.clone();
        long voxels = Arrays.stream(box).reduce(1, (a, b) -> a * b);
        for (int d = box.length - 1; d >= 0; d--) {
            long times = Math.max(1, LEAST_READ / (voxels * low.voxelsRead()));
            times = Math.min(times, Grid.covering(region[d], box[d]));
            box[d] *= times;
            voxels *= times;
        }
        double all = Arrays.stream(metadata.shape()).reduce(1, (a, b) -> a * b);
        double most = Math.min(
                MOST_RESULT_VOXELS, executor.taskVoxels((long) (all * low.voxelsRead())) / (double) low.voxelsRead());
        while (voxels << box.length <= most && !covers(box, region)) {
            for (int d = 0; d < box.length; d++) {
                box[d] *= 2;
            }
            voxels <<= box.length;
        }
        return new LowResolutionPass(low, box, leading, description);
    }

    private static boolean covers(long[] box, long[] region) {
        boolean covers = true;
        for (int d = 0; d < box.length; d++) {
            covers &= box[d] >= region[d];
        }
        return covers;
    }

    /** The pass of all volumes of an image, as another process described it. */
    public static Pass open(ImageSource described, JsonNode json) throws IOException {
        ImageSource image = DescribedChannels.selected(described, json);
        ImageSource arranged = TransposedSource.of(image, Volumes.spatialLast(image.metadata()));
        LowResolutionLevel low = LowResolutionLevel.of(arranged, arranged, Description.numbers(json.path("factors")));
        long[] box = Arrays.stream(Description.numbers(json.path("box")))
                .asLongStream()
                .toArray();
        return new LowResolutionPass(low, box, Volumes.of(low.metadata()).leading(), Optional.empty());
    }

    /** In which pieces the image is read, for people. */
    @Override
    public String toString() {
        Interval region = volumes.spatial(low.metadata().interval());
        String piece = IntStream.range(0, box.length)
                .mapToObj(d -> String.valueOf(Math.min(box[d], region.length(d))))
                .collect(Collectors.joining(" x "));
        return "pieces of " + piece + " voxels at low resolution"
                + (low.voxelsRead() > 1 ? ", each the mean of " + low.voxelsRead() : "");
    }

    @Override
    public Interval grid() {
        return cells;
    }

    @Override
    public boolean[] interleaved() {
        boolean[] interleaved = new boolean[cells.axes()];
        Arrays.fill(interleaved, volumes.leadingAxes(), interleaved.length, true);
        return interleaved;
    }

    @Override
    public String message() {
        return "downsampling";
    }

    @Override
    public boolean isRemote() {
        return low.source().isRemote();
    }

    @Override
    public void announce(long[] cell, Ahead ahead) {
        low.source().announce(boxes.interval(cell), ahead);
    }

    @Override
    public List<Block> run(long[] cell, List<Block> input, Execution execution) throws IOException {
        return List.of(low.source().read(boxes.interval(cell)));
    }

    /** What a task yielded, as a part of its volume. */
    Block inVolume(Block result) {
        return result.at(volumes.spatial(result.interval()));
    }

    @Override
    public Description description() throws org.scaledimaging.engine.message.ParameterException {
        Description copy = Description.required(description).copy();
        copy.json().put("pass", NAME);
        for (int factor : low.factors()) {
            copy.json().withArray("/factors").add(factor);
        }
        for (long length : box) {
            copy.json().withArray("/box").add(length);
        }
        return copy;
    }
}
