package org.scaledimaging.engine.scaled;

import java.io.IOException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import org.scaledimaging.engine.execute.Description;
import org.scaledimaging.engine.execute.Execution;
import org.scaledimaging.engine.execute.Executor;
import org.scaledimaging.engine.execute.Progress;
import org.scaledimaging.engine.image.Axis;
import org.scaledimaging.engine.image.Block;
import org.scaledimaging.engine.image.ImageMetadata;
import org.scaledimaging.engine.image.Interval;
import org.scaledimaging.engine.image.ParameterException;

/** The volumes of a low-resolution image, each read whole, in parallel, when it is first asked for. */
final class VolumesInMemory implements LowResolutionVolumes {
    /** How much of the time goes into reading, by and large. */
    private static final double READING = 0.7;

    private final LowResolutionLevel low;
    private final long[] unit;
    private final ImageMetadata full;
    private final Optional<Description> description;
    private final Volumes volumes;
    private final Block[] blocks;

    /**
     * @param chunkSize what is computed at once, per spatial axis; empty for the image's own chunks
     * @param full of one volume at full resolution
     * @param description of the image, and of the plugin for {@link EstimatePass}
     */
    VolumesInMemory(LowResolutionLevel low, int[] chunkSize, ImageMetadata full, Optional<Description> description) {
        this.low = low;
        this.full = full;
        this.description = description;
        this.volumes = Volumes.of(low.metadata());
        this.blocks = new Block[volumes.count()];
        int[] chunk = low.source().chunkShape();
        this.unit = new long[low.factors().length];
        for (int d = 0; d < unit.length; d++) {
            unit[d] = chunkSize.length == 0 ? chunk[volumes.leadingAxes() + d] : chunkSize[d];
        }
    }

    @Override
    public int count() {
        return blocks.length;
    }

    @Override
    public long channel(int number) {
        return index(number, Axis.C);
    }

    @Override
    public long time(int number) {
        return index(number, Axis.T);
    }

    private long index(int number, Axis axis) {
        int d = low.metadata().indexOf(axis);
        return d < 0 ? 0 : volumes.indexOf(number)[d];
    }

    int[] factors() {
        return low.factors();
    }

    @Override
    public LowResolutionImage image(int number, Execution execution) throws IOException {
        if (blocks[number] == null) {
            long[] volume = volumes.indexOf(number);
            long[] size = new long[volume.length];
            Arrays.fill(size, 1);
            read(execution.executor().sharesMemory() ? Interval.at(volume, size) : volumes.leading(), execution);
        }
        return image(blocks[number]);
    }

    /** A volume that has been read. */
    Block known(int number) {
        return blocks[number];
    }

    /** Of one volume at low resolution. */
    ImageMetadata metadata() {
        return Volumes.volumeMetadata(low.metadata());
    }

    /** A volume of this image with voxels that are known already. */
    LowResolutionImage image(Block voxels) {
        return new LowResolutionImage(metadata(), voxels, low.factors().clone(), full);
    }

    /** Reads what nobody has asked for yet; all volumes. */
    List<Block> all(Execution execution) throws IOException {
        for (int number = 0; number < blocks.length; number++) {
            image(number, execution);
        }
        return List.of(blocks);
    }

    @Override
    public List<Field> each(ScaledProcessingPlugin plugin, Execution execution) throws IOException, ParameterException {
        if (!execution.executor().sharesMemory() && count() > 1) {
            return eachElsewhere(plugin, execution);
        }
        List<Field> fields = new ArrayList<>();
        for (int number = 0; number < count(); number++) {
            Progress part = execution.progress().part((double) number / count(), (number + 1.0) / count());
            LowResolutionImage image = image(number, execution.withProgress(part.part(0, READING)));
            part.checkCancelled();
            fields.add(plugin.lowRes(image.copy(), execution.withProgress(part.part(READING, 1))));
            part.report(1, "estimated");
        }
        return fields;
    }

    private List<Field> eachElsewhere(ScaledProcessingPlugin plugin, Execution execution)
            throws IOException, ParameterException {
        all(execution.withProgress(execution.progress().part(0, READING)));
        Field[] fields = new Field[count()];
        execution
                .executor()
                .run(
                        new EstimatePass(this, plugin, description),
                        execution.withProgress(execution.progress().part(READING, 1)),
                        (cell, coefficients) -> {
                            int number = (int) cell[0];
                            fields[number] = plugin.field(image(blocks[number]), coefficients);
                        });
        return List.of(fields);
    }

    /** Reads some volumes: those in an interval of the axes that are not spatial. */
    private void read(Interval leading, Execution execution) throws IOException {
        Interval region = volumes.spatial(low.metadata().interval());
        for (long[] volume : volumes.touchedBy(leading)) {
            blocks[volumes.numberOf(volume)] = Block.allocate(low.metadata().pixelType(), region);
        }
        Executor executor = execution.executor();
        LowResolutionPass pass = LowResolutionPass.of(low, unit, leading, description, executor);
        boolean done = false;
        try {
            executor.run(pass, execution, (cell, result) -> pass.copy(result.get(0), blocks[volumes.numberOf(cell)]));
            done = true;
        } catch (ParameterException e) {
            throw new IOException(e.getMessage(), e);
        } finally {
            if (!done) {
                volumes.touchedBy(leading).forEach(volume -> blocks[volumes.numberOf(volume)] = null);
            }
        }
    }
}
