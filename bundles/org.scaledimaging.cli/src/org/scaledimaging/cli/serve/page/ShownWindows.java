package org.scaledimaging.cli.serve.page;

import java.io.IOException;
import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.scaledimaging.engine.execute.Execution;
import org.scaledimaging.engine.image.Axis;
import org.scaledimaging.engine.image.ImageSource;
import org.scaledimaging.engine.picture.Window;
import org.scaledimaging.engine.picture.plane.Plane;
import org.scaledimaging.engine.picture.plane.Slices;

/** The windows in which images are shown at first: percentiles of their middle slices, coarsely read. */
final class ShownWindows {
    private static final int PIXELS = 96;
    private static final double LOW = 0.5;
    private static final double HIGH = 99.5;
    private static final int KEPT = 64;

    private final Map<String, List<Double>> known = Collections.synchronizedMap(new LinkedHashMap<>() {
        private static final long serialVersionUID = 1;

        @Override
        protected boolean removeEldestEntry(Map.Entry<String, List<Double>> eldest) {
            return size() > KEPT;
        }
    });

    /** @param key by which the same image is known again */
    List<Double> of(String key, ImageSource image, long channel) throws IOException {
        List<Double> window = known.get(key);
        if (window == null) {
            window = find(image, channel);
            known.put(key, window);
        }
        return window;
    }

    private static List<Double> find(ImageSource image, long channel) throws IOException {
        Slices slices = Slices.of(image);
        List<Plane> planes = new ArrayList<>();
        for (Axis normal : slices.normals()) {
            planes.add(slices.slice(
                    normal, slices.middle(normal), channel, slices.length(Axis.T) / 2, PIXELS, Execution.standard()));
        }
        Window window = Window.ofPercentiles(planes, LOW, HIGH);
        return List.of(window.low(), window.high());
    }
}
