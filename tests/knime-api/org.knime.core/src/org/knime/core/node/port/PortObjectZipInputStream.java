package org.knime.core.node.port;

import java.io.InputStream;
import java.util.zip.ZipInputStream;

/** Signature only. */
public class PortObjectZipInputStream extends ZipInputStream {
    PortObjectZipInputStream(InputStream stream) {
        super(stream);
    }
}
