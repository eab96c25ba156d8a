package org.scaledimaging.engine.place;

/** Names of files inside a folder or archive, with slashes between them, as in {@code 0/c/1/2/3}, that others wrote. */
public final class RelativeNames {
    private RelativeNames() {}

    /**
     * Whether a name leads to a place inside, on every system: no part of it is empty, {@code .} or {@code ..}, or holds a
     * backslash, a colon or a NUL.
     */
    public static boolean isInside(String name) {
        for (String part : name.split("/", -1)) {
            boolean leaves = part.isEmpty() || part.equals(".") || part.equals("..");
            if (leaves || part.indexOf('\\') >= 0 || part.indexOf(':') >= 0 || part.indexOf('\0') >= 0) {
                return false;
            }
        }
        return true;
    }
}
