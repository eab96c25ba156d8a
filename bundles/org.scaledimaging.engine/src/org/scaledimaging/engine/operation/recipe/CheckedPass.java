package org.scaledimaging.engine.operation.recipe;

import java.io.IOException;
import java.util.List;
import org.scaledimaging.engine.block.Block;
import org.scaledimaging.engine.block.Interval;
import org.scaledimaging.engine.execute.Description;
import org.scaledimaging.engine.execute.Execution;
import org.scaledimaging.engine.execute.Pass;
import org.scaledimaging.engine.image.ImageSource;
import org.scaledimaging.engine.image.Unchanged;
import org.scaledimaging.engine.message.ParameterException;

/** A pass whose tasks fail where the image was changed while they read it: nobody else can tell. */
record CheckedPass(Pass pass, ImageSource image) implements Pass {

    @Override
    public Interval grid() {
        return pass.grid();
    }

    @Override
    public boolean[] interleaved() {
        return pass.interleaved();
    }

    @Override
    public String message() {
        return pass.message();
    }

    @Override
    public List<Block> input(long[] cell) throws IOException {
        return pass.input(cell);
    }

    @Override
    public List<Block> run(long[] cell, List<Block> input, Execution execution) throws IOException, ParameterException {
        return Unchanged.<List<Block>, ParameterException>during(image, () -> pass.run(cell, input, execution));
    }

    @Override
    public Description description() throws ParameterException {
        return pass.description();
    }
}
