package org.scaledimaging.engine.picture;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.scaledimaging.engine.execute.Execution;
import org.scaledimaging.engine.image.ImageMetadata;
import org.scaledimaging.engine.image.ImageSource;
import org.scaledimaging.engine.picture.plane.Cut;
import org.scaledimaging.engine.picture.plane.Plane;
import org.scaledimaging.engine.picture.plane.PlaneGeometry;
import org.scaledimaging.engine.picture.plane.PlaneOrientation;
import org.scaledimaging.engine.picture.plane.Slices;

/**
 * Makes one picture of planes of an image: all at one scale, channels blended, labels over them, with orientation letters,
 * a scale bar and, for fields, a colour bar. The same picture whatever the threads and chunks.
 */
public final class Picture {
    private final ImageSource image;
    private final Optional<LabelsOver> labels;
    private final Display display;
    private final Execution execution;

    private Picture(ImageSource image, Optional<ImageSource> labels, Display display, Execution execution) {
        this.image = image;
        this.labels = labels.map(source -> LabelsOver.of(source, image.metadata()));
        this.display = display;
        this.execution = execution;
    }

    /**
     * Makes a picture.
     *
     * @param labels an image of as many voxels along each spatial axis, drawn over the other one; of its channels the
     *     first counts, and its first time point where it has one alone
     * @param cuts which planes, at least one
     * @param size how many pixels the longest side of the planes has, at least 1
     * @throws IndexOutOfBoundsException when the image has no such slice, channel or time point
     */
    public static Raster of(
            ImageSource image,
            Optional<ImageSource> labels,
            List<Cut> cuts,
            Display display,
            int size,
            Execution execution)
            throws IOException {
        return new Picture(image, labels, display, execution).of(cuts, size);
    }

    private Raster of(List<Cut> cuts, int size) throws IOException {
        ImageMetadata metadata = image.metadata();
        Slices slices = Slices.of(image);
        Scale scale = Scale.of(slices, cuts, size);
        List<List<Raster>> painted = new ArrayList<>();
        cuts.forEach(cut -> painted.add(new ArrayList<>()));
        List<Plane> geometries = new ArrayList<>();
        Optional<ColourBar> bar = Optional.empty();
        for (long channel : display.channelsOf(metadata)) {
            List<Plane> planes = read(slices, cuts, channel, display.time(), scale);
            Window window = display.windowOf(metadata, channel, planes);
            ColourMap map = display.mapOf(metadata, channel);
            for (int i = 0; i < planes.size(); i++) {
                painted.get(i).add(map.paint(planes.get(i), window));
            }
            geometries = planes;
            bar = display.field() && !metadata.labels() ? Optional.of(new ColourBar(map, window)) : Optional.empty();
        }
        List<Panels.Panel> panels = new ArrayList<>();
        for (int i = 0; i < cuts.size(); i++) {
            panels.add(new Panels.Panel(
                    Raster.blended(painted.get(i)),
                    geometries.get(i).geometry(),
                    cuts.get(i).normal()));
        }
        if (labels.isPresent()) {
            panels = withLabels(panels, labels.get(), cuts);
        }
        return Panels.picture(panels, bar);
    }

    private List<Plane> read(Slices slices, List<Cut> cuts, long channel, long time, Scale scale) throws IOException {
        List<Plane> planes = new ArrayList<>();
        for (int i = 0; i < cuts.size(); i++) {
            int[] pixels = scale.pixels().get(i);
            planes.add(cuts.get(i)
                    .of(slices, channel, time, Math.max(pixels[0], pixels[1]), execution)
                    .sized(pixels[0], pixels[1]));
        }
        return planes;
    }

    private List<Panels.Panel> withLabels(List<Panels.Panel> panels, LabelsOver over, List<Cut> cuts)
            throws IOException {
        List<Panels.Panel> all = new ArrayList<>();
        for (int i = 0; i < panels.size(); i++) {
            Panels.Panel panel = panels.get(i);
            all.add(panel.with(over.over(panel.raster(), cuts.get(i), display.time(), execution)));
        }
        return all;
    }

    /** How many pixels each plane has, so that one pixel is as long in all of them, where their units are the same. */
    private record Scale(List<int[]> pixels) {
        static Scale of(Slices slices, List<Cut> cuts, int size) {
            List<PlaneGeometry> geometries = cuts.stream()
                    .map(cut -> PlaneOrientation.of(slices.metadata(), cut.normal()))
                    .toList();
            boolean oneUnit =
                    geometries.stream().map(PlaneGeometry::unit).distinct().count() == 1;
            double longest = 0;
            for (PlaneGeometry geometry : geometries) {
                longest = Math.max(longest, longer(slices, geometry));
            }
            List<int[]> pixels = new ArrayList<>();
            for (PlaneGeometry geometry : geometries) {
                double pixel = (oneUnit ? longest : longer(slices, geometry)) / size;
                pixels.add(new int[] {count(across(slices, geometry) / pixel), count(down(slices, geometry) / pixel)});
            }
            return new Scale(pixels);
        }

        private static int count(double pixels) {
            return (int) Math.max(1, Math.round(pixels));
        }

        private static double longer(Slices slices, PlaneGeometry geometry) {
            return Math.max(across(slices, geometry), down(slices, geometry));
        }

        private static double across(Slices slices, PlaneGeometry geometry) {
            return slices.length(geometry.across()) * geometry.pixelWidth();
        }

        private static double down(Slices slices, PlaneGeometry geometry) {
            return slices.length(geometry.down()) * geometry.pixelHeight();
        }
    }
}
