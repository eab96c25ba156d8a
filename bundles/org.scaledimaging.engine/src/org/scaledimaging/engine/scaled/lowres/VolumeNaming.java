package org.scaledimaging.engine.scaled.lowres;

import org.scaledimaging.engine.image.Axis;
import org.scaledimaging.engine.image.ImageMetadata;
import org.scaledimaging.engine.image.Volumes;

/**
 * Names the volumes of an image.
 *
 * @param image spatial axes last
 */
record VolumeNaming(ImageMetadata image) {

    /** Where a volume lies along an axis that is not spatial; 0 where the image has none. */
    long index(int number, Axis axis) {
        int d = image.indexOf(axis);
        return d < 0 ? 0 : Volumes.of(image).indexOf(number)[d];
    }

    /** A volume by what tells it from others: channel 1, time point 4. */
    String name(int number) {
        StringBuilder name = new StringBuilder();
        for (Axis axis : new Axis[] {Axis.C, Axis.T}) {
            int d = image.indexOf(axis);
            if (d >= 0 && image.dimensions().get(d).length() > 1) {
                name.append(name.isEmpty() ? "" : ", ").append(axis == Axis.C ? "channel " : "time point ");
                name.append(index(number, axis));
            }
        }
        return name.isEmpty() ? "the image" : name.toString();
    }
}
