package org.scaledimaging.plugins.n4;

import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import org.scaledimaging.engine.execute.Progress;

/**
 * The N4 iteration (Tustison et al. 2010): sharpen the histogram of the log intensities, fit a spline to what that takes
 * away, add it to the log field, until the field changes no more; then go on with spans of half the length.
 */
final class Estimation {

    /**
     * What became of a fitting level.
     *
     * @param convergence after the last iteration
     */
    record Level(int iterations, double convergence) {}

    /**
     * The log field.
     *
     * @param axes of the finest level
     */
    record Result(SplineAxis[] axes, ControlPoints controlPoints, List<Level> levels) {}

    private final SampledField state;
    private final Residual residual;
    private final Team team;
    private final double[][] histograms;
    private final Convergence convergence;

    /** @param samples at least one */
    Estimation(Samples samples, HistogramSharpening sharpening, Team team) {
        this.state = new SampledField(samples);
        this.residual = new Residual(sharpening);
        this.team = team;
        this.histograms = new double[state.parts()][];
        Arrays.setAll(histograms, part -> residual.histogram());
        this.convergence = new Convergence(state.parts());
    }

    /**
     * @param axes at the coarsest level
     * @param iterations at most so many at each level, at least 1
     * @param tolerance a level ends when the change of the field has no larger coefficient of variation
     * @throws java.util.concurrent.CancellationException after an iteration, when the progress says so
     */
    Result run(SplineAxis[] axes, List<Long> iterations, double tolerance, Progress progress) {
        measure();
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
            double change = Double.MAX_VALUE;
            while (done < most && change > tolerance) {
                progress.checkCancelled();
                residual.sharpen(histogram());
                fit.add(residual);
                change = measure();
                done++;
                progress.report((before + done) / total, message(level, levels.length, done, most, change));
            }
            before += most;
            levels[level] = new Level(done, change);
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

    /** Makes the histogram of what the field leaves, and tells how much the field changed, side by side. */
    private double measure() {
        residual.span(state.lowest(), state.highest());
        int count = state.samples().count();
        double[] recurrence = new double[1];
        team.run(histograms.length + 1, (task, member) -> {
            if (task > 0) {
                count(task - 1);
            } else if (count <= Convergence.RECURRENCE) {
                recurrence[0] = Convergence.recurrence(state.changes());
            }
        });
        return count <= Convergence.RECURRENCE ? recurrence[0] : convergence.moments(count);
    }

    private void count(int part) {
        double[] histogram = histograms[part];
        Arrays.fill(histogram, 0);
        int from = state.firstSample(part);
        int to = state.firstSample(part + 1);
        for (int i = from; i < to; i++) {
            residual.count(state.corrected(i), histogram);
        }
        if (state.samples().count() > Convergence.RECURRENCE) {
            convergence.add(part, state.changes(), from, to);
        }
    }

    private double[] histogram() {
        double[] whole = histograms[0];
        for (int part = 1; part < histograms.length; part++) {
            for (int bin = 0; bin < whole.length; bin++) {
                whole[bin] += histograms[part][bin];
            }
        }
        return whole;
    }
}
