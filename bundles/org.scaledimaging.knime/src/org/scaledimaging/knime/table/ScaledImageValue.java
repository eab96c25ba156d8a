package org.scaledimaging.knime.table;

import org.knime.core.data.DataValue;
import org.knime.core.data.ExtensibleUtilityFactory;
import org.scaledimaging.knime.port.ImageContent;
import org.scaledimaging.knime.port.ScaledImagePortObject;

/** An image in a table: not its voxels, but how they come about, as on a port. */
public interface ScaledImageValue extends DataValue {
    /** What KNIME calls the type, found by this name. */
    UtilityFactory UTILITY = new Utility();

    /** What KNIME calls the type. */
    final class Utility extends ExtensibleUtilityFactory {
        private Utility() {
            super(ScaledImageValue.class);
        }

        @Override
        public String getName() {
            return "Scaled Image";
        }

        @Override
        public String getGroupName() {
            return "Image";
        }
    }

    /** Metadata, recipe and thumbnail. */
    ImageContent content();

    /** The image on a port. */
    ScaledImagePortObject image();
}
