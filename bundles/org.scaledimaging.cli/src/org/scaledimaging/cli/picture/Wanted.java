package org.scaledimaging.cli.picture;

import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;
import org.scaledimaging.cli.option.Numbers;
import org.scaledimaging.engine.image.Axis;
import org.scaledimaging.engine.message.Given;
import org.scaledimaging.engine.message.ParameterException;
import org.scaledimaging.engine.picture.Display;
import org.scaledimaging.engine.picture.Window;
import org.scaledimaging.engine.picture.plane.Cut;
import org.scaledimaging.engine.picture.plane.Plane;
import org.scaledimaging.engine.picture.plane.Slices;

/** The plane that options ask for, before there is an image. */
record Wanted(List<SlicePosition> positions, boolean projection, Display display) {
    private static final String WINDOW =
            "percentiles from 0 to 100, as in 1,99, or values, as in 0..4095, the lower first";
    private static final String CHANNELS = "whole numbers of at least 0 with commas between, as in 0,2";

    static Wanted of(List<String> slices, boolean projection, String window, String channels, long time, boolean field)
            throws ParameterException {
        List<SlicePosition> positions = new ArrayList<>();
        for (String slice : slices) {
            positions.add(SlicePosition.of(slice));
        }
        List<Long> numbers = channels(channels);
        if (field && numbers.size() > 1) {
            throw new ParameterException("--field", "it along with several channels", "one channel");
        }
        return new Wanted(positions, projection, new Display(numbers, time, window(window), field));
    }

    private static List<Long> channels(String text) throws ParameterException {
        List<Long> channels = new ArrayList<>();
        if (text == null) {
            return channels;
        }
        for (String number : text.split(",", -1)) {
            try {
                channels.add(Long.parseLong(number.strip()));
            } catch (NumberFormatException e) {
                throw new ParameterException("--channel", Given.shown(text), CHANNELS);
            }
            if (channels.get(channels.size() - 1) < 0) {
                throw new ParameterException("--channel", Given.shown(text), CHANNELS);
            }
        }
        return channels.stream().distinct().toList();
    }

    private static Optional<Function<Collection<Plane>, Window>> window(String text) throws ParameterException {
        if (text == null) {
            return Optional.empty();
        }
        int dots = text.indexOf("..");
        if (dots >= 0) {
            double[] values = pair(text, text.substring(0, dots), text.substring(dots + 2));
            Window window = new Window(values[0], values[1]);
            return Optional.of(planes -> window);
        }
        List<Double> percentiles;
        try {
            percentiles = Numbers.decimals("--window", text);
        } catch (ParameterException e) {
            throw new ParameterException("--window", Given.shown(text), WINDOW);
        }
        if (percentiles.size() != 2) {
            throw new ParameterException("--window", Given.shown(text), WINDOW);
        }
        double low = percentiles.get(0);
        double high = percentiles.get(1);
        if (low < 0 || high > 100 || low >= high) {
            throw new ParameterException("--window", Given.shown(text), WINDOW);
        }
        return Optional.of(planes -> Window.ofPercentiles(planes, low, high));
    }

    private static double[] pair(String text, String first, String second) throws ParameterException {
        try {
            double low = Double.parseDouble(first);
            double high = Double.parseDouble(second);
            if (low < high && Double.isFinite(high) && Double.isFinite(low)) {
                return new double[] {low, high};
            }
        } catch (NumberFormatException e) {
            throw new ParameterException("--window", Given.shown(text), WINDOW);
        }
        throw new ParameterException("--window", Given.shown(text), WINDOW);
    }

    /** @throws ParameterException when the image has no such channel or time point */
    void check(Slices slices) throws ParameterException {
        for (long channel : display.channels()) {
            check("--channel", channel, slices.length(Axis.C));
        }
        check("--time", display.time(), slices.length(Axis.T));
    }

    private static void check(String option, long index, long length) throws ParameterException {
        if (index >= length) {
            throw new ParameterException(option, index, length == 1 ? "0" : "0 to " + (length - 1));
        }
    }

    /** @throws ParameterException when the image has no such slice */
    List<Cut> cuts(Slices slices) throws ParameterException {
        if (positions.isEmpty()) {
            return projection ? Cut.projections(slices) : Cut.middle(slices);
        }
        List<Cut> cuts = new ArrayList<>();
        for (SlicePosition position : positions) {
            cuts.add(position.cut(slices));
        }
        return cuts;
    }
}
