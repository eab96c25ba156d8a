package org.scaledimaging.engine.scaled.lowres;

import java.io.IOException;
import java.util.Optional;
import org.scaledimaging.engine.block.Interval;
import org.scaledimaging.engine.execute.Description;
import org.scaledimaging.engine.execute.Execution;
import org.scaledimaging.engine.execute.Executor;
import org.scaledimaging.engine.image.Volumes;
import org.scaledimaging.engine.message.ParameterException;
import org.scaledimaging.engine.spill.StoredBlock;

/** Reads volumes of a low-resolution image by an executor's passes, in boxes that are computed at once. */
final class VolumeReading {
    private final LowResolutionLevel low;
    private final long[] unit;
    private final Volumes volumes;
    private final Optional<Description> description;

    /**
     * @param chunkSize what is computed at once, per spatial axis; empty for the image's own chunks
     * @param description of the image, for other processes
     */
    VolumeReading(LowResolutionLevel low, int[] chunkSize, Volumes volumes, Optional<Description> description) {
        this.low = low;
        this.volumes = volumes;
        this.description = description;
        int[] chunk = low.source().chunkShape();
        this.unit = new long[low.factors().length];
        for (int d = 0; d < unit.length; d++) {
            unit[d] = chunkSize.length == 0 ? chunk[volumes.leadingAxes() + d] : chunkSize[d];
        }
    }

    /** @param leading which volumes: an interval of the axes that are not spatial */
    LowResolutionPass pass(Interval leading, Executor executor) {
        return LowResolutionPass.of(low, unit, leading, description, executor);
    }

    /**
     * Reads some volumes.
     *
     * @param leading which: an interval of the axes that are not spatial
     * @param target by the volumes' numbers
     */
    void read(Interval leading, StoredBlock[] target, Execution execution) throws IOException {
        LowResolutionPass pass = pass(leading, execution.executor());
        try {
            execution
                    .executor()
                    .run(
                            pass,
                            execution,
                            (cell, result) -> target[volumes.numberOf(cell)].copyFrom(pass.inVolume(result.get(0))));
        } catch (ParameterException e) {
            throw new IOException(e.getMessage(), e);
        }
    }
}
