package org.scaledimaging.reliability;

/**
 * Decides how often a test tries what is random: a few times in each build, more where it is told {@code -Pcampaigns}.
 */
public final class Campaign {
    private static final boolean FULL = System.getProperty("campaigns", "short").equals("full");

    private Campaign() {}

    /** @param property that says another number than these */
    public static int times(String property, int few, int full) {
        return Integer.getInteger(property, FULL ? full : few);
    }
}
