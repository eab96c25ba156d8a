package org.scaledimaging.engine.format.omezarr.collection;

import java.util.Optional;
import org.scaledimaging.engine.place.ImageLocation;

/**
 * An image of a plate, a well or a collection.
 *
 * @param location where to open it
 * @param path in the plate, well or collection, as in {@code A/1/0}; also what to call it in messages
 * @param well of a plate, as in {@code A/1}; nothing elsewhere
 * @param number of the field in its well, or of the series in its collection, counted from 0
 * @param acquisition of a plate that it was taken in: the number by which the plate knows that
 * @param name of a series: in the collection's OME-XML, else its own
 */
public record Member(
        ImageLocation location,
        String path,
        Optional<String> well,
        int number,
        Optional<Long> acquisition,
        Optional<String> name) {}
