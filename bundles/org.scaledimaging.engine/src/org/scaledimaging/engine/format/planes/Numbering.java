package org.scaledimaging.engine.format.planes;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/**
 * Numbers in the names of files, of which some may be missing: 3 of 1, 2, 4. Numbers that go on by tens lack nothing; nor
 * do those, as of places in micrometers, of which more would be missing than are there.
 *
 * @param there the numbers that there are, in ascending order
 * @param missing those that are missing between them
 */
public record Numbering(TreeSet<Long> there, TreeSet<Long> missing) {
    private static final Pattern NUMBER = Pattern.compile("[0-9]+");
    private static final int MOST_DIGITS = 18;
    private static final int SHOWN = 8;

    /** Nothing where a text is no number, or two are the same one. */
    static Optional<Numbering> of(Iterable<String> texts) {
        TreeSet<Long> there = new TreeSet<>();
        for (String text : texts) {
            boolean isNumber = NUMBER.matcher(text).matches() && text.length() <= MOST_DIGITS;
            if (!isNumber || !there.add(Long.parseLong(text))) {
                return Optional.empty();
            }
        }
        return Optional.of(new Numbering(there, missing(there)));
    }

    /** Of the only number in which names differ; nothing where they differ in more, or in something else. */
    public static Optional<Numbering> ofNames(List<String> names) {
        List<List<String>> numbers = new ArrayList<>();
        String others = null;
        for (String name : names) {
            String rest = NUMBER.matcher(name).replaceAll("0");
            if (others != null && !rest.equals(others)) {
                return Optional.empty();
            }
            others = rest;
            Matcher matcher = NUMBER.matcher(name);
            numbers.add(matcher.results().map(result -> result.group()).toList());
        }
        int differing = -1;
        int count = numbers.isEmpty() ? 0 : numbers.get(0).size();
        for (int i = 0; i < count; i++) {
            int at = i;
            if (numbers.stream().map(each -> each.get(at)).distinct().count() > 1) {
                if (differing >= 0) {
                    return Optional.empty();
                }
                differing = i;
            }
        }
        int at = differing;
        return at < 0
                ? Optional.empty()
                : of(numbers.stream().map(each -> each.get(at)).toList());
    }

    private static TreeSet<Long> missing(TreeSet<Long> there) {
        TreeSet<Long> missing = new TreeSet<>();
        long step = Long.MAX_VALUE;
        for (Long number : there.tailSet(there.first(), false)) {
            step = Math.min(step, number - there.lower(number));
        }
        for (Long number : there.tailSet(there.first(), false)) {
            long gap = number - there.lower(number);
            if (gap % step != 0 || gap / step - 1 + missing.size() > there.size()) {
                return new TreeSet<>();
            }
            for (long lacking = number - gap + step; lacking < number; lacking += step) {
                missing.add(lacking);
            }
        }
        return missing;
    }

    /** The missing numbers, as in {@code 3, 7}; the first of many. */
    public String missingInWords() {
        String first = missing.stream().limit(SHOWN).map(String::valueOf).collect(Collectors.joining(", "));
        return missing.size() > SHOWN ? first + " and " + (missing.size() - SHOWN) + " more" : first;
    }
}
