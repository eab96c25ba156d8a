package org.scaledimaging.cli.verb;

import java.io.IOException;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.stream.Collectors;
import org.scaledimaging.cli.option.Assignments;
import org.scaledimaging.cli.option.Candidates;
import org.scaledimaging.cli.option.Numbers;
import org.scaledimaging.cli.option.Shapes;
import org.scaledimaging.cli.option.Version;
import org.scaledimaging.cli.terminal.Console;
import org.scaledimaging.engine.Image;
import org.scaledimaging.engine.message.ParameterException;
import org.scaledimaging.engine.plugin.PluginRegistry;
import org.scaledimaging.engine.plugin.SegmentationPlugin;
import org.scaledimaging.engine.segmentation.OtsuOptions;
import org.scaledimaging.engine.segmentation.Segmentation;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** Writes an image's voxels as labels. */
@Command(
        name = "segment",
        mixinStandardHelpOptions = true,
        sortOptions = false,
        versionProvider = Version.class,
        description = {
            "Writes which class each voxel belongs to, as labels 0, 1, 2 … from the darkest to the brightest. Thresholds between"
                    + " classes are given, or found by Otsu's method, for each channel; or labels are those of a plugin.",
            ""
        },
        footer = {
            "",
            "Examples: foreground and background; three classes; two given thresholds; a plugin's labels",
            "  scaled-imaging segment brain.nii.gz mask.nii.gz",
            "  scaled-imaging segment brain.nii.gz tissue.nii.gz --classes 3",
            "  scaled-imaging segment brain.nii.gz labels.nii.gz --threshold 25,60",
            "  scaled-imaging segment brain.nii.gz labels.nii.gz --plugin ID -p NAME=VALUE"
        })
public final class SegmentCommand implements Callable<Integer> {
    private final Console console;

    @Option(
            names = "--threshold",
            paramLabel = "VALUE[,VALUE…]",
            description =
                    "Thresholds, ascending, instead of Otsu's: a label is the number of thresholds below the voxel.")
    private String thresholds;

    @Option(names = "--inclusive", description = "With --threshold: voxels equal to a threshold are above it.")
    private boolean inclusive;

    @Option(
            names = "--classes",
            paramLabel = "N",
            description = "Otsu's method: how many classes there are; 2 if not given.")
    private Integer classes;

    @Option(
            names = "--bins",
            paramLabel = "N",
            description = "Otsu's method: bins of the histogram. If not given, one for each value of an integer type"
                    + " (where they are less than 65536 apart), else 256 from the smallest to the largest value.")
    private Integer bins;

    @Option(
            names = "--local-block",
            paramLabel = "N|Z,Y,X",
            description =
                    "Otsu's method: find thresholds for each block of so many voxels, along all spatial axes or for"
                            + " each in the order z,y,x, instead of for the whole channel. Labels may jump where blocks"
                            + " meet.")
    private String localBlock;

    @Option(
            names = "--plugin",
            paramLabel = "ID",
            completionCandidates = Candidates.SegmentationPlugins.class,
            description = "Label by this plugin instead; 'scaled-imaging plugins' lists those for segmentation.")
    private String plugin;

    @Option(
            names = {"-p", "--parameter"},
            paramLabel = "NAME=VALUE",
            description = "With --plugin: sets a parameter of the plugin; repeatable.")
    private List<String> assignments = List.of();

    @Mixin
    private Rewriting rewriting;

    public SegmentCommand(Console console) {
        this.console = console;
    }

    @Override
    public Integer call() throws Exception {
        return rewriting.run(console, this::operation, SegmentCommand::sayThresholds);
    }

    private Rewriting.Operation operation() throws ParameterException {
        if (plugin != null) {
            refuse("--threshold", thresholds, "a plugin");
            refuse("--inclusive", inclusive ? true : null, "a plugin");
            refuseOtsu("a plugin");
            SegmentationPlugin chosen = PluginRegistry.installed()
                    .create(SegmentationPlugin.class, plugin, Assignments.parse(plugin, assignments));
            return image -> image.segment(chosen);
        }
        if (!assignments.isEmpty()) {
            throw new ParameterException("-p", "no plugin", "--plugin along with it");
        }
        if (thresholds != null) {
            refuseOtsu("given thresholds");
            List<Double> values = Numbers.decimals("--threshold", thresholds);
            Segmentation.check(values);
            return image -> image.segmentThreshold(values, inclusive);
        }
        if (inclusive) {
            throw new ParameterException("--inclusive", "no thresholds", "--threshold along with it");
        }
        OtsuOptions defaults = OtsuOptions.defaults();
        OtsuOptions options = new OtsuOptions(
                classes == null ? defaults.classes() : classes,
                bins == null ? defaults.bins() : bins,
                localBlock == null ? defaults.localBlock() : Numbers.parseList("--local-block", localBlock));
        Segmentation.check(options);
        return image -> image.segmentOtsu(options);
    }

    private void refuseOtsu(String instead) throws ParameterException {
        refuse("--classes", classes, instead);
        refuse("--bins", bins, instead);
        refuse("--local-block", localBlock, instead);
    }

    private static void refuse(String option, Object given, String instead) throws ParameterException {
        if (given != null) {
            String other = option.equals("--threshold") || option.equals("--inclusive")
                    ? "given thresholds, without --plugin"
                    : "Otsu's method, without --threshold or --plugin";
            throw new ParameterException(option, instead, other);
        }
    }

    /** Which thresholds were found, so that they can be judged and given again. */
    private static void sayThresholds(Image labels, Report report) throws IOException {
        int channel = 0;
        List<List<Double>> channels = Segmentation.thresholdsOf(labels.source());
        for (List<Double> values : channels) {
            String where = channels.size() == 1 ? "" : " of channel " + channel++;
            report.say("Thresholds" + where + ": "
                    + values.stream().map(Shapes::number).collect(Collectors.joining(",")));
        }
    }
}
