package org.scaledimaging.engine.format.tiff.stack;

import java.io.IOException;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.scaledimaging.engine.format.tiff.page.Directory;
import org.scaledimaging.engine.format.tiff.page.PageLayout;
import org.scaledimaging.engine.format.tiff.page.Pages;
import org.scaledimaging.engine.format.tiff.page.Tags;
import org.scaledimaging.engine.message.ImageFormatException;

/** A file that says nothing of what its pages are: they are taken for planes along z. */
public final class PlainStack {
    private static final int INCH = 2;
    private static final int CENTIMETER = 3;

    /** TIFF 6.0, section 16: amounts of ink, of which there usually are these. */
    private static final int SEPARATED = 5;

    private static final List<String> INKS = List.of("cyan", "magenta", "yellow", "black");

    private static final Pattern MICROMETERS = Pattern.compile("(?s)Aperio.*?MPP\\s*=\\s*([0-9]+\\.?[0-9]*)");

    private PlainStack() {}

    /** @throws IOException when pages differ in size or type, or cannot be read */
    public static Stack of(Pages pages) throws IOException {
        PageLayout layout = same(pages, pages.size());
        return new Stack(
                layout,
                1,
                1,
                pages.size(),
                Scale.UNKNOWN,
                Scale.UNKNOWN,
                scale(pages.first(), Tags.Y_RESOLUTION),
                scale(pages.first(), Tags.X_RESOLUTION),
                layout.samples() == INKS.size() && pages.first().number(Tags.PHOTOMETRIC, 1) == SEPARATED
                        ? INKS
                        : List.of(),
                List.of(),
                FilePlanes.inOrder(pages, 1, pages.size(), 0));
    }

    /** The layout that the first pages have in common. */
    static PageLayout same(Pages pages, int count) throws ImageFormatException {
        PageLayout layout = pages.get(0).layout();
        for (int i = 1; i < count; i++) {
            if (!pages.get(i).layout().fits(layout)) {
                throw new ImageFormatException(
                        pages.file().path(),
                        "page " + i + " of " + pages.get(i).layout() + " after pages of " + layout,
                        "pages of one size and type, as planes of one image have");
            }
        }
        return layout;
    }

    /** Micrometers per pixel, where the file says how many there are to the inch or the centimeter. */
    static Scale scale(Directory directory, int tag) throws IOException {
        Matcher slide = MICROMETERS.matcher(directory.text(Tags.IMAGE_DESCRIPTION));
        if (slide.lookingAt()) {
            return Scale.of(Double.parseDouble(slide.group(1)), "micrometer");
        }
        double perInch = directory.quotient(tag) * (directory.number(Tags.RESOLUTION_UNIT, 1) == CENTIMETER ? 2.54 : 1);
        boolean screen =
                Math.abs(perInch - 72) < 0.1 || Math.abs(perInch - 96) < 0.1; // which programs write for want of any
        return screen ? Scale.UNKNOWN : resolution(directory, tag);
    }

    private static Scale resolution(Directory directory, int tag) throws IOException {
        long unit = directory.number(Tags.RESOLUTION_UNIT, 1); // without the tag most files hold a meaningless 1 or 72
        double micrometers = unit == INCH ? 25400 : unit == CENTIMETER ? 10000 : Double.NaN;
        return Scale.of(micrometers / directory.quotient(tag), "micrometer");
    }
}
