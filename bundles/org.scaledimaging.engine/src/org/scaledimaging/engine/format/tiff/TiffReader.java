package org.scaledimaging.engine.format.tiff;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Pattern;
import org.scaledimaging.engine.block.Block;
import org.scaledimaging.engine.cache.BoundedCache;
import org.scaledimaging.engine.format.SeriesPlace;
import org.scaledimaging.engine.format.planes.PlaneFiles;
import org.scaledimaging.engine.format.tiff.page.Directory;
import org.scaledimaging.engine.format.tiff.page.Page;
import org.scaledimaging.engine.format.tiff.page.PageLayout;
import org.scaledimaging.engine.format.tiff.page.Pages;
import org.scaledimaging.engine.format.tiff.page.Tags;
import org.scaledimaging.engine.format.tiff.stack.ImageJStack;
import org.scaledimaging.engine.format.tiff.stack.MetaMorphStack;
import org.scaledimaging.engine.format.tiff.stack.MicroManager;
import org.scaledimaging.engine.format.tiff.stack.MicroManagerStack;
import org.scaledimaging.engine.format.tiff.stack.NdTiffStack;
import org.scaledimaging.engine.format.tiff.stack.PageRuns;
import org.scaledimaging.engine.format.tiff.stack.PlainStack;
import org.scaledimaging.engine.format.tiff.stack.PlaneFilesStack;
import org.scaledimaging.engine.format.tiff.stack.ShapedStack;
import org.scaledimaging.engine.format.tiff.stack.Stack;
import org.scaledimaging.engine.format.tiff.stack.ZeissStack;
import org.scaledimaging.engine.image.Axis;
import org.scaledimaging.engine.image.ChannelColours;
import org.scaledimaging.engine.image.Dimension;
import org.scaledimaging.engine.image.ImageMetadata;
import org.scaledimaging.engine.image.ImageSource;
import org.scaledimaging.engine.image.Levels;
import org.scaledimaging.engine.image.StoredLevel;
import org.scaledimaging.engine.message.ImageFormatException;
import org.scaledimaging.engine.place.FileState;

/**
 * Opens TIFF and BigTIFF images (TIFF 6.0 and its supplements): stacks of pages, ImageJ's hyperstacks, OME-TIFF in one
 * file or several. Axes are t, c, z, as far as there is more than one of each, y and x; the samples of a pixel are
 * channels. Coarser resolutions, in the pages' SubIFDs or in pages marked as reduced, are the image's levels.
 *
 * <p>Thread-safe, as are the images.
 */
public final class TiffReader {
    private static final Pattern ENDING = Pattern.compile("(?i)(\\.ome)?\\.(tiff?|tf[28]|btf)$");

    /**
     * Opens an image: its metadata now, its voxels on demand.
     *
     * @throws ImageFormatException when the content is not as the format wants it
     */
    public ImageSource open(Path location) throws IOException {
        SeriesPlace place = place(location);
        if (NdTiffStack.recognises(place.file())) {
            return source(NdTiffStack.of(place), name(place, NdTiffStack::images), TiffAttributes.NONE);
        }
        if (!Files.isRegularFile(place.file())
                && PlaneFiles.of(location, PlaneFiles.TIFF).exist()) {
            return source(PlaneFilesStack.of(location), name(location), TiffAttributes.NONE);
        }
        if (!Files.isRegularFile(place.file())) {
            FileState.checkRegular(location);
            throw new ImageFormatException(
                    location, Files.exists(location) ? "a folder" : "no such file", "a TIFF file");
        }
        TiffImages images = TiffImages.open(place.file());
        try {
            return source(stack(images, place), name(images, place), images.own());
        } catch (IOException | RuntimeException | Error e) {
            images.close();
            throw e;
        }
    }

    /** The recipe that an image was written with; empty where there is none. */
    static Map<String, Object> provenance(Path location) throws IOException {
        Path file = place(location).file();
        if (!Files.isRegularFile(file)) {
            return Map.of();
        }
        try (TiffImages images = TiffImages.open(file)) {
            return images.own().recipe();
        }
    }

    /**
     * The files that an image is in, the named one first: several for an OME-TIFF that is in several.
     *
     * @throws ImageFormatException when the file's metadata cannot be read
     */
    public static List<Path> files(Path location) throws IOException {
        SeriesPlace place = place(location);
        if (NdTiffStack.recognises(place.file())) {
            return NdTiffStack.files(place.file());
        }
        if (!Files.isRegularFile(place.file())) {
            return PlaneFiles.of(location, PlaneFiles.TIFF).files();
        }
        try (TiffImages images = TiffImages.open(place.file())) {
            if (images.ome().isEmpty()) {
                return List.of(place.file());
            }
            List<Path> files = new ArrayList<>(List.of(place.file()));
            List<OmeXml> meant = place.series().isEmpty() ? images.images() : List.of(images.image(place.series()));
            for (OmeXml image : meant) {
                for (Path file : OmeFiles.of(images.pages(), image).paths()) {
                    if (!files.contains(file)) {
                        files.add(file);
                    }
                }
            }
            return files;
        }
    }

    /** The names of a file's images, or empty texts, where there are several; none of a single one. */
    static List<String> series(Path file) throws IOException {
        SeriesPlace place = place(file);
        if (place.series().isPresent()) {
            return List.of();
        }
        List<String> names = List.of();
        if (NdTiffStack.recognises(file)) {
            names = NdTiffStack.images(file);
        } else if (Files.isRegularFile(file)) {
            try (TiffImages images = TiffImages.open(file)) {
                names = images.ome().isPresent()
                        ? images.images().stream().map(OmeXml::name).toList()
                        : names(images.pages());
            }
        }
        return names.size() < 2 ? List.of() : names;
    }

    /** Of a file without OME-XML: positions, or pages that are not all of one image. */
    private static List<String> names(Pages pages) throws IOException {
        List<String> positions = MicroManagerStack.images(pages);
        return positions.isEmpty() && !saysWhatPagesAre(pages) ? PageRuns.names(pages) : positions;
    }

    private static boolean saysWhatPagesAre(Pages pages) throws IOException {
        return MetaMorphStack.recognises(pages.first())
                || ZeissStack.recognises(pages.first())
                || ImageJStack.recognises(pages.first().text(Tags.IMAGE_DESCRIPTION));
    }

    /** What a path names: a file or data set, or one of its images. */
    static SeriesPlace place(Path location) {
        return SeriesPlace.of(location, file -> Files.isRegularFile(file) || NdTiffStack.recognises(file));
    }

    /** What people call a file, by the program whose conventions it follows. */
    static String nameOf(Path location) throws IOException {
        Path file = place(location).file();
        if (NdTiffStack.recognises(file)) {
            return "Micro-Manager NDTiff";
        }
        if (!Files.isRegularFile(file)) {
            return "TIFF, a file for each plane";
        }
        try (TiffImages images = TiffImages.open(file)) {
            Directory first = images.pages().first();
            String description = first.text(Tags.IMAGE_DESCRIPTION);
            return images.ome().isPresent()
                    ? "OME-TIFF"
                    : MetaMorphStack.recognises(first)
                            ? "MetaMorph STK"
                            : ZeissStack.recognises(first)
                                    ? "Zeiss LSM"
                                    : MicroManager.of(images.pages()).isPresent()
                                            ? "Micro-Manager TIFF"
                                            : ImageJStack.recognises(description) ? "ImageJ TIFF" : "TIFF";
        }
    }

    private static Stack stack(TiffImages images, SeriesPlace place) throws IOException {
        Pages pages = images.pages();
        if (images.ome().isPresent()) {
            boolean alone = images.ome().get().images().size() == 1;
            return OmeStack.of(pages, images.image(place.series()), alone);
        }
        Optional<MicroManager> said = MicroManager.of(pages);
        Optional<Stack> placed = said.isPresent() ? MicroManagerStack.of(pages, said.get(), place) : Optional.empty();
        if (placed.isPresent()) {
            return placed.get();
        }
        if (!saysWhatPagesAre(pages)) {
            Pages meant = PageRuns.of(pages, place);
            Optional<Stack> shaped = ShapedStack.of(meant, meant.first().text(Tags.IMAGE_DESCRIPTION));
            return shaped.isPresent() ? shaped.get() : PlainStack.of(meant);
        }
        place.chosen(1);
        if (MetaMorphStack.recognises(pages.first())) {
            return MetaMorphStack.of(pages);
        }
        if (ZeissStack.recognises(pages.first())) {
            return ZeissStack.of(pages);
        }
        return ImageJStack.of(pages, pages.first().text(Tags.IMAGE_DESCRIPTION));
    }

    private static String name(TiffImages images, SeriesPlace place) throws IOException {
        if (images.ome().isEmpty()) {
            return name(place, file -> MicroManagerStack.images(images.pages()));
        }
        String own =
                place.series().isEmpty() ? "" : images.image(place.series()).name();
        return own.isBlank() ? name(place, file -> List.of()) : own;
    }

    private interface Names {
        List<String> of(Path file) throws IOException;
    }

    /** Of the file, and of the image where one of several was named. */
    private static String name(SeriesPlace place, Names names) throws IOException {
        String file = name(place.file());
        if (place.series().isEmpty()) {
            return file;
        }
        int series = place.series().get();
        List<String> all = names.of(place.file());
        return file + " " + (series < all.size() && !all.get(series).isBlank() ? all.get(series) : series);
    }

    private static String name(Path location) {
        String last = location.getFileName().toString();
        return ENDING.matcher(last).replaceFirst("");
    }

    private static ImageSource source(Stack stack, String name, TiffAttributes own) throws IOException {
        PageLayout layout = stack.layout();
        List<Dimension> dimensions = stack.dimensions();
        ImageMetadata finest =
                new ImageMetadata(name, layout.type(), dimensions, Optional.empty(), List.of(), Optional.empty());
        if (stack.names().size() == stack.channels() * layout.samples()) {
            finest = finest.withChannels(stack.names(), Optional.empty());
        }
        boolean colours =
                layout.rgb() && stack.channels() == 1 && finest.channelNames().isEmpty();
        finest = own.complete(
                colours
                        ? ChannelColours.ofPixels(finest, layout.samples())
                        : finest.withChannels(finest.channelNames(), stack.display()),
                name);
        BoundedCache<TiffSource.Key, Block> cache = BoundedCache.ofHeap();
        List<TiffSource> levels = new ArrayList<>();
        Page first = stack.planes().first();
        boolean remote = first.file().isRemote();
        levels.add(new TiffSource(stack, 0, layout, finest, cache, remote));
        int stored = first.levels().size();
        PageLayout finer = layout;
        for (int level = 1; level <= stored; level++) {
            PageLayout coarser = stack.planes().firstPages().level(first, level).layout();
            if (isLevel(coarser, finer)) {
                levels.add(new TiffSource(
                        stack, level, coarser, own.level(finest, level, coarser(finest, coarser)), cache, remote));
                finer = coarser;
            }
        }
        return stack.planes().turned(StoredLevel.link(levels));
    }

    /** Whether pixels are of the same kind and fewer: SubIFDs may be other things, too. */
    private static boolean isLevel(PageLayout coarser, PageLayout finer) {
        return coarser.type() == finer.type()
                && coarser.samples() == finer.samples()
                && coarser.interleaved() == finer.interleaved()
                && coarser.width() <= finer.width()
                && coarser.height() <= finer.height()
                && (coarser.width() < finer.width() || coarser.height() < finer.height());
    }

    /** A TIFF does not say where the voxels of a level lie, nor what they are made of: the first is where the image's is. */
    private static ImageMetadata coarser(ImageMetadata finest, PageLayout level) {
        int axes = finest.dimensions().size();
        long[] shape = finest.shape();
        double[] scale = new double[axes];
        double[] shift = new double[axes];
        java.util.Arrays.fill(scale, 1);
        for (Axis axis : List.of(Axis.Y, Axis.X)) {
            int d = finest.indexOf(axis);
            long length = axis == Axis.Y ? level.height() : level.width();
            scale[d] = factor(shape[d], length);
            shape[d] = length;
        }
        return finest.resampled(shape, scale, shift);
    }

    /** By what an axis was downsampled: a power of two if it may have been, else a whole number, else the quotient. */
    static double factor(long fine, long coarse) {
        return Levels.factor(fine, coarse);
    }
}
