package org.scaledimaging.cli.verb;

import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.scaledimaging.cli.batch.ItemResult;
import org.scaledimaging.cli.batch.OneImage;
import org.scaledimaging.cli.option.ExecutionOptions;
import org.scaledimaging.cli.option.ExecutorOptions;
import org.scaledimaging.cli.option.InputOptions;
import org.scaledimaging.cli.option.output.Output;
import org.scaledimaging.cli.option.output.OutputSettings;
import org.scaledimaging.cli.terminal.Console;
import org.scaledimaging.cli.terminal.ProgressDisplay;
import org.scaledimaging.engine.Image;
import org.scaledimaging.engine.ImageCollection;
import org.scaledimaging.engine.execute.Execution;
import org.scaledimaging.engine.execute.Executor;
import org.scaledimaging.engine.format.omezarr.collection.Member;
import org.scaledimaging.engine.message.ParameterException;

/** Does with each image of a plate or a collection what a verb does with one, into a new plate or collection. */
record WholeCollection(
        ImageCollection images,
        InputOptions input,
        Output output,
        OutputSettings settings,
        ExecutionOptions executionOptions,
        ExecutorOptions executorOptions,
        boolean dryRun) {

    /** What a verb makes of each image. */
    interface Step {
        /** Refuses, for the image that is read, what can be refused before voxels are. */
        void check(Image image, Execution execution) throws IOException, ParameterException;

        Image apply(Image image, Execution execution) throws IOException, ParameterException;

        /** What to say of what was made of an image; the execution is for what that takes. */
        default List<String> remarks(Image result, Execution execution) throws IOException {
            return List.of();
        }
    }

    /** @param sources that are read beside the images */
    void run(Console console, List<Path> sources, Step step) throws IOException, ParameterException {
        Report report = new Report(console, executionOptions.quiet());
        images.check(output.place(), settings.omeZarr().withSources(sources));
        List<Member> members = images.members();
        List<String> remarks = new ArrayList<>();
        try (Executor executor = executorOptions.start(executionOptions.threads());
                ProgressDisplay progress = ProgressDisplay.of(console, executionOptions.quiet())) {
            Execution execution = executionOptions.execution(progress).withExecutor(executor);
            Execution untold =
                    execution.withProgress(execution.progress().untold()).withNotices(notice -> {});
            for (Member member : members) { // before hours are spent on those before it
                check(member, step, untold);
            }
            if (dryRun) {
                console.say("Would write " + output.place() + ": " + what(members.size()));
                return;
            }
            images.saveOmeZarr(
                    output.place(),
                    settings.omeZarr().withSources(sources),
                    (member, image, part) -> {
                        Image read = input.part(image);
                        Image result = step.apply(read, part);
                        step.remarks(result, part).forEach(remark -> remarks.add(member.path() + ": " + remark));
                        Image written =
                                settings.type().convert(result, read.metadata().pixelType());
                        written.checkPixelType(part);
                        return written;
                    },
                    execution);
        }
        remarks.forEach(report::say);
        report.wrote(output, what(members.size()));
    }

    private String what(int count) {
        return images.layout().kind().inWords() + " of " + count + " images";
    }

    /** What was done, in figures. */
    OneImage.Made made() throws IOException {
        return new OneImage.Made(
                Optional.empty(),
                Map.of("images", images.members().size()),
                dryRun ? ItemResult.Status.POSSIBLE : ItemResult.Status.DONE);
    }

    private void check(Member member, Step step, Execution execution) throws IOException, ParameterException {
        try (Image read = input.part(images.open(member))) {
            step.check(read, execution);
        } catch (ParameterException e) {
            throw e.about(member.path());
        }
    }
}
