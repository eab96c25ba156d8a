package org.scaledimaging.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Stream;
import java.util.zip.GZIPInputStream;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.scaledimaging.engine.message.Given;

/** A mistake of a user gives one line that names it, the right exit code, and leaves no trace. */
class BadInputTest {
    private static final int DIMENSIONS = 40;
    private static final int DATATYPE = 70;
    private static final int MAGIC = 344;

    @TempDir
    Path folder;

    private Path input;
    private Path output;

    @BeforeEach
    void makeInput() throws Exception {
        input = Samples.nifti(folder);
        output = folder.resolve("out.ome.zarr");
    }

    /** Runs a command and looks at what it prints: one line, and no progress before it, so no work done in vain. */
    private void refused(int exitCode, List<?> words, Object... arguments) throws IOException {
        List<String> before = Samples.names(folder);
        Run.of(arguments).refused(exitCode, words);
        assertEquals(before, Samples.names(folder));
    }

    private void process(int exitCode, List<?> words, Object... more) throws IOException {
        Stream<Object> first = Stream.of("process", input, output, "--plugin", "gaussian");
        refused(exitCode, words, Stream.concat(first, Arrays.stream(more)).toArray());
    }

    @ParameterizedTest
    @ValueSource(strings = {".nii", ".tif", ".h5"})
    void aFileThatTheSystemCannotReadIsNamed(String ending) throws Exception {
        Path memory = Path.of("/proc/self/mem"); // there is nothing at its start, which is an input/output error
        Assumptions.assumeTrue(Files.exists(memory), "skipped: no " + memory);
        Path link = Files.createSymbolicLink(folder.resolve("broken" + ending), memory);
        refused(1, List.of(link + ": found "), "info", link);
    }

    // ---- known without opening a file: exit code 2

    @Test
    void anUnknownPlugin() throws Exception {
        refused(2, List.of("nope", "gaussian"), "process", input, output, "--plugin", "nope");
    }

    @Test
    void anUnknownParameter() throws Exception {
        process(2, List.of("gaussian", "width", "sigma, mode"), "-p", "width=3");
    }

    @Test
    void parametersAreCheckedBeforeFiles() throws Exception {
        refused(2, List.of("width"), "process", "missing.nii", output, "--plugin", "gaussian", "-p", "width=3");
    }

    @ParameterizedTest
    @CsvSource({"-1, -1", "1e9, 1e9", "NaN, NaN", "wide, '''wide'''", "'', nothing"})
    void aValueOutOfRange(String sigma, String found) throws Exception {
        process(2, List.of("-p sigma", "found " + found + ",", "a number from 0 to 1000"), "-p", "sigma=" + sigma);
    }

    @ParameterizedTest
    @ValueSource(strings = {"--series=x", "--series=-1", "--axes=q", "--pages=T", "--voxel-size=a", "--unit=foo"})
    void whatNoImageCouldBeIsToldWithoutOpeningOne(String option) throws Exception {
        String name = option.substring(0, option.indexOf('='));
        for (String verb : List.of("info", "statistics")) {
            refused(2, List.of(name, "--help"), verb, "missing.tif", option);
        }
    }

    @Test
    void aParameterWithoutValueOrTwice() throws Exception {
        process(2, List.of("-p", "found 'sigma'", "name=value"), "-p", "sigma");
        process(2, List.of("sigma", "twice"), "-p", "sigma=1", "-p", "sigma=2");
    }

    @ParameterizedTest
    @ValueSource(strings = {"0", "-4", "2.5", "4,", "a", "4x", "4x4,4", "99999999999"})
    void aDownsampleFactorThatIsNone(String factor) throws Exception {
        process(
                2,
                List.of("--downsample-factor", "found " + Given.shown(factor), "z,y,x", "1,4,4 or 1x4x4"),
                "--downsample-factor=" + factor);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "--chunk-size=0",
                "--chunks=0",
                "--shards=b",
                "--levels=0",
                "--threads=0",
                "--level=-1",
                "--channel=-1",
                "--time=-1",
                "--codec=rar",
                "--codec=zlib",
                "--codec=none:9",
                "--ome-zarr-version=0.6",
                "--output-type=complex64"
            })
    void anOptionOutOfRange(String option) throws Exception {
        String value = option.substring(option.indexOf('=') + 1);
        process(2, List.of("found " + Given.shown(value), "expected "), option);
    }

    @Test
    void anOptionThatIsNoNumberOrNotKnown() throws Exception {
        process(2, List.of("--threads: found many, expected a whole number."), "--threads=many");
        process(2, List.of("--threads: found no value, expected N."), "--threads");
        process(2, List.of("--threads: found it twice, expected it once."), "--threads=1", "--threads=2");
        process(2, List.of("--quiet: found 3, expected no value."), "--quiet=3");
        process(2, List.of("Option: found --fast, expected one that scaled-imaging process has."), "--fast");
        process(2, List.of("found --thread=2, expected", "perhaps --threads"), "--thread=2");
    }

    @ParameterizedTest
    @ValueSource(strings = {"--chunks=4", "--shards=4", "--codec=gzip", "--levels=2", "--ome-zarr-version=0.4"})
    void anOptionThatTheFormatDoesNotHave(String option) throws Exception {
        output = folder.resolve("out.nii");
        process(2, List.of(option.substring(0, option.indexOf('=')), "NIfTI"), option);
    }

    @ParameterizedTest
    @ValueSource(strings = {"--chunks=100", "--chunks=2,32,32", "--chunks=16384", "--codec=gzip"})
    void anOptionThatOmeTiffTakesOtherValuesOf(String option) throws Exception {
        output = folder.resolve("out.ome.tif");
        String value = option.substring(option.indexOf('=') + 1);
        process(2, List.of(option.substring(0, option.indexOf('=')) + ": found ", value, "expected "), option);
    }

    @Test
    void optionsThatDoNotGoTogether() throws Exception {
        process(2, List.of("--shards", "0.5"), "--ome-zarr-version=0.4", "--shards=8");
        process(2, List.of("--keep-temp", "--use-temp-zarr"), "--keep-temp");
        process(2, List.of("--save-field"), "--save-field", output);
        process(2, List.of("--temp-zarr-path", "2 plugins"), "--plugin=gaussian", "--temp-zarr-path=t.zarr");
    }

    @Test
    void anOutputNameThatTellsNoFormat() throws Exception {
        output = folder.resolve("out.jpg");
        process(
                2,
                List.of(
                        "out.jpg",
                        ".nii, .nii.gz, .ome.tif, .ome.tiff, .tif, .tiff, .nrrd, .mha, .ome.zarr, .zarr,"
                                + " .ome.zarr.zip, .zarr.zip or .ozx"));
    }

    @Test
    void anArgumentLikeAKnownOne() throws Exception {
        refused(2, List.of("ID: found 'gausian', expected one of ", ", perhaps gaussian. See"), "plugins", "gausian");
        refused(
                2,
                List.of("SHELL: found 'bsh', expected bash, zsh or fish, perhaps bash or zsh. See"),
                "completion",
                "bsh");
        refused(2, List.of("VERB: found 'proces', expected one of ", ", perhaps process. See"), "help", "proces");
    }

    @Test
    void aMissingArgument() throws Exception {
        refused(2, List.of("found too few, expected also --plugin ID."), "process", input);
        refused(2, List.of("found too few, expected also OUTPUT, or --output-dir"), "process", input, "--plugin=n4");
        refused(2, List.of("found too few, expected also --plugin ID."), "process", input, output);
        refused(2, List.of("found too few, expected also INPUT."), "info");
        refused(2, List.of("Verb: found paint, expected one of process, run, "), "paint");
        refused(2, List.of("Argument: found more after the last, expected INPUT and options."), "info", input, "more");
    }

    // ---- only the file tells: exit code 1

    @Test
    void aMissingFile() throws Exception {
        input = folder.resolve("missing.nii");
        process(1, List.of(input, "no such file or folder"));
    }

    @Test
    void aFolderThatIsNoZarr() throws Exception {
        input = Files.createDirectory(folder.resolve("plain"));
        process(1, List.of(input, "a folder that holds no Zarr"));
    }

    @Test
    void aFileOfNoKnownFormat() throws Exception {
        input = Files.writeString(folder.resolve("notes.txt"), "nothing to see");
        process(1, List.of(input, "expected"));
    }

    @Test
    void aTruncatedNifti() throws Exception {
        byte[] bytes = bytes();
        damaged(Arrays.copyOf(bytes, bytes.length - 100));
    }

    @Test
    void aTruncatedCompressedNifti() throws Exception {
        byte[] bytes = Files.readAllBytes(input);
        input = Files.write(folder.resolve("cut.nii.gz"), Arrays.copyOf(bytes, bytes.length / 2));
        process(1, List.of(input, "expected"), "--quiet");
    }

    @Test
    void aLengthThatLies() throws Exception {
        damaged(withShort(DIMENSIONS + 2, 30000));
    }

    @Test
    void aDimensionOfZero() throws Exception {
        damaged(withShort(DIMENSIONS + 4, 0));
    }

    @Test
    void aTypeThatIsNotSupported() throws Exception {
        damaged(withShort(DATATYPE, 32)); // complex64
    }

    @Test
    void aWrongMagic() throws Exception {
        byte[] bytes = bytes();
        bytes[MAGIC] = 'x';
        damaged(bytes);
    }

    @Test
    void missingMultiscales() throws Exception {
        input = Samples.omeZarr(folder);
        Files.writeString(input.resolve("zarr.json"), "{\"zarr_format\":3,\"node_type\":\"group\",\"attributes\":{}}");
        process(1, List.of(input, "multiscales"));
    }

    @Test
    void anUnknownCodec() throws Exception {
        input = Samples.omeZarr(folder);
        Path array = input.resolve("0/zarr.json");
        Files.writeString(array, Files.readString(array).replace("\"zstd\"", "\"rar\""));
        process(1, List.of(input, "rar"));
    }

    @Test
    void aCorruptChunk() throws Exception {
        input = Samples.omeZarr(folder);
        Path chunk = input.resolve("0/c/0/1/1");
        byte[] bytes = Files.readAllBytes(chunk);
        Arrays.fill(bytes, (byte) 0x55);
        Files.write(chunk, bytes);
        process(1, List.of(chunk, "zstd"), "--quiet");
    }

    @Test
    void aKeywordInOtherLetters() throws Exception {
        refused(
                1,
                List.of("-p mask: found", "Otsu, which is not there", "foreground", "perhaps otsu."),
                "process",
                input,
                output,
                "--plugin",
                "n4",
                "-p",
                "mask=Otsu");
    }

    @ParameterizedTest
    @ValueSource(strings = {"zip::s3://bucket/out.ome.zarr", "jar:file:/a.zip!/out.ome.zarr"})
    void anAddressWithinAnAddress(String target) throws Exception {
        refused(2, List.of("an address to write to"), "convert", input, target);
    }

    @Test
    void aTargetThatExists() throws Exception {
        Files.writeString(output, "precious");
        process(1, List.of(output, "an existing file"));
        assertEquals("precious", Files.readString(output));
    }

    @Test
    void aFieldOrATemporaryOmeZarrThatExists() throws Exception {
        Path taken = Files.createDirectory(folder.resolve("taken.zarr"));
        process(1, List.of(taken, "an existing folder"), "--save-field", taken);
        process(1, List.of(taken, "an existing folder"), "--temp-zarr-path", taken);
    }

    @Test
    void aTargetInsideTheSource() throws Exception {
        input = Samples.omeZarr(folder);
        output = input.resolve("out.ome.zarr");
        process(1, List.of(output, "inside the image"));
    }

    @Test
    void theSourceAsItsOwnTarget() throws Exception {
        output = input;
        process(1, List.of(output), "--overwrite");
    }

    @Test
    void aTargetBelowAFile() throws Exception {
        output = input.resolve("out.zarr");
        process(1, List.of(output, "expected"));
    }

    @Test
    void aReadOnlyTarget() throws Exception {
        Path locked = Files.createDirectory(folder.resolve("locked"));
        Assumptions.assumeTrue(locked.toFile().setWritable(false) && !Files.isWritable(locked), "root may write");
        output = locked.resolve("out.zarr");
        process(1, List.of(output, "read-only"));
    }

    @Test
    void aDownsampleFactorLargerThanTheImage() throws Exception {
        process(1, List.of("--downsample-factor along z", "found 21", "20"), "--downsample-factor", "21,1,1");
        process(1, List.of("2 numbers"), "--downsample-factor", "2,2");
    }

    @Test
    void chunksThatDoNotFitTheImage() throws Exception {
        process(1, List.of("--chunks", "2 numbers"), "--chunks", "2,2");
        process(1, List.of("--shards", "multiple"), "--chunks", "4", "--shards", "6");
    }

    @Test
    void aPartThatTheImageDoesNotHave() throws Exception {
        process(1, List.of("--level", "7"), "--level", "7");
        process(1, List.of("--channel", "expected"), "--channel", "1");
        process(1, List.of("--time", "expected"), "--time", "3");
    }

    @Test
    void infoOfABadFileIsRefusedToo() throws Exception {
        refused(1, List.of("missing.nii", "no such file"), "info", "missing.nii");
        refused(2, List.of("nope"), "plugins", "nope");
    }

    private void damaged(byte[] bytes) throws IOException {
        input = Files.write(folder.resolve("damaged.nii"), bytes);
        process(1, List.of(input, "found", "expected"));
    }

    private byte[] withShort(int offset, int value) throws IOException {
        byte[] bytes = bytes();
        ByteBuffer.wrap(bytes).order(ByteOrder.LITTLE_ENDIAN).putShort(offset, (short) value);
        return bytes;
    }

    private byte[] bytes() throws IOException {
        try (GZIPInputStream in = new GZIPInputStream(Files.newInputStream(input))) {
            return in.readAllBytes();
        }
    }

    @Test
    void aTargetThatIsTheMask() throws Exception {
        Path mask = folder.resolve("mask.nii.gz");
        Run.of("segment", input, mask).done();
        byte[] before = Files.readAllBytes(mask);
        refused(
                1,
                List.of(mask, "that is read"),
                "process",
                input,
                mask,
                "--plugin",
                "n4",
                "-p",
                "mask=" + mask,
                "--overwrite");
        org.junit.jupiter.api.Assertions.assertArrayEquals(before, Files.readAllBytes(mask));
    }
}
