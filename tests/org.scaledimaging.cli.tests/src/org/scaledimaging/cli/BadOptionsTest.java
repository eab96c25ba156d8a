package org.scaledimaging.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Options of the verbs for single operations that cannot be meant, or do not fit the image. */
class BadOptionsTest {
    @TempDir
    Path folder;

    private Path input;
    private Path output;

    @BeforeEach
    void makeInput() throws Exception {
        input = Samples.nifti(folder);
        output = folder.resolve("out.ome.zarr");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "segment --classes 1;--classes;2 to 512",
                "segment --classes 9 --bins 5;--bins;number of classes, 9",
                "segment --local-block 0;--local-block;at least 1",
                "segment --threshold 5,3;--threshold;each above the one before",
                "segment --threshold 5,x;--threshold;5,x",
                "segment --threshold 5 --classes 3;--classes;without --threshold",
                "segment --inclusive;--inclusive;--threshold",
                "crop --from 1,2,3 --to 4,5,6.5;--to;4,5,6.5",
                "crop --physical --from 1,2,NaN --to 4,5,6;--from;1,2,NaN",
                "downsample --factor 0;--factor;at least 1",
                "upsample;--factor or --shape;neither",
                "upsample --factor 2 --shape 40,48,56;--factor or --shape;both",
                "statistics --percentiles 50,101;--percentiles: found 101, expected;0 to 100",
                "segment --threshold 60,30;--threshold: found 60,30, expected",
                "convert --pyramid halfing;--pyramid: found 'halfing', expected isotropic, halving or source, perhaps halving.",
                "convert --codec zstd:99;--codec: found 'zstd:99', expected zstd with a level from -131072 to 22 behind a colon.",
                "convert --codec gzip:fast;--codec: found 'gzip:fast', expected gzip with a level from 0 to 9 behind a colon.",
                "convert --quiet --verbose;--quiet: found it along with --verbose, expected one of them.",
                "statistics --quiet -v;--quiet: found it along with --verbose",
                "process --plugin gaussian --quiet -v;--quiet: found it along with --verbose",
                "process --plugin;--plugin: found no value, expected ID.",
                "segment --plugin;--plugin: found no value, expected ID.",
                "process --plugin n4 -p;--parameter: found no value, expected NAME=VALUE.",
                "crop --from;--from: found no value, expected Z,Y,X."
            })
    void valuesOfOptionsThatNoImageFits(String line) throws Exception {
        String[] parts = line.split(";");
        Run.of(arguments(parts[0])).refused(2, List.of(parts).subList(1, parts.length));
        assertEquals(List.of("sample.nii.gz"), Samples.names(folder));
    }

    private Object[] arguments(String line) {
        String[] words = line.split(" ");
        Stream<Object> places = words[0].equals("statistics") ? Stream.of(input) : Stream.of(input, output);
        return Stream.concat(
                        Stream.concat(Stream.of(words[0]), places),
                        Arrays.stream(words).skip(1))
                .toArray();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "segment --local-block 4,4;--local-block;2 numbers;z,y,x",
                "crop --from 0,0,0 --to 4,5,29;--from and --to along x;0 to 29;within 0 to 28",
                "crop --from 0,0 --to 4,5,6;--from;2 numbers;z,y,x",
                "crop --physical --from 0,0,50 --to 6,6,60;--from and --to along x;0.0 to 27.0",
                "downsample --factor 2,2;--factor;2 numbers",
                "upsample --shape 20,24,27;--shape along x;27;28",
                "statistics --channel 3;--channel;3;0"
            })
    void valuesThatThisImageDoesNotFit(String line) throws Exception {
        String[] parts = line.split(";");
        Run.of(arguments(parts[0])).refused(1, List.of(parts).subList(1, parts.length));
        assertEquals(List.of("sample.nii.gz"), Samples.names(folder));
    }
}
