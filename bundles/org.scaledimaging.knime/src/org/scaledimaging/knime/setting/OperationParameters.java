package org.scaledimaging.knime.setting;

import java.io.IOException;
import org.knime.node.parameters.NodeParameters;
import org.scaledimaging.engine.Image;
import org.scaledimaging.engine.message.ParameterException;

/** The dialog of a node that adds an operation to an image's recipe. */
public interface OperationParameters extends NodeParameters {

    /**
     * Adds the operation, without reading a voxel.
     *
     * @throws ParameterException when a value is not accepted, or not for this image
     */
    Image apply(Image image) throws ParameterException, IOException;
}
