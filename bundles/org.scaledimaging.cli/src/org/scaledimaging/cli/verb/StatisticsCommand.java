package org.scaledimaging.cli.verb;

import java.io.IOException;
import java.math.BigInteger;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.scaledimaging.cli.option.ExecutionOptions;
import org.scaledimaging.cli.option.InputOptions;
import org.scaledimaging.cli.option.Numbers;
import org.scaledimaging.cli.option.Verb;
import org.scaledimaging.cli.terminal.Console;
import org.scaledimaging.cli.terminal.Exit;
import org.scaledimaging.cli.terminal.Json;
import org.scaledimaging.cli.terminal.ProgressDisplay;
import org.scaledimaging.engine.Image;
import org.scaledimaging.engine.execute.Execution;
import org.scaledimaging.engine.execute.Progress;
import org.scaledimaging.engine.format.open.ImageFormats;
import org.scaledimaging.engine.message.NumberList;
import org.scaledimaging.engine.message.ParameterException;
import org.scaledimaging.engine.place.ImageLocation;
import org.scaledimaging.engine.statistics.ImageStatistics;
import org.scaledimaging.engine.statistics.Statistics;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** Tells what an image's voxels are like as numbers. */
@Command(
        name = "statistics",
        description = {
            "Shows minimum, maximum, sum (of integers), mean, standard deviation and percentiles of an image's voxels,"
                    + " of all channels and time points together. The image is read once, in blocks; voxels that are NaN"
                    + " or infinite are left out.",
            ""
        },
        footer = {
            "",
            "Examples:",
            "  scaled-imaging statistics brain.nii.gz",
            "  scaled-imaging statistics embryo.ome.zarr --channel 0 --percentiles 0.1,99.9 --json"
        })
public final class StatisticsCommand extends Verb {
    @Parameters(paramLabel = "INPUT", description = "What to read: " + ImageFormats.READABLE_PLACES + ".")
    private ImageLocation location;

    @Option(
            names = "--percentiles",
            paramLabel = "P[,P…]",
            defaultValue = "1,25,50,75,99",
            description = "Which percentiles to show, 0 to 100; 1,25,50,75,99 if not given. Exact for integers of 8 and"
                    + " 16 bits, else of values to 0.05 %% each.")
    private String percentiles;

    @Option(names = "--json", description = "Print JSON, for programs.")
    private boolean json;

    @Mixin
    private InputOptions input;

    @Mixin
    private ExecutionOptions executionOptions;

    public StatisticsCommand(Console console) {
        super(console);
    }

    @Override
    public Integer call() throws Exception {
        List<Double> wanted;
        try {
            wanted = Numbers.decimals("--percentiles", percentiles);
            ImageStatistics.check(wanted);
            input.check();
            executionOptions.check();
        } catch (ParameterException e) {
            throw wrongUsage(e);
        }
        Optional<List<ImageLocation>> several = input.allSaid(location);
        if (several.isPresent()) {
            all(several.get(), wanted);
        } else {
            Statistics statistics;
            try (Image image = input.open(location);
                    ProgressDisplay progress = ProgressDisplay.of(console, executionOptions.quiet())) {
                statistics = image.statistics(wanted, executionOptions.execution(progress));
            }
            if (json) {
                console.out().println(Json.write(facts(statistics, wanted)));
            } else {
                print(statistics, wanted);
            }
        }
        console.out().flush();
        return Exit.DONE;
    }

    /** Of each image by itself. */
    private void all(List<ImageLocation> images, List<Double> wanted) throws IOException, ParameterException {
        List<Statistics> each = new ArrayList<>();
        try (ProgressDisplay progress = ProgressDisplay.of(console, executionOptions.quiet())) {
            Execution execution = executionOptions.execution(progress);
            for (int i = 0; i < images.size(); i++) {
                Progress part = execution.progress().part((double) i / images.size(), (i + 1.0) / images.size());
                try (Image image = input.part(Image.open(images.get(i)))) {
                    each.add(image.statistics(wanted, execution.withProgress(part)));
                }
            }
        }
        List<Map<String, Object>> facts = new ArrayList<>();
        for (int i = 0; i < images.size(); i++) {
            if (json) {
                Map<String, Object> ofOne = new LinkedHashMap<>();
                ofOne.put("location", images.get(i).toString());
                ofOne.putAll(facts(each.get(i), wanted));
                facts.add(ofOne);
            } else {
                line("image", images.get(i).toString());
                print(each.get(i), wanted);
                if (i < images.size() - 1) {
                    console.print("");
                }
            }
        }
        if (json) {
            console.out().println(Json.write(Map.of("images", facts)));
        }
    }

    private static Map<String, Object> facts(Statistics statistics, List<Double> wanted) {
        Map<String, Object> facts = new LinkedHashMap<>();
        facts.put("voxels", statistics.voxels());
        facts.put("finiteVoxels", statistics.finiteVoxels());
        facts.put("minimum", statistics.exactMinimum());
        facts.put("maximum", statistics.exactMaximum());
        statistics.whole().ifPresent(whole -> facts.put("sum", whole.sum()));
        facts.put("mean", statistics.mean());
        facts.put("standardDeviation", statistics.standardDeviation());
        Map<String, Object> values = new LinkedHashMap<>();
        for (int i = 0; i < wanted.size(); i++) {
            values.put(NumberList.written(wanted.get(i)), percentile(statistics, wanted, i));
        }
        facts.put("percentiles", values);
        return facts;
    }

    private void print(Statistics statistics, List<Double> wanted) {
        line("voxels", Long.toString(statistics.voxels()));
        if (statistics.finiteVoxels() < statistics.voxels()) {
            line("finite", Long.toString(statistics.finiteVoxels()));
        }
        line("minimum", written(statistics.exactMinimum()));
        line("maximum", written(statistics.exactMaximum()));
        statistics.whole().ifPresent(whole -> line("sum", written(whole.sum())));
        line("mean", NumberList.written(statistics.mean()));
        line("standard deviation", NumberList.written(statistics.standardDeviation()));
        for (int i = 0; i < wanted.size(); i++) {
            line("percentile " + NumberList.written(wanted.get(i)), written(percentile(statistics, wanted, i)));
        }
    }

    /** The ends are exact. */
    private static Number percentile(Statistics statistics, List<Double> wanted, int i) {
        if (wanted.get(i) == 0 || wanted.get(i) == 100) {
            return wanted.get(i) == 0 ? statistics.exactMinimum() : statistics.exactMaximum();
        }
        return statistics.percentiles().get(i);
    }

    private static String written(Number number) {
        return number instanceof BigInteger whole ? whole.toString() : NumberList.written(number.doubleValue());
    }

    private void line(String name, String value) {
        console.print(String.format("%-19s %s", name, value));
    }
}
