package org.scaledimaging.engine;

/**
 * Decides how often a test tries what is random: some times in each build, more where it is told {@code -Pcampaigns}.
 */
public final class Rounds {
    private static final boolean FULL = System.getProperty("campaigns", "short").equals("full");

    private Rounds() {}

    public static int of(int some, int full) {
        return FULL ? full : some;
    }
}
