package org.knime.core.node.port;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;

/** Makes the streams that serializers use. */
public final class PortUtil {
    private PortUtil() {}

    public static PortObjectZipOutputStream getPortObjectZipOutputStream(OutputStream stream) throws IOException {
        return new PortObjectZipOutputStream(stream);
    }

    public static PortObjectZipInputStream getPortObjectZipInputStream(InputStream stream) throws IOException {
        return new PortObjectZipInputStream(stream);
    }
}
