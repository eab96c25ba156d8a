package org.scaledimaging.spark;

import java.io.Serializable;
import java.util.Optional;
import org.scaledimaging.engine.message.ParameterException;
import scala.util.Properties$;

/**
 * The versions that have to be the same in the driver and in each executor for bits to be the same, and for both to
 * understand one another.
 */
record Versions(String scaledImaging, String spark, String scala) implements Serializable {
    private static final long serialVersionUID = 1L;

    /** Of this process. */
    static Versions here() {
        return new Versions(
                Optional.ofNullable(Versions.class.getPackage().getImplementationVersion())
                        .orElse("of classes, not of a jar"),
                org.apache.spark.package$.MODULE$.SPARK_VERSION(),
                Properties$.MODULE$.versionNumberString());
    }

    /** @throws ParameterException naming the first difference, when an executor has other versions */
    void check(Versions executor, String host) throws ParameterException {
        check("Scaled Imaging", scaledImaging, executor.scaledImaging, host);
        check("Spark", spark, executor.spark, host);
        check("Scala", scala, executor.scala, host);
    }

    private static void check(String what, String driver, String executor, String host) throws ParameterException {
        if (!driver.equals(executor)) {
            throw new ParameterException(
                    what + " on the executor on " + host, "version " + executor, "the driver's, " + driver);
        }
    }
}
