package org.scaledimaging.engine.plugin;

import java.io.IOException;
import java.util.List;
import org.scaledimaging.engine.execute.Execution;
import org.scaledimaging.engine.message.ParameterException;

/**
 * All volumes of an image at low resolution, one for each channel and time point, numbered from 0. Not thread-safe: one
 * thread asks for them, one after the other or more than once, in any order.
 */
public interface LowResolutionVolumes {

    /** How many there are, at least 1. */
    int count();

    /** The channel that a volume shows, from 0; 0 where the image has no channel axis. */
    long channel(int number);

    /** The time point that a volume shows, from 0; 0 where the image has no time axis. */
    long time(int number);

    /**
     * A volume, read when it is first asked for and kept from then on, in memory or in a temporary file: whoever needs
     * many asks for one after the other, more than once where that is needed, and holds none.
     *
     * @return with voxels that are not to be changed: {@link LowResolutionImage#copy} gives some that may be
     * @throws IOException when the image cannot be read
     * @throws java.util.concurrent.CancellationException when {@code execution.progress()} says so
     */
    LowResolutionImage image(int number, Execution execution) throws IOException;

    /**
     * Gives each volume to {@link ScaledProcessingPlugin#lowRes}, on its own: as many at once as there are threads and
     * memory for, or where the executor has other processes, there.
     *
     * @return the fields, in the volumes' order; large ones with their coefficients in a temporary file
     */
    List<Field> each(ScaledProcessingPlugin plugin, Execution execution) throws IOException, ParameterException;
}
