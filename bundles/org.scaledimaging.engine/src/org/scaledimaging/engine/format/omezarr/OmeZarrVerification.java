package org.scaledimaging.engine.format.omezarr;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.OptionalLong;
import java.util.stream.LongStream;
import org.scaledimaging.engine.execute.Execution;
import org.scaledimaging.engine.execute.OrderedTasks;
import org.scaledimaging.engine.message.ImageFormatException;
import org.scaledimaging.engine.message.TargetException;
import org.scaledimaging.engine.target.PieceSums;
import org.scaledimaging.engine.zarr.ZarrArray;
import org.scaledimaging.engine.zarr.store.ZarrStore;
import org.scaledimaging.engine.zarr.store.write.RecordingStore;

/** Reads back what was written, every chunk of every level and all metadata, and compares. */
final class OmeZarrVerification {
    private final List<PieceSums> written = new ArrayList<>();
    private RecordingStore store;

    /** The store to write to instead of another, once: it notes what metadata become. */
    ZarrStore recording(ZarrStore target) {
        store = new RecordingStore(target);
        return store;
    }

    /** For the chunks of the next level. */
    PieceSums nextLevel() {
        written.add(new PieceSums());
        return written.get(written.size() - 1);
    }

    /**
     * @param reread where it was written, opened anew
     * @param paths of the levels' arrays
     * @throws TargetException when something differs or cannot be read
     */
    void run(ZarrStore reread, Object target, List<String> paths, Execution execution) throws IOException {
        String damaged = store.firstDifference(reread);
        if (damaged != null) {
            throw new TargetException(target, damaged + " that reads back differently", "what was written");
        }
        try {
            List<ZarrArray> arrays = new ArrayList<>();
            long chunks = 0;
            for (String path : paths) {
                arrays.add(ZarrArray.open(reread, path));
                chunks += arrays.get(arrays.size() - 1).chunks().count();
            }
            long done = 0;
            for (int level = 0; level < paths.size(); level++) {
                ZarrArray array = arrays.get(level);
                double from = (double) done / chunks;
                done += array.chunks().count();
                Execution part = execution.part(from, (double) done / chunks);
                compare(array, written.get(level), target, paths.get(level), part);
            }
        } catch (ImageFormatException e) {
            throw new TargetException(
                    target, "something that cannot be read back (" + e.getMessage() + ")", "what was written", e);
        }
    }

    private static void compare(ZarrArray array, PieceSums written, Object target, String path, Execution execution)
            throws IOException {
        long count = array.chunks().count();
        PieceSums read = new PieceSums();
        OrderedTasks.run(LongStream.range(0, count).iterator(), count, execution, "verifying", number -> {
            int voxels = array.chunkVoxels();
            Object chunk = array.pixelType().allocate(voxels);
            array.readChunk(array.chunks().cell(number), chunk);
            read.add(number, array.pixelType(), chunk, voxels);
        });
        OptionalLong different = written.firstDifference(read);
        if (different.isPresent()) {
            throw new TargetException(
                    target,
                    "a chunk that reads back differently, number " + different.getAsLong() + " of level " + path,
                    "what was written");
        }
    }
}
