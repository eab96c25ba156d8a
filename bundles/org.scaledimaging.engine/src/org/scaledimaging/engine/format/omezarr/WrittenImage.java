package org.scaledimaging.engine.format.omezarr;

import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.scaledimaging.engine.block.Interval;
import org.scaledimaging.engine.cache.ChunkCache;
import org.scaledimaging.engine.execute.Description;
import org.scaledimaging.engine.execute.Execution;
import org.scaledimaging.engine.execute.Notice;
import org.scaledimaging.engine.execute.plan.ReadingPlan;
import org.scaledimaging.engine.format.pyramid.ChunkSink;
import org.scaledimaging.engine.format.pyramid.PyramidPass;
import org.scaledimaging.engine.image.ImageSource;
import org.scaledimaging.engine.message.ImageFormatException;
import org.scaledimaging.engine.message.ParameterException;
import org.scaledimaging.engine.message.TargetException;
import org.scaledimaging.engine.place.ImageLocation;
import org.scaledimaging.engine.spill.ScratchFile;
import org.scaledimaging.engine.zarr.ZarrArray;
import org.scaledimaging.engine.zarr.ZarrArrayWriter;
import org.scaledimaging.engine.zarr.ZarrSource;
import org.scaledimaging.engine.zarr.store.StoreBelow;
import org.scaledimaging.engine.zarr.store.ZarrStore;

/**
 * One multiscale image of those that a target holds: the image itself, or labels beside it.
 *
 * @param path of its group in the target; empty for the target itself
 * @param own attributes under our name
 * @param verification to be told what is written, and to compare it
 */
record WrittenImage(
        String path,
        OmeZarrLayout layout,
        Optional<Description> description,
        ObjectNode own,
        Optional<OmeZarrVerification> verification) {

    /**
     * Writes it.
     *
     * @param root what becomes the target
     * @param target for messages
     */
    void write(Workplace root, ImageLocation target, Execution execution) throws IOException, ParameterException {
        ZarrStore files = path.isEmpty() ? root.store() : new StoreBelow(root.store(), path);
        ZarrStore store = verification.isPresent() ? verification.get().recording(files) : files;
        List<ZarrArray> arrays = layout.createArrays(store);
        if (execution.executor().sharesMemory()) {
            writeInOnePass(arrays, root, execution);
        } else {
            PyramidStage.writeAll(layout, root.stage(path), root.ending(), description, execution);
        }
        // Last, so that what was not finished does not look like an image.
        ImageSource written = new ZarrSource(arrays.get(0), layout.levels().get(0), new ChunkCache());
        try {
            layout.createGroup(store, written, own, execution);
        } catch (ImageFormatException e) {
            throw new TargetException(target, "voxels that cannot be read back", "what was written", e);
        }
    }

    /** The same as the place where it is written wants it. */
    WrittenImage in(Workplace place) throws ParameterException {
        return new WrittenImage(path, layout.withArraysEnding(place.ending()), description, own, verification);
    }

    private void writeInOnePass(List<ZarrArray> arrays, Workplace place, Execution execution)
            throws IOException, ParameterException {
        ImageSource image = layout.image();
        List<ZarrArrayWriter> writers = new ArrayList<>();
        for (ZarrArray array : arrays) {
            ScratchFile held = new ScratchFile(place.scratch("waiting." + writers.size()));
            writers.add(array.writer(verification.map(OmeZarrVerification::nextLevel), held));
        }
        ReadingPlan.Memory memory = ReadingPlan.Memory.ofHeap(execution.threads());
        Interval all = image.metadata().interval();
        try (PyramidPass pass = new PyramidPass(
                image,
                layout.plan().pyramid(),
                0,
                all,
                sinks(writers),
                layout.rounding(),
                place.scratch("waiting"),
                memory)) {
            execution.tell(Notice.detail("Writing: " + pass.reading() + "."));
            execution.executor().run(pass, execution, (block, result) -> {});
        } catch (IOException | ParameterException | RuntimeException | Error e) {
            writers.forEach(ZarrArrayWriter::abort);
            throw e;
        } finally {
            for (ZarrArrayWriter writer : writers) {
                writer.close();
            }
        }
    }

    /** Where a pass puts the chunks of each level. */
    static List<ChunkSink> sinks(List<ZarrArrayWriter> writers) {
        return writers.stream().map(writer -> (ChunkSink) writer::write).toList();
    }

    /**
     * Compares what was written with what is read back, if that is wanted.
     *
     * @param reread the target's store, opened anew
     */
    void verify(ZarrStore reread, ImageLocation target, Execution execution) throws IOException {
        if (verification.isPresent()) {
            ZarrStore here = path.isEmpty() ? reread : new StoreBelow(reread, path);
            verification.get().run(here, target, layout.paths(), execution);
        }
    }

    /** How much there is to write, for the progress: the voxels of the full resolution, in bytes. */
    double size() {
        ImageSource image = layout.image();
        return (double) image.metadata().voxels() * image.metadata().pixelType().bytes();
    }
}
