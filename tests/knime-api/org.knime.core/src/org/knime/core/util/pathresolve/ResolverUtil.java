package org.knime.core.util.pathresolve;

import java.io.File;
import java.net.URI;
import org.knime.core.util.exception.ResourceAccessException;

/** Resolves addresses of files, and those relative to the workflow in the folder that a system property names. */
public final class ResolverUtil {
    private ResolverUtil() {}

    public static File resolveURItoLocalFile(URI uri) throws ResourceAccessException {
        if ("file".equalsIgnoreCase(uri.getScheme())) {
            return new File(uri);
        }
        String workflow = System.getProperty("knime.test.workflow");
        if ("knime".equalsIgnoreCase(uri.getScheme()) && "knime.workflow".equals(uri.getHost()) && workflow != null) {
            return new File(workflow, uri.getPath());
        }
        if ("knime".equalsIgnoreCase(uri.getScheme()) && "knime.space".equals(uri.getHost())) {
            return null; // a space on a server
        }
        if ("knime".equalsIgnoreCase(uri.getScheme())) {
            throw new ResourceAccessException("Can't resolve URI \"" + uri + "\"");
        }
        return null;
    }
}
