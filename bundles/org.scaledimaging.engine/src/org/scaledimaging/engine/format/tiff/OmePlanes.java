package org.scaledimaging.engine.format.tiff;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import org.scaledimaging.engine.format.tiff.page.Page;
import org.scaledimaging.engine.format.tiff.page.PageLayout;
import org.scaledimaging.engine.format.tiff.page.Pages;
import org.scaledimaging.engine.format.tiff.stack.Stack;
import org.scaledimaging.engine.message.ImageFormatException;
import org.scaledimaging.engine.place.OpenedFiles;

/** The page of each plane of an OME-TIFF, and its file: eight bytes for each plane. */
final class OmePlanes implements Stack.Planes {
    private static final int LEAST_PAGE_BYTES = 18;
    private static final int MOST_MISSING = 1 << 20;

    private final OmeFiles files;
    private final Path file;
    private final long channels;
    private final long slices;
    private final int[] fileOf;
    private final int[] directoryOf;
    private final PageLayout layout;
    private long beside; // how many pages of a single file are no plane of its only image

    private OmePlanes(OmeFiles files, Path file, OmeXml xml, long channels, int planes, PageLayout layout) {
        this.files = files;
        this.file = file;
        this.channels = channels;
        this.slices = xml.sizeZ();
        this.fileOf = new int[planes];
        this.directoryOf = new int[planes];
        this.layout = layout;
        Arrays.fill(fileOf, OmeFiles.MISSING);
    }

    /**
     * @param channels pages per place and time
     * @param alone whether pages can be of no other image
     */
    static OmePlanes of(OmeFiles files, OmeXml xml, long channels, Path file, boolean alone) throws IOException {
        List<OmeXml.TiffData> data =
                xml.data().isEmpty() ? List.of(new OmeXml.TiffData(0, 0, 0, -1, -1, "", "")) : xml.data();
        long found = 0;
        for (OmeXml.TiffData part : data) {
            found += planes(part, files, file);
        }
        double planes = (double) xml.sizeT() * channels * xml.sizeZ();
        if (found < 1 || planes < 1 || planes > Integer.MAX_VALUE || planes > found && planes > MOST_MISSING) {
            throw new ImageFormatException(
                    file,
                    found + " pages for " + xml.sizeT() + " times, " + channels + " channels and " + xml.sizeZ()
                            + " slices",
                    "a page for each of them");
        }
        OmePlanes map = new OmePlanes(
                files, file, xml, channels, (int) planes, files.firstPage(xml).layout());
        for (OmeXml.TiffData part : data) {
            map.assign(part, xml);
        }
        if (alone && files.paths().size() == 1 && map.missing() == 0) {
            map.beside = files.pages(0).size()
                    - Arrays.stream(map.directoryOf).distinct().count();
        }
        if (map.missing() == map.fileOf.length) {
            throw new ImageFormatException(file, "no plane of its image in the files that are there", "at least one");
        }
        return map;
    }

    /** How many planes have no file. */
    private int missing() {
        return (int) Arrays.stream(fileOf)
                .filter(number -> number == OmeFiles.MISSING)
                .count();
    }

    /** How many pages that stands for: one where the first is named, else all of its file. */
    private static long planes(OmeXml.TiffData part, OmeFiles files, Path file) throws IOException {
        if (files.number(part) == OmeFiles.MISSING) {
            return 0;
        }
        if (part.planes() < 0) {
            return part.directory() >= 0 ? 1 : files.pages(files.number(part)).size();
        }
        long most = Files.size(files.paths().get(files.number(part))) / LEAST_PAGE_BYTES;
        return Math.min(part.planes(), most); // of a stopped acquisition the file may hold less
    }

    private void assign(OmeXml.TiffData part, OmeXml xml) throws IOException {
        long[] index = {part.firstZ(), part.firstC(), part.firstT()};
        long[] size = {xml.sizeZ(), channels, xml.sizeT()};
        int number = files.number(part);
        long directory = Math.max(0, part.directory());
        long planes = planes(part, files, file);
        long all = number == 0 ? files.pages(0).size() : Integer.MAX_VALUE; // others are looked at when they are read
        for (long i = 0; i < planes; i++, directory++) {
            if (index[0] >= size[0] || index[1] >= size[1] || index[2] >= size[2] || directory >= all) {
                if (directory >= all || part.planes() < 0 && part.directory() < 0) {
                    return; // more pages than planes, or a file of fewer pages than were meant to come
                }
                throw new ImageFormatException(
                        file,
                        "TiffData for page " + directory + ", z " + index[0] + ", c " + index[1] + ", t " + index[2],
                        "pages and planes that there are");
            }
            int plane = plane(index[2], index[1], index[0]);
            fileOf[plane] = number;
            directoryOf[plane] = (int) directory;
            for (int d = 2; d < 5; d++) {
                int axis = "ZCT".indexOf(xml.order().charAt(d));
                if (++index[axis] < size[axis] || d == 4) {
                    break;
                }
                index[axis] = 0;
            }
        }
    }

    @Override
    public Optional<Page> page(long time, long channel, long slice) throws IOException {
        int plane = plane(time, channel, slice);
        if (fileOf[plane] == OmeFiles.MISSING) {
            return Optional.empty();
        }
        Pages pages = files.pages(fileOf[plane]);
        if (directoryOf[plane] >= pages.size()) {
            return Optional.empty();
        }
        Page page = pages.get(directoryOf[plane]);
        if (!page.layout().fits(layout)) {
            throw new ImageFormatException(
                    pages.file().path(),
                    "page " + directoryOf[plane] + " of " + page.layout(),
                    "pages of " + layout + ", as the first one");
        }
        return Optional.of(page);
    }

    @Override
    public Page first() throws IOException {
        int plane = firstPlane();
        return page(plane / slices / channels, plane / slices % channels, plane % slices)
                .orElseThrow();
    }

    private int firstPlane() throws IOException {
        for (int plane = 0; plane < fileOf.length; plane++) {
            if (fileOf[plane] != OmeFiles.MISSING
                    && directoryOf[plane] < files.pages(fileOf[plane]).size()) {
                return plane;
            }
        }
        throw new ImageFormatException(file, "no plane of its image in the files that are there", "at least one");
    }

    @Override
    public Pages firstPages() throws IOException {
        return files.pages(fileOf[firstPlane()]);
    }

    @Override
    public boolean isComplete() {
        return missing() == 0 && beside == 0 && files.paths().size() == 1;
    }

    @Override
    public Optional<String> lacks() throws IOException {
        int lacking = missing();
        for (int plane = 0; plane < fileOf.length; plane++) {
            if (fileOf[plane] != OmeFiles.MISSING
                    && directoryOf[plane] >= files.pages(fileOf[plane]).size()) {
                lacking++;
            }
        }
        if (beside > 0) {
            return Optional.of(file + ": " + beside + " of " + files.pages(0).size()
                    + " pages are no plane of the image that its OME-XML tells of; they are not read.");
        }
        return lacking == 0
                ? Optional.empty()
                : Optional.of(file + ": " + lacking + " of " + fileOf.length
                        + " planes are not in the files that are there"
                        + files.missing()
                                .map(name -> " (" + name + " is missing)")
                                .orElse("")
                        + "; their voxels are 0.");
    }

    @Override
    public Pages pages(long time, long channel, long slice) throws IOException {
        return files.pages(fileOf[plane(time, channel, slice)]);
    }

    private int plane(long time, long channel, long slice) {
        return (int) ((time * channels + channel) * slices + slice);
    }

    @Override
    public OpenedFiles opened() {
        return files.opened();
    }

    @Override
    public void close() throws IOException {
        files.close();
    }
}
