package org.scaledimaging.plugins.n4;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import org.scaledimaging.engine.execute.Progress;
import org.scaledimaging.plugins.n4.spline.ControlPoints;
import org.scaledimaging.plugins.n4.spline.SplineAxis;

/**
 * The N4 iteration (Tustison et al. 2010): sharpen the histogram of the log intensities, fit a spline to what that takes
 * away, add it to the log field, until the field changes no more; then go on with spans of half the length.
 */
final class Estimation {

    /**
     * What became of a fitting level.
     *
     * @param most how many iterations it might have had
     * @param course the convergence after each iteration, at least one
     */
    record Level(int iterations, int most, List<Double> course) {
        /** The convergence after the last iteration. */
        double convergence() {
            return course.get(course.size() - 1);
        }
    }

    /**
     * The log field.
     *
     * @param axes of the finest level
     */
    record Result(SplineAxis[] axes, ControlPoints controlPoints, List<Level> levels) {}

    private final SampledLogField state;
    private final Residual residual;
    private final Team team;
    private final double[][] histograms;
    private final double[] histogram;
    private final Convergence convergence;

    /** @param samples at least one */
    Estimation(FitSamples samples, HistogramSharpening sharpening, Team team) {
        this.state = new SampledLogField(samples);
        this.residual = new Residual(sharpening);
        this.team = team;
        this.histograms = new double[state.parts()][];
        Arrays.setAll(histograms, part -> residual.histogram());
        this.histogram = residual.histogram();
        this.convergence = new Convergence();
    }

    /**
     * @param axes at the coarsest level
     * @param iterations at most so many at each level, at least 1
     * @param tolerance a level ends when the change of the field has no larger coefficient of variation
     * @throws java.util.concurrent.CancellationException after an iteration, when the progress says so
     */
    Result run(SplineAxis[] axes, List<Long> iterations, double tolerance, Progress progress) {
        count();
        SplineAxis[] finest = axes.clone();
        ControlPoints field = ControlPoints.zero(axes);
        Level[] levels = new Level[iterations.size()];
        double total = iterations.stream().mapToLong(Long::longValue).sum();
        double before = 0;
        for (int level = 0; level < levels.length; level++) {
            if (level > 0) {
                Arrays.setAll(finest, d -> finest[d].refined());
                field = field.refined();
            }
            Fit fit = new Fit(finest, field, state, team);
            long most = iterations.get(level);
            int done = 0;
            double change;
            List<Double> course = new ArrayList<>();
            project(fit);
            do {
                progress.checkCancelled();
                fit.add();
                done++;
                team.start(() -> convergence.measure(state.ratios()));
                count();
                if (done < most) {
                    project(fit); // in vain where this was the last: then nobody has had to wait for that
                }
                team.join();
                change = convergence.value();
                course.add(change);
                // the less of iterations and levels: none says that nearly all is done while levels are to come
                double ofLevels = (level + (double) done / most) / levels.length;
                double fraction = Math.min((before + done) / total, ofLevels);
                progress.report(fraction, message(level, levels.length, done, most, change));
            } while (done < most && change > tolerance);
            before += most;
            levels[level] = new Level(done, (int) most, List.copyOf(course));
        }
        return new Result(finest, field, List.of(levels));
    }

    private static String message(int level, int levels, int iteration, long most, double convergence) {
        return String.format(
                Locale.ROOT,
                "level %d of %d, iteration %d of %d, convergence %.3g",
                level + 1,
                levels,
                iteration,
                most,
                convergence);
    }

    private void project(Fit fit) {
        residual.sharpen(histogram);
        fit.project(residual);
    }

    /** Makes the histogram of what the field leaves. */
    private void count() {
        residual.span(state.lowest(), state.highest());
        team.run(histograms.length, (part, member) -> {
            double[] counts = histograms[part];
            Arrays.fill(counts, 0);
            int to = state.firstSample(part + 1);
            for (int i = state.firstSample(part); i < to; i++) {
                residual.count(state.corrected(i), counts);
            }
        });
        Arrays.fill(histogram, 0);
        for (double[] counts : histograms) {
            for (int bin = 0; bin < histogram.length; bin++) {
                histogram[bin] += counts[bin];
            }
        }
    }
}
