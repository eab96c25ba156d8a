package org.knime.core.node.port;

import java.io.OutputStream;
import java.util.zip.ZipOutputStream;

/** Signature only. */
public class PortObjectZipOutputStream extends ZipOutputStream {
    PortObjectZipOutputStream(OutputStream stream) {
        super(stream);
    }
}
