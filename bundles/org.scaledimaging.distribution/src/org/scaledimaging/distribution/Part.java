package org.scaledimaging.distribution;

import java.nio.file.Path;
import java.util.List;

/**
 * A jar of an installation.
 *
 * @param file where it lies
 * @param group Maven's group, empty where it is published nowhere
 * @param name Maven's artifact
 * @param version Maven's version
 * @param licence an SPDX expression
 * @param sha256 the sum of its bytes, in hexadecimal digits
 * @param packages what other packages were bundled into it, from npm
 */
record Part(
        Path file, String group, String name, String version, String licence, String sha256, List<Bundled> packages) {
    /** A package from npm. */
    record Bundled(String name, String version, String licence) {}
}
