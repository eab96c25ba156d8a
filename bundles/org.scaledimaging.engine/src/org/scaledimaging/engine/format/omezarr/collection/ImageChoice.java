package org.scaledimaging.engine.format.omezarr.collection;

import java.util.Optional;
import org.scaledimaging.engine.message.ParameterException;
import org.scaledimaging.engine.message.Setting;

/**
 * The choice of one image of a plate or collection.
 *
 * @param series of a collection, counted from 0
 * @param well of a plate: row and column, as in {@code A/1} or {@code A1}
 * @param field of view in the well, counted from 0
 */
public record ImageChoice(Optional<Integer> series, Optional<String> well, Optional<Integer> field) {
    /** Nothing is chosen: the only image there is. */
    public static final ImageChoice NONE = new ImageChoice(Optional.empty(), Optional.empty(), Optional.empty());

    /** An image of a collection, counted from 0. */
    public static ImageChoice ofSeries(int series) {
        return new ImageChoice(Optional.of(series), Optional.empty(), Optional.empty());
    }

    /** A field of view of a plate, counted from 0 in its well. */
    public static ImageChoice ofField(String well, int field) {
        return new ImageChoice(Optional.empty(), Optional.of(well), Optional.of(field));
    }

    /** Whether nothing is chosen. */
    public boolean isNone() {
        return series.isEmpty() && well.isEmpty() && field.isEmpty();
    }

    /** @throws ParameterException when it can be meant of no image: a number below 0, a series and a well */
    public void check() throws ParameterException {
        check(Setting.SERIES, series);
        check(Setting.FIELD_OF_VIEW, field);
        if (well.isPresent() && well.get().isBlank()) {
            throw new ParameterException(Setting.WELL, "nothing", "a row and a column, as in A/1");
        }
        if (series.isPresent() && (well.isPresent() || field.isPresent())) {
            throw new ParameterException(
                    Setting.SERIES,
                    "it along with " + (well.isPresent() ? Setting.WELL : Setting.FIELD_OF_VIEW),
                    "it alone, or " + Setting.WELL + " and " + Setting.FIELD_OF_VIEW + " of a plate");
        }
    }

    private static void check(Setting setting, Optional<Integer> number) throws ParameterException {
        if (number.isPresent() && number.get() < 0) {
            throw new ParameterException(setting, number.get(), "a whole number of at least 0");
        }
    }

    /** One of the settings that choose, for messages. */
    public Setting setting() {
        return well.isPresent() ? Setting.WELL : field.isPresent() ? Setting.FIELD_OF_VIEW : Setting.SERIES;
    }
}
