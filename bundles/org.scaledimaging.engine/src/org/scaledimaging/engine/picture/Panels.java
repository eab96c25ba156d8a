package org.scaledimaging.engine.picture;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.scaledimaging.engine.image.Axis;
import org.scaledimaging.engine.picture.plane.PlaneGeometry;
import org.scaledimaging.engine.picture.plane.Sides;

/**
 * Lays panels out in one picture: three at right angles to each other so that edges that are the same axis lie along each
 * other, others in rows; the colour bar to the right, the scale bar below.
 */
final class Panels {
    private static final int BACKGROUND = 0xFF000000;
    private static final int GAP = 4;
    private static final int PIXELS_PER_SCALE = 400;

    private final List<Panel> panels;
    private final List<int[]> places;
    private final int scale;

    private Panels(List<Panel> panels, List<int[]> places) {
        this.panels = panels;
        this.places = places;
        this.scale = Math.max(1, Math.max(width(), height()) / PIXELS_PER_SCALE);
    }

    static Raster picture(List<Panel> panels, Optional<ColourBar> colours) {
        Optional<List<int[]>> orthogonal = orthogonal(panels);
        return new Panels(panels, orthogonal.orElseGet(() -> rows(panels))).picture(colours);
    }

    private Raster picture(Optional<ColourBar> colours) {
        int width = width();
        int height = height();
        Optional<Raster> bar = colours.map(map -> map.raster(Math.max(height, 3 * Glyphs.HEIGHT * scale), scale));
        Optional<ScaleBar> length = scaleBar();
        int right = bar.map(raster -> raster.width() + 2 * GAP).orElse(0);
        int below = length.map(found -> found.size(scale)[1] + 2 * GAP).orElse(0);
        int needed = length.map(found -> found.size(scale)[0] + 2 * GAP).orElse(0);
        int bodyWidth = Math.max(width, needed);
        int bodyHeight = Math.max(height, bar.map(Raster::height).orElse(0));
        Raster picture = Raster.filled(bodyWidth + right, bodyHeight + below, BACKGROUND);
        for (int i = 0; i < panels.size(); i++) {
            panels.get(i).draw(picture, places.get(i)[0], places.get(i)[1], scale);
        }
        bar.ifPresent(raster -> picture.draw(raster, bodyWidth + GAP, 0, 1));
        length.ifPresent(found -> found.draw(picture, GAP, bodyHeight + GAP, scale));
        return picture;
    }

    /** One that holds for all panels: nothing where pixels are not the same. */
    private Optional<ScaleBar> scaleBar() {
        PlaneGeometry first = panels.get(0).geometry();
        for (Panel panel : panels) {
            if (!panel.geometry().unit().equals(first.unit())) {
                return Optional.empty();
            }
        }
        Panel widest = panels.get(0);
        for (Panel panel : panels) {
            widest = panel.raster().width() > widest.raster().width() ? panel : widest;
        }
        int most = Math.max(1, widest.raster().width() / 3);
        return ScaleBar.of(widest.geometry().pixelWidth(), first.unit(), most);
    }

    /** One in the corner, one below it with the same axis across, one to its right with the same axis down. */
    private static Optional<List<int[]>> orthogonal(List<Panel> panels) {
        if (panels.size() != 3 || panels.stream().map(Panel::normal).distinct().count() != 3) {
            return Optional.empty();
        }
        for (int corner = 0; corner < 3; corner++) {
            for (int turn = 1; turn < 3; turn++) {
                int below = (corner + turn) % 3;
                int right = 3 - corner - below;
                Panel at = panels.get(corner);
                if (at.geometry().across() == panels.get(below).geometry().across()
                        && at.geometry().down() == panels.get(right).geometry().down()) {
                    List<int[]> places = new ArrayList<>(List.of(new int[2], new int[2], new int[2]));
                    places.set(below, new int[] {0, at.raster().height() + GAP});
                    places.set(right, new int[] {at.raster().width() + GAP, 0});
                    return Optional.of(places);
                }
            }
        }
        return Optional.empty();
    }

    private static List<int[]> rows(List<Panel> panels) {
        int columns = (int) Math.ceil(Math.sqrt(panels.size()));
        int width = 0;
        int height = 0;
        for (Panel panel : panels) {
            width = Math.max(width, panel.raster().width());
            height = Math.max(height, panel.raster().height());
        }
        List<int[]> places = new ArrayList<>();
        for (int i = 0; i < panels.size(); i++) {
            places.add(new int[] {i % columns * (width + GAP), i / columns * (height + GAP)});
        }
        return places;
    }

    private int width() {
        int width = 0;
        for (int i = 0; i < panels.size(); i++) {
            width = Math.max(width, places.get(i)[0] + panels.get(i).raster().width());
        }
        return width;
    }

    private int height() {
        int height = 0;
        for (int i = 0; i < panels.size(); i++) {
            height = Math.max(height, places.get(i)[1] + panels.get(i).raster().height());
        }
        return height;
    }

    /** A plane in colours, on its way into a picture. */
    record Panel(Raster raster, PlaneGeometry geometry, Axis normal) {
        private static final int LETTERS = 0xFFFFFFFF;

        Panel with(Raster other) {
            return new Panel(other, geometry, normal);
        }

        /** Draws it, with the letters of its sides where they are known and there is room. */
        void draw(Raster picture, int left, int top, int scale) {
            picture.draw(raster, left, top, 1);
            int width = raster.width();
            int height = raster.height();
            int room = 4 * Glyphs.HEIGHT * scale;
            if (geometry.sides().isEmpty() || width < room || height < room) {
                return;
            }
            Sides sides = geometry.sides().get();
            int letter = Glyphs.width("R", scale);
            int high = Glyphs.HEIGHT * scale;
            int gap = 2 * scale;
            int middleX = left + (width - letter) / 2;
            int middleY = top + (height - high) / 2;
            Glyphs.write(picture, sides.left(), left + gap, middleY, scale, LETTERS);
            Glyphs.write(picture, sides.right(), left + width - gap - letter, middleY, scale, LETTERS);
            Glyphs.write(picture, sides.top(), middleX, top + gap, scale, LETTERS);
            Glyphs.write(picture, sides.bottom(), middleX, top + height - gap - high, scale, LETTERS);
        }
    }
}
