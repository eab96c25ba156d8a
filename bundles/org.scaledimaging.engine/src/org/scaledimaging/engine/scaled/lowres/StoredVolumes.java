package org.scaledimaging.engine.scaled.lowres;

import java.io.IOException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.scaledimaging.engine.block.Block;
import org.scaledimaging.engine.block.Interval;
import org.scaledimaging.engine.execute.Description;
import org.scaledimaging.engine.execute.Execution;
import org.scaledimaging.engine.execute.Executor;
import org.scaledimaging.engine.execute.Notice;
import org.scaledimaging.engine.execute.Progress;
import org.scaledimaging.engine.image.Axis;
import org.scaledimaging.engine.image.ImageMetadata;
import org.scaledimaging.engine.image.ImageSource;
import org.scaledimaging.engine.image.Volumes;
import org.scaledimaging.engine.message.ParameterException;
import org.scaledimaging.engine.plugin.Field;
import org.scaledimaging.engine.plugin.LowResolutionImage;
import org.scaledimaging.engine.plugin.LowResolutionVolumes;
import org.scaledimaging.engine.plugin.ScaledProcessingPlugin;
import org.scaledimaging.engine.scaled.field.FieldRange;
import org.scaledimaging.engine.scaled.field.StoredField;
import org.scaledimaging.engine.spill.BlockStore;
import org.scaledimaging.engine.spill.StoredBlock;

/**
 * The volumes of a low-resolution image, each read whole, in parallel, when it is first asked for, and their fields. A
 * {@link BlockStore} keeps them, so that no more than a volume or two have to be in memory.
 */
public final class StoredVolumes implements LowResolutionVolumes {
    private final LowResolutionLevel low;
    private final ImageMetadata full;
    private final Optional<Description> description;
    private final VolumeReading reading;
    private final BlockStore store;
    private final Volumes volumes;
    private final VolumeNaming naming;
    private final StoredBlock[] blocks;
    private final VolumeNotices notices = new VolumeNotices();
    private double readingPart = 0.5;
    private int atOnce = 1;
    private String needs = "";
    private boolean here;
    private final Set<Field> kept = Collections.synchronizedSet(Collections.newSetFromMap(new IdentityHashMap<>()));

    /**
     * @param chunkSize what is computed at once, per spatial axis; empty for the image's own chunks
     * @param full of one volume at full resolution
     * @param description of the image, and of the plugin for {@link EstimatePass}
     */
    public StoredVolumes(
            LowResolutionLevel low,
            int[] chunkSize,
            ImageMetadata full,
            Optional<Description> description,
            BlockStore store) {
        this.low = low;
        this.full = full;
        this.description = description;
        this.store = store;
        this.volumes = Volumes.of(low.metadata());
        this.naming = new VolumeNaming(low.metadata());
        this.blocks = new StoredBlock[volumes.count()];
        this.reading = new VolumeReading(low, chunkSize, volumes, description);
    }

    /**
     * The volumes of another image on the same grid, which is made of what this process holds: no other process reads it.
     *
     * @param image spatial axes last
     * @param voxelsRead how many voxels are read for one
     */
    public StoredVolumes derived(ImageSource image, long voxelsRead) {
        StoredVolumes volumes = new StoredVolumes(
                new LowResolutionLevel(image, low.factors(), voxelsRead), new int[0], full, description, store);
        volumes.here = true;
        volumes.atOnce = atOnce;
        volumes.readingPart = 0;
        return volumes;
    }

    @Override
    public int count() {
        return blocks.length;
    }

    @Override
    public long channel(int number) {
        return naming.index(number, Axis.C);
    }

    @Override
    public long time(int number) {
        return naming.index(number, Axis.T);
    }

    /** @param part of the time for reading and estimating that goes into reading, by and large */
    public void readingTakes(double part) {
        readingPart = part;
    }

    /** @param volumes that may be read and estimated at once, for which there is memory */
    public void takesAtOnce(int volumes) {
        atOnce = volumes;
    }

    /** @param memory that the estimate takes, for people */
    public void needs(String memory) {
        needs = ", " + memory;
    }

    /** How the volumes are going to be read, for people. */
    public String plan(Execution execution) {
        int volumesAtOnce = Math.min(Math.min(atOnce, execution.threads()), count());
        return reading.pass(volumes.leading(), execution.executor())
                + (count() > 1 && execution.executor().sharesMemory()
                        ? ", " + volumesAtOnce + " of " + count() + " volumes at once"
                        : "")
                + needs;
    }

    /** What is told of the volumes while they are estimated. */
    public VolumeNotices notices() {
        return notices;
    }

    /** A volume by what tells it from others: channel 1, time point 4. */
    public String name(int number) {
        return naming.name(number);
    }

    int[] factors() {
        return low.factors();
    }

    @Override
    public LowResolutionImage image(int number, Execution execution) throws IOException {
        Block read = blocks[number] == null ? read(number, execution) : null;
        return image(read == null ? known(number) : read);
    }

    /** The same with voxels of its own, which may be changed. */
    private LowResolutionImage changeable(int number, Execution execution) throws IOException {
        LowResolutionImage image = image(number, execution);
        return blocks[number].isInMemory() ? image.copy() : image;
    }

    /** A volume that has been read. */
    public Block known(int number) throws IOException {
        return blocks[number].read();
    }

    /** Of one volume at low resolution. */
    public ImageMetadata metadata() {
        return Volumes.volumeMetadata(low.metadata());
    }

    /** A volume of this image with voxels that are known already. */
    LowResolutionImage image(Block voxels) {
        return new LowResolutionImage(metadata(), voxels, low.factors().clone(), full);
    }

    /** Reads all volumes, several at once. */
    public void readAll(Execution execution) throws IOException, ParameterException {
        if (!execution.executor().sharesMemory()) {
            all(execution);
            return;
        }
        VolumesAtOnce.run(count(), atOnce, execution, (number, own) -> {
            if (blocks[number] == null) {
                read(number, own);
            }
        });
    }

    /** Reads what nobody has asked for yet; all volumes. */
    public List<StoredBlock> all(Execution execution) throws IOException {
        for (int number = 0; number < blocks.length; number++) {
            if (blocks[number] == null) {
                read(number, execution);
            }
        }
        return List.of(blocks);
    }

    @Override
    public List<Field> each(ScaledProcessingPlugin plugin, Execution execution) throws IOException, ParameterException {
        if (!execution.executor().sharesMemory() && count() > 1) {
            return eachElsewhere(plugin, execution);
        }
        Field[] fields = new Field[count()];
        VolumesAtOnce.run(count(), atOnce, execution, (number, own) -> {
            fields[number] = keep(number, plugin, estimate(number, plugin, own), own);
            own.progress().report(1, "estimated");
        });
        return List.of(fields);
    }

    private Field estimate(int number, ScaledProcessingPlugin plugin, Execution execution)
            throws IOException, ParameterException {
        Progress part = execution.progress();
        Execution whileReading = execution.withProgress(part.part(0, readingPart));
        Execution estimating =
                execution.withProgress(part.part(readingPart, 1)).withNotices(notice -> notices.tell(number, notice));
        return PluginSteps.lowRes(plugin, changeable(number, whileReading), estimating);
    }

    private List<Field> eachElsewhere(ScaledProcessingPlugin plugin, Execution execution)
            throws IOException, ParameterException {
        all(execution.part(0, readingPart));
        Field[] fields = new Field[count()];
        List<Notice> told = new ArrayList<>(); // of the task whose result is received next
        execution
                .executor()
                .run(
                        new EstimatePass(this, plugin, description),
                        execution.part(readingPart, 1).withNotices(told::add),
                        (cell, coefficients) -> {
                            int number = (int) cell[0];
                            told.forEach(notice -> notices.tell(number, notice));
                            told.clear();
                            Field field = PluginSteps.field(plugin, image(known(number)), coefficients);
                            fields[number] = keep(number, plugin, field, execution);
                        });
        return List.of(fields);
    }

    /** A volume's field as it is to be held from now on; tells its range. */
    public Field keep(int number, ScaledProcessingPlugin plugin, Field field, Execution execution) throws IOException {
        if (kept.contains(field)) {
            return field;
        }
        String range = new FieldRange(plugin, field, low.factors(), metadata().interval()).find(execution);
        String which = field.channels() == 1 ? ": the field goes " : ": the field's channels go ";
        notices.tell(number, Notice.information(plugin.description().id() + which + range + "."));
        long bytes = (long) blocks[number].interval().voxels()
                * blocks[number].pixelType().bytes();
        Field held = StoredField.keep(
                store, field, bytes, coefficients -> PluginSteps.field(plugin, image(known(number)), coefficients));
        kept.add(held);
        return held;
    }

    /** Takes what a file has of a volume: instead of reading the image. */
    public List<StoredBlock> restore(int number, Block lowResolution, List<Block> coefficients) throws IOException {
        blocks[number] = store.put(lowResolution);
        List<StoredBlock> stored = new ArrayList<>();
        for (Block block : coefficients) {
            stored.add(store.put(block));
        }
        return stored;
    }

    /** The field that has the coefficients which a file had. */
    public Field restored(int number, ScaledProcessingPlugin plugin, List<StoredBlock> stored)
            throws IOException, ParameterException {
        List<Block> coefficients = new ArrayList<>();
        for (StoredBlock block : stored) {
            coefficients.add(block.read());
        }
        Field field = PluginSteps.field(plugin, image(known(number)), coefficients);
        return StoredField.of(field, stored, again -> PluginSteps.field(plugin, image(known(number)), again));
    }

    /**
     * Reads a volume; where other processes do that, all of them.
     *
     * @return the volume, the caller's own unless it is kept in memory
     */
    private Block read(int number, Execution given) throws IOException {
        Execution execution = here ? given.withExecutor(Executor.threads()) : given;
        Interval region = volumes.spatial(low.metadata().interval());
        if (!execution.executor().sharesMemory()) {
            StoredBlock[] all = new StoredBlock[blocks.length];
            for (int i = 0; i < all.length; i++) {
                all[i] = store.allocate(low.metadata().pixelType(), region);
            }
            reading.read(volumes.leading(), all, execution);
            System.arraycopy(all, 0, blocks, 0, all.length);
            return known(number);
        }
        long[] single = new long[volumes.leadingAxes()];
        Arrays.fill(single, 1);
        Block block = Block.allocate(low.metadata().pixelType(), region);
        StoredBlock[] one = new StoredBlock[blocks.length];
        one[number] = new StoredBlock.InMemory(block);
        reading.read(Interval.at(volumes.indexOf(number), single), one, execution);
        blocks[number] = store.put(block);
        return block;
    }
}
