package org.scaledimaging.engine.format.omezarr;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.io.IOException;
import java.nio.file.Path;
import java.util.Iterator;
import java.util.List;
import java.util.Optional;
import org.scaledimaging.engine.block.MortonOrder;
import org.scaledimaging.engine.execute.Execution;
import org.scaledimaging.engine.execute.Executor;
import org.scaledimaging.engine.execute.Pass;
import org.scaledimaging.engine.image.ImageSource;
import org.scaledimaging.engine.message.ParameterException;

/** Has each task of each stage done by a stage that is opened from its description, as other processes do. */
record Elsewhere(ImageSource image, Path files, long taskVoxels) implements Executor {
    @Override
    public String name() {
        return "elsewhere";
    }

    @Override
    public Optional<Path> folder() {
        return Optional.of(files);
    }

    @Override
    public long taskVoxels(long voxels) {
        return taskVoxels;
    }

    @Override
    public void run(Pass pass, Execution execution, Receiver receiver) throws IOException, ParameterException {
        Pass opened = PyramidStage.open(image, pass.description().json());
        assertEquals(pass.grid(), opened.grid());
        Iterator<long[]> cells = MortonOrder.over(opened.grid(), opened.interleaved());
        while (cells.hasNext()) {
            long[] cell = cells.next().clone();
            receiver.receive(cell, opened.run(cell, List.of(), execution));
        }
    }

    @Override
    public void close() {
        // nothing open
    }
}
