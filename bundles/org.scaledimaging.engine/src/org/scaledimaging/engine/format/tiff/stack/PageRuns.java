package org.scaledimaging.engine.format.tiff.stack;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import org.scaledimaging.engine.format.SeriesPlace;
import org.scaledimaging.engine.format.tiff.page.Pages;
import org.scaledimaging.engine.format.tiff.page.Tags;
import org.scaledimaging.engine.message.ImageFormatException;

/**
 * The images of a file whose pages are not all of one: a new one begins with a page of another size or type, and where
 * tifffile says so. Planes that it was given one by one are one image, though each has a description.
 */
public final class PageRuns {
    private PageRuns() {}

    /** Where each begins, and behind the last page. */
    private static List<Integer> starts(Pages pages) throws IOException {
        List<Integer> starts = new ArrayList<>();
        int start = 0;
        while (start < pages.size()) {
            starts.add(start);
            int end = start + 1;
            while (end < pages.size()
                    && pages.get(end).layout().fits(pages.get(start).layout())) {
                end++;
            }
            long said = ShapedStack.count(pages, start, description(pages, start));
            boolean another =
                    said > 1 && start + said < end && ShapedStack.recognises(description(pages, (int) (start + said)));
            start = another ? (int) (start + said) : end;
        }
        starts.add(pages.size());
        return starts;
    }

    private static String description(Pages pages, int page) throws IOException {
        return pages.directory(page).text(Tags.IMAGE_DESCRIPTION);
    }

    /** What the images are, in words: their pages. */
    public static List<String> names(Pages pages) throws IOException {
        List<Integer> starts = starts(pages);
        List<String> names = new ArrayList<>();
        for (int i = 0; i + 1 < starts.size(); i++) {
            int count = starts.get(i + 1) - starts.get(i);
            names.add(count
                    + (count == 1 ? " page of " : " pages of ")
                    + pages.get(starts.get(i)).layout());
        }
        return names;
    }

    /**
     * The pages of the image that is meant.
     *
     * @throws ImageFormatException when several could be meant
     */
    public static Pages of(Pages pages, SeriesPlace meant) throws IOException {
        List<Integer> starts = starts(pages);
        int image = meant.chosen(starts.size() - 1);
        return starts.size() == 2 ? pages : pages.part(starts.get(image), starts.get(image + 1));
    }
}
