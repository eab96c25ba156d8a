package org.scaledimaging.engine.report;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.math.BigInteger;
import java.util.List;
import org.scaledimaging.engine.message.NumberList;
import org.scaledimaging.engine.statistics.Statistics;

/** Figures as JSON: names as the records have them; what is no number is null. */
public final class FiguresJson {
    private static final int MOST_POINTS = 512;
    /** Of whole numbers that float64 holds. */
    private static final int EXACT_BITS = 53;

    private static final String NO_VARIATION = "The coefficient of variation says nothing here, and there is no ratio:"
            + " it is the standard deviation over the mean, which is below 0, near 0 or of no voxel";

    private FiguresJson() {}

    /** A profile of more than 512 points is thinned to means of neighbours. */
    public static ObjectNode of(Figures figures) {
        ObjectNode json = JsonNodeFactory.instance.objectNode();
        json.set("before", of(figures.before()));
        json.set("after", of(figures.after()));
        figures.field().ifPresent(field -> json.set("field", of(field)));
        ObjectNode histogram = json.putObject("histogram");
        put(histogram, "minimum", figures.minimum());
        put(histogram, "maximum", figures.maximum());
        figures.histogramBefore().forEach(histogram.withArray("before")::add);
        figures.histogramAfter().forEach(histogram.withArray("after")::add);
        ArrayNode profiles = json.putArray("profiles");
        for (Figures.Profile profile : figures.profiles()) {
            ObjectNode one = profiles.addObject()
                    .put("axis", profile.axis().symbol())
                    .put("length", profile.before().size());
            thinned(one.putArray("before"), profile.before());
            thinned(one.putArray("after"), profile.after());
        }
        ObjectNode mask = json.putObject("mask").put("meaning", figures.mask());
        if (!figures.inMaskBefore().variationTells() || !figures.inMaskAfter().variationTells()) {
            mask.put("note", NO_VARIATION);
        }
        mask.set("before", of(figures.inMaskBefore()));
        mask.set("after", of(figures.inMaskAfter()));
        put(json, "variationRatio", figures.variationRatio());
        put(json, "fieldRatio", figures.fieldRatio());
        return json;
    }

    private static ObjectNode of(Statistics statistics) {
        ObjectNode json = JsonNodeFactory.instance.objectNode();
        json.put("voxels", statistics.voxels()).put("finiteVoxels", statistics.finiteVoxels());
        put(json, "minimum", statistics.minimum());
        put(json, "maximum", statistics.maximum());
        statistics.whole().ifPresent(whole -> {
            exactly(json, "minimum", whole.minimum());
            exactly(json, "maximum", whole.maximum());
            exactly(json, "sum", whole.sum());
        });
        put(json, "mean", statistics.mean());
        put(json, "standardDeviation", statistics.standardDeviation());
        ObjectNode percentiles = json.putObject("percentiles");
        for (int i = 0; i < Figures.PERCENTILES.size(); i++) {
            put(
                    percentiles,
                    NumberList.written(Figures.PERCENTILES.get(i)),
                    statistics.percentiles().get(i));
        }
        return json;
    }

    private static ObjectNode of(Figures.InMask figures) {
        ObjectNode json = JsonNodeFactory.instance.objectNode();
        json.put("voxels", figures.voxels());
        put(json, "mean", figures.mean());
        put(json, "coefficientOfVariation", figures.coefficientOfVariation());
        put(json, "entropy", figures.entropy());
        return json;
    }

    private static void thinned(ArrayNode array, List<Double> values) {
        int points = Math.min(MOST_POINTS, values.size());
        for (int i = 0; i < points; i++) {
            int from = (int) ((long) i * values.size() / points);
            int to = (int) ((i + 1L) * values.size() / points);
            double mean = values.subList(from, to).stream()
                    .mapToDouble(Double::doubleValue)
                    .filter(Double::isFinite)
                    .average()
                    .orElse(Double.NaN);
            if (Double.isFinite(mean)) {
                array.add(mean);
            } else {
                array.addNull();
            }
        }
    }

    /** Pages read numbers as float64: one that is none gets a text besides. */
    private static void exactly(ObjectNode json, String name, BigInteger number) {
        json.put(name, number);
        if (number.bitLength() > EXACT_BITS) {
            ObjectNode exact = json.get("exact") instanceof ObjectNode given ? given : json.putObject("exact");
            exact.put(name, number.toString());
        }
    }

    private static void put(ObjectNode json, String name, double value) {
        if (Double.isFinite(value)) {
            json.put(name, value);
        } else {
            json.putNull(name);
        }
    }
}
