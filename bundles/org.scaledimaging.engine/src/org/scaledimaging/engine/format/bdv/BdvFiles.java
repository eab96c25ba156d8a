package org.scaledimaging.engine.format.bdv;

import java.io.Closeable;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import org.scaledimaging.engine.format.bdv.SpimData.Setup;
import org.scaledimaging.engine.format.hdf5.Hdf5Container;
import org.scaledimaging.engine.image.ImageSource;
import org.scaledimaging.engine.message.ImageFormatException;
import org.scaledimaging.engine.message.Setting;
import org.scaledimaging.engine.place.OpenedFiles;
import org.scaledimaging.engine.web.WebFiles;

/**
 * The files of a data set: XML and what it names, or HDF5 alone, whose XML of the same name beside it is read where there is
 * one.
 *
 * @param named what was named
 * @param opened the XML, if there is one
 */
record BdvFiles(Path named, SpimData data, Views views, OpenedFiles opened) implements Closeable {

    static boolean recognises(Path file) throws IOException {
        return SpimData.recognises(file) || Hdf5Container.isAt(file) && Views.InHdf5.areIn(file);
    }

    static BdvFiles open(Path file, Instant since) throws IOException {
        OpenedFiles opened = new OpenedFiles(file);
        Optional<Path> xml = xml(file);
        if (xml.isEmpty()) {
            Views.InHdf5 views = Views.InHdf5.open(file);
            Map<Integer, Setup> setups = new TreeMap<>();
            for (int id : views.setups()) {
                setups.put(id, new Setup(id, "", "", Optional.empty(), "", Map.of()));
            }
            return new BdvFiles(
                    file, new SpimData("bdv.hdf5", "", setups, Map.of(), views.times(), 0, Map.of()), views, opened);
        }
        opened.add(xml.get());
        SpimData data = SpimData.read(xml.get());
        Path container = container(xml.get(), data);
        Views views =
                data.loader().equals("bdv.hdf5") ? Views.InHdf5.open(container) : new Views.InN5(container, since);
        return new BdvFiles(file, data, views, opened);
    }

    /** The XML that a path is, or that says of it what is in it. */
    private static Optional<Path> xml(Path file) throws IOException {
        if (SpimData.recognises(file)) {
            return Optional.of(file);
        }
        Path beside = file.resolveSibling(file.getFileName().toString().replaceFirst("\\.[^.]*$", "") + ".xml");
        boolean describes = SpimData.recognises(beside)
                && Path.of(SpimData.read(beside).container()).getFileName().equals(file.getFileName());
        return describes ? Optional.of(beside) : Optional.empty();
    }

    /** Where the XML says that voxels are: beside it, whatever folder it names, since data sets are moved about. */
    private static Path container(Path xml, SpimData data) throws IOException {
        if (!data.loader().equals("bdv.hdf5") && !data.loader().equals("bdv.n5")) {
            throw new ImageFormatException(
                    xml,
                    "voxels in the format \"" + data.loader() + "\"",
                    data.loader().contains("zarr")
                            ? "bdv.hdf5 or bdv.n5; OME-Zarr that it names can be opened by itself"
                            : "bdv.hdf5 or bdv.n5, as BigStitcher and Fiji's exports write them");
        }
        Path name =
                data.container().isEmpty() ? null : Path.of(data.container()).getFileName();
        Path container = name == null ? null : xml.resolveSibling(name);
        if (data.loader().equals("bdv.n5") && WebFiles.has(xml)) {
            throw new ImageFormatException(
                    xml,
                    "voxels in a folder of N5 on a server",
                    "voxels in an HDF5 file there, or a data set that is here");
        }
        boolean there = container != null
                && (data.loader().equals("bdv.n5") ? Files.isDirectory(container) : Files.isRegularFile(container));
        if (!there) {
            throw new ImageFormatException(
                    xml,
                    "voxels in \"" + data.container() + "\", which is not beside it",
                    "that file or folder in the folder of the XML");
        }
        return container;
    }

    List<Integer> times() {
        return data.times();
    }

    /** The files that tell whether a data set was changed: of N5, whose blocks are too many to look at, the XML alone. */
    static List<Path> files(Path file) throws IOException {
        List<Path> files = new ArrayList<>();
        files.add(file);
        Optional<Path> xml = xml(file);
        if (xml.isPresent()) {
            Path container = container(xml.get(), SpimData.read(xml.get()));
            for (Path other : List.of(xml.get(), container)) {
                if (!other.equals(file) && Files.isRegularFile(other)) {
                    files.add(other);
                }
            }
        }
        return files;
    }

    /** The images by name: setups that differ in nothing but their channel are one. */
    Map<String, List<Setup>> images() {
        Map<String, List<Setup>> images = new LinkedHashMap<>();
        for (Setup setup : data.setups().values()) {
            Map<String, Integer> other = new TreeMap<>(setup.attributes());
            boolean channel = other.remove("channel") != null;
            List<String> words = new ArrayList<>();
            other.forEach((attribute, number) -> words.add(attribute + " " + number));
            if (words.isEmpty() && !channel) {
                words.add("setup " + setup.id());
            }
            List<Setup> alike = images.getOrDefault(String.join(", ", words), List.of());
            if (!alike.isEmpty() && !isAlike(alike.get(0), setup)) {
                words.add("size " + setup.size());
            }
            images.computeIfAbsent(String.join(", ", words), key -> new ArrayList<>())
                    .add(setup);
        }
        return images;
    }

    private static boolean isAlike(Setup one, Setup other) {
        return one.size().equals(other.size())
                && Arrays.equals(
                        one.voxelSize().orElse(new double[0]), other.voxelSize().orElse(new double[0]));
    }

    /** Opens the image that is meant; closing it closes the files. */
    ImageSource open(Optional<Integer> series) throws IOException {
        Map<String, List<Setup>> images = images();
        List<String> names = List.copyOf(images.keySet());
        String stem = named.getFileName().toString().replaceFirst("\\.[^.]*$", "");
        if (series.isEmpty() && names.size() > 1) {
            throw new ImageFormatException(
                    named,
                    names.size() + " images",
                    "one of them, chosen by " + Setting.SERIES + " 0 to " + (names.size() - 1)
                            + ", or by its path as in " + named.resolve("0"));
        }
        int which = series.orElse(0);
        if (which >= names.size()) {
            throw new ImageFormatException(
                    named, "no image " + which, names.size() == 1 ? "0" : "0 to " + (names.size() - 1));
        }
        String name = series.isPresent() && names.size() > 1 ? stem + " " + names.get(which) : stem;
        return BdvImage.open(this, images.get(names.get(which)), name);
    }

    void checkUnchanged() throws IOException {
        opened.check();
        views.checkUnchanged();
    }

    @Override
    public void close() throws IOException {
        views.close();
    }
}
