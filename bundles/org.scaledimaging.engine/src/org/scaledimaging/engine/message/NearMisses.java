package org.scaledimaging.engine.message;

import java.util.Collection;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;

/** Finds what somebody may have meant, for a word that nobody knows. */
public final class NearMisses {
    private static final int SHORTEST_START = 3;

    private NearMisses() {}

    /**
     * For the end of a sentence that lists what is known: {@code ", perhaps sigma"}; nothing where nothing is near.
     *
     * @param given what was written
     * @param known what could have been
     */
    public static String perhaps(String given, Collection<String> known) {
        List<String> near = of(given, known);
        boolean all = near.size() > 1 && near.size() == known.size();
        return near.isEmpty() || all ? "" : ", perhaps " + String.join(" or ", near);
    }

    /**
     * What is like a text but for upper and lower case; else what starts with it; else what a few letters make of it.
     *
     * @return the nearest ones, in the order in which they are known
     */
    public static List<String> of(String given, Collection<String> known) {
        String text = bare(given);
        if (text.isEmpty()) {
            return List.of();
        }
        List<String> same =
                known.stream().filter(name -> bare(name).equals(text)).toList();
        if (!same.isEmpty()) {
            return same;
        }
        List<String> longer = text.length() < SHORTEST_START
                ? List.of()
                : known.stream().filter(name -> bare(name).startsWith(text)).toList();
        if (!longer.isEmpty()) {
            return longer;
        }
        int most = Math.max(1, text.length() / 3);
        int least = known.stream()
                .map(name -> changes(text, bare(name)))
                .min(Comparator.naturalOrder())
                .orElse(Integer.MAX_VALUE);
        return least > most || least >= text.length()
                ? List.of()
                : known.stream()
                        .filter(name -> changes(text, bare(name)) == least)
                        .toList();
    }

    private static String bare(String text) {
        return text.replaceFirst("^-+", "").toLowerCase(Locale.ROOT);
    }

    /** How many letters have to be put in, left out, changed or exchanged with the next. */
    private static int changes(String from, String to) {
        int[][] table = new int[from.length() + 1][to.length() + 1];
        for (int i = 0; i <= from.length(); i++) {
            for (int k = 0; k <= to.length(); k++) {
                if (i == 0 || k == 0) {
                    table[i][k] = i + k;
                    continue;
                }
                int changed = from.charAt(i - 1) == to.charAt(k - 1) ? 0 : 1;
                int best = Math.min(table[i - 1][k - 1] + changed, Math.min(table[i - 1][k], table[i][k - 1]) + 1);
                boolean exchanged = i > 1
                        && k > 1
                        && from.charAt(i - 1) == to.charAt(k - 2)
                        && from.charAt(i - 2) == to.charAt(k - 1);
                table[i][k] = exchanged ? Math.min(best, table[i - 2][k - 2] + 1) : best;
            }
        }
        return table[from.length()][to.length()];
    }
}
