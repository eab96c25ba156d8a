package org.scaledimaging.cli.serve.page;

import java.io.IOException;
import org.scaledimaging.engine.execute.Execution;
import org.scaledimaging.engine.image.Axis;
import org.scaledimaging.engine.image.ImageSource;
import org.scaledimaging.engine.message.Given;
import org.scaledimaging.engine.message.ParameterException;
import org.scaledimaging.engine.picture.ColourMap;
import org.scaledimaging.engine.picture.Raster;
import org.scaledimaging.engine.picture.Window;
import org.scaledimaging.engine.picture.plane.Cut;
import org.scaledimaging.engine.picture.plane.Plane;
import org.scaledimaging.engine.picture.plane.Slices;

/** Slices of what is shown, as PNG. */
final class Pictures {
    private static final int MOST_PIXELS = 4096;

    private final ShownImages shown;

    Pictures(ShownImages shown) {
        this.shown = shown;
    }

    /**
     * A slice: {@code image}, {@code version}, {@code axis} that it lies across, number of the {@code slice},
     * {@code channel}, {@code time}, wanted pixels of the longer side ({@code size}), {@code low} and {@code high} of what
     * is shown, {@code labels} to be laid over, if any. Pixels are square and as many as there are voxels, if those are fewer.
     *
     * @throws ParameterException when a value is not accepted, or the version is gone
     */
    byte[] png(Form wanted) throws IOException, ParameterException {
        String name = wanted.text("image");
        ImageSource image = shown.image(name, (int) wanted.integer("version", 1, Integer.MAX_VALUE));
        Slices slices = Slices.of(image);
        Axis normal = normal(slices, wanted.text("axis"));
        long channels = Slices.of(shown.first()).length(Axis.C);
        long channel = wanted.integer("channel", 0, channels - 1);
        int size = (int) wanted.integer("size", 1, MOST_PIXELS);
        long slice = wanted.integer("slice", 0, slices.length(normal) - 1);
        long time = wanted.integer("time", 0, slices.length(Axis.T) - 1);
        Plane plane = slices.slice(
                normal,
                slice,
                name.equals(ShownImages.FIELD) ? shown.fieldChannel(image, channel) : channel,
                time,
                size,
                Execution.standard());
        int[] square = plane.square(Math.min(size, Math.max(plane.width(), plane.height())));
        Raster picture = map(name).paint(plane.sized(square[0], square[1]), window(wanted));
        return wanted.has("labels")
                ? shown.labels(wanted.text("labels"))
                        .over(picture, Cut.slice(normal, slice), time, Execution.standard())
                        .png()
                : picture.png();
    }

    private static ColourMap map(String image) {
        return image.equals(ShownImages.FIELD) ? ColourMap.perceptual() : ColourMap.grey();
    }

    private static Window window(Form wanted) throws ParameterException {
        double low = wanted.number("low");
        double high = wanted.number("high");
        if (low > high) {
            throw new ParameterException("Window", low + " to " + high, "the lower value first");
        }
        return new Window(low, high);
    }

    private static Axis normal(Slices slices, String letter) throws ParameterException {
        return Axis.ofSymbol(letter)
                .filter(slices.normals()::contains)
                .orElseThrow(() -> new ParameterException("axis", Given.shown(letter), "a spatial axis of the image"));
    }
}
