package org.knime.filehandling.core.connections;

import java.net.URI;
import java.util.Set;

/** The place that an address with {@code knime:} means; others are not understood here. */
public final class FSLocationUtil {
    private static final Set<String> RELATIVE =
            Set.of("knime.space", "knime.mountpoint", "knime.workflow", "knime.workflow.data");

    private FSLocationUtil() {}

    public static FSLocation createFromURL(String url) {
        URI address = URI.create(url.replace(" ", "%20"));
        boolean relative = RELATIVE.contains(address.getHost());
        return relative
                ? new FSLocation(
                        FSCategory.RELATIVE,
                        address.getHost(),
                        address.getPath().substring(1))
                : new FSLocation(FSCategory.MOUNTPOINT, address.getHost(), address.getPath());
    }
}
