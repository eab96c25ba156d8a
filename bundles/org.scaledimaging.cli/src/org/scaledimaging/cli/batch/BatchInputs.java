package org.scaledimaging.cli.batch;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.nio.file.FileSystems;
import java.nio.file.FileVisitOption;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.PathMatcher;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.scaledimaging.cli.option.InputOptions;
import org.scaledimaging.engine.format.omezarr.collection.Member;
import org.scaledimaging.engine.format.open.ImageFormats;
import org.scaledimaging.engine.message.Given;
import org.scaledimaging.engine.message.ImageFormatException;
import org.scaledimaging.engine.message.ParameterException;
import org.scaledimaging.engine.place.ImageLocation;
import picocli.CommandLine.Option;

/** Options that name the images of a batch: a list in a file, or a pattern below folders. */
public final class BatchInputs {
    @Option(
            names = "--inputs-from",
            paramLabel = "FILE",
            description =
                    "Read further inputs from this file, one a line, relative ones from its folder; lines that begin"
                            + " with # are left out; - reads standard input.")
    private String list;

    @Option(
            names = "--bids",
            paramLabel = "PATTERN",
            description = "Take the files below each INPUT, a folder, whose path in it matches this: * is any part of a"
                    + " name, ** any folders, as in 'sub-*/anat/*_T1w.nii.gz'. Results keep their folders.")
    private String pattern;

    /** The options that are given, by their names. */
    public List<String> given() {
        return Stream.of(list == null ? "" : "--inputs-from", pattern == null ? "" : "--bids")
                .filter(option -> !option.isEmpty())
                .toList();
    }

    /**
     * An image of the batch.
     *
     * @param location what to read
     * @param folder in which its result lies below the folder for results; empty for that folder itself
     * @param name what its result is called after
     */
    public record Input(ImageLocation location, String folder, String name) {
        private static Input of(ImageLocation location, String folder) {
            return new Input(location, folder, ImageFormats.stem(location.name()));
        }

        private Input of(Member member) {
            return new Input(
                    member.location(), folder, name + "_" + member.path().replace('/', '_'));
        }
    }

    /**
     * All of them, in the order given; files of a folder by name, images of a collection by number.
     *
     * @param inputs those that are given one by one
     * @param part says whether all images of a collection are meant
     * @throws ParameterException when there is none, or a pattern matches nothing
     * @throws IOException when the list or a folder cannot be read
     */
    public List<Input> all(List<ImageLocation> inputs, InputOptions part) throws IOException, ParameterException {
        List<Input> all = new ArrayList<>();
        for (Input input : places(inputs)) {
            List<Member> members = members(input, part);
            all.addAll(
                    members.isEmpty()
                            ? List.of(input)
                            : members.stream().map(input::of).toList());
        }
        return all;
    }

    private static List<Member> members(Input input, InputOptions part) {
        try {
            return part.membersSaid(input.location());
        } catch (IOException e) {
            return List.of(); // it is told when it is its turn, and stops no other
        }
    }

    private List<Input> places(List<ImageLocation> inputs) throws IOException, ParameterException {
        List<ImageLocation> given = new ArrayList<>(inputs);
        if (list != null) {
            given.addAll(listed());
        }
        if (given.isEmpty()) {
            throw new ParameterException("INPUT", "none", "at least one image, or --inputs-from FILE");
        }
        if (pattern == null) {
            return given.stream().map(location -> Input.of(location, "")).toList();
        }
        List<Input> found = new ArrayList<>();
        for (ImageLocation location : given) {
            found.addAll(below(location));
        }
        return found;
    }

    private List<ImageLocation> listed() throws IOException, ParameterException {
        boolean standard = list.equals("-");
        Path file = standard ? Path.of("") : Path.of(list);
        if (!standard && !Files.isRegularFile(file)) {
            throw new ParameterException(
                    "--inputs-from",
                    file + (Files.exists(file) ? ", which is a folder" : ", which is not there"),
                    "a file with an image a line, or - for standard input");
        }
        List<ImageLocation> locations = new ArrayList<>();
        try (BufferedReader reader = standard
                ? new BufferedReader(new InputStreamReader(System.in, StandardCharsets.UTF_8))
                : Files.newBufferedReader(file)) {
            Path folder = standard
                    ? Path.of("").toAbsolutePath()
                    : file.toAbsolutePath().getParent();
            for (String line = reader.readLine(); line != null; line = reader.readLine()) {
                String text = line.strip();
                if (!text.isEmpty() && !text.startsWith("#")) {
                    locations.add(ImageLocation.parse(
                            text.contains("://") ? text : folder.resolve(text).toString()));
                }
            }
        } catch (java.nio.charset.CharacterCodingException e) {
            throw new ImageFormatException(file, "bytes that are no UTF-8", "a list of images, one a line", e);
        }
        return locations;
    }

    private List<Input> below(ImageLocation location) throws IOException, ParameterException {
        Optional<Path> folder = location.path().filter(Files::isDirectory);
        if (folder.isEmpty()) {
            throw new ParameterException("--bids", location + ", which is no folder", "folders as INPUT");
        }
        PathMatcher matcher;
        try {
            matcher = FileSystems.getDefault().getPathMatcher("glob:" + pattern);
        } catch (IllegalArgumentException e) {
            throw new ParameterException("--bids", Given.shown(pattern), "a pattern such as 'sub-*/anat/*_T1w.nii.gz'");
        }
        List<Path> files;
        try (Stream<Path> all = Files.walk(folder.get(), FileVisitOption.FOLLOW_LINKS)) {
            files = all.map(folder.get()::relativize)
                    .filter(matcher::matches)
                    .sorted()
                    .toList();
        } catch (java.io.UncheckedIOException e) {
            throw e.getCause();
        }
        if (files.isEmpty()) {
            throw new ParameterException(
                    "--bids",
                    pattern + ", which nothing in " + folder.get() + " matches",
                    "a pattern that files in the folder match");
        }
        List<Input> found = new ArrayList<>();
        for (Path file : files) {
            Path parent = file.getParent();
            found.add(Input.of(
                    ImageLocation.parse(folder.get().resolve(file).toString()),
                    parent == null ? "" : parent.toString()));
        }
        return found;
    }
}
