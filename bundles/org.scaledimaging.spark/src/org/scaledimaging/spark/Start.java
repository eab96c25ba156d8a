package org.scaledimaging.spark;

import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.net.URI;
import java.net.URISyntaxException;
import java.net.URL;
import java.net.URLClassLoader;
import java.security.CodeSource;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import org.apache.spark.SparkConf;
import org.apache.spark.SparkException;
import org.apache.spark.api.java.JavaSparkContext;
import org.scaledimaging.engine.http.HttpOptions;
import org.scaledimaging.engine.message.Given;
import org.scaledimaging.engine.message.ParameterException;
import org.scaledimaging.engine.message.Setting;
import org.scaledimaging.engine.s3.S3Options;

/**
 * Starts Spark, so that what keeps it from starting is said in a sentence.
 *
 * @param conf with the master; what the user gave as system properties {@code spark.…} is in it
 */
record Start(SparkConf conf) {
    private static final String MASTERS =
            "local, local[N] or spark://HOST:PORT; yarn and k8s://… by spark-submit, as docs/spark.md shows";
    private static final int CONNECT_MILLISECONDS = 10_000;

    /** How long to wait for a first executor, in seconds. */
    private static final String PATIENCE = "spark.scaledimaging.patience";

    private static final String JAVA_OPTIONS = "spark.executor.extraJavaOptions";

    private static final List<String> SERVER_OPTIONS =
            List.of(HttpOptions.TIMEOUT, HttpOptions.PRIVATE_REDIRECTS, S3Options.ENDPOINT, S3Options.ANONYMOUS);

    static Start of(Optional<String> master, int threads) throws ParameterException {
        SparkConf conf = new SparkConf();
        if (master.isPresent() && !conf.get("spark.master", master.get()).equals(master.get())) {
            throw new ParameterException(
                    Setting.MASTER, master.get(), "that of spark-submit, " + conf.get("spark.master"));
        }
        conf.setIfMissing("spark.master", master.orElse("local[" + threads + "]"));
        conf.setIfMissing("spark.app.name", "Scaled Imaging");
        conf.setIfMissing("spark.ui.enabled", "false");
        conf.setIfMissing("spark.driver.maxResultSize", "0"); // a low-resolution image: fits in memory by contract
        if (isLocal(conf)) {
            conf.setIfMissing("spark.driver.host", "localhost");
            conf.setIfMissing("spark.driver.bindAddress", "127.0.0.1");
        } else {
            // Spark brings older versions of zstd and lz4, whose output may differ.
            conf.setIfMissing("spark.executor.userClassPathFirst", "true");
            passServerOptions(conf);
            List<String> jars = jars();
            if (!jars.isEmpty()) {
                conf.setIfMissing("spark.jars", String.join(",", jars));
            }
        }
        return new Start(conf);
    }

    /** What users say of servers and object stores holds for executors, too; credentials they have of their own. */
    private static void passServerOptions(SparkConf conf) {
        List<String> options = new ArrayList<>(List.of(conf.get(JAVA_OPTIONS, "")));
        for (String property : SERVER_OPTIONS) {
            HttpOptions.value(property)
                    .filter(value -> value.matches("[^\\s\"'\\\\]+")) // others are none of these
                    .filter(value -> !options.get(0).contains("-D" + property + "="))
                    .ifPresent(value -> options.add("-D" + property + "=" + value));
        }
        if (options.size() > 1) {
            conf.set(JAVA_OPTIONS, String.join(" ", options).strip());
        }
    }

    private static boolean isLocal(SparkConf conf) {
        return conf.get("spark.master").startsWith("local");
    }

    /** What executors need: the jar that this class is in, if it is in one, and those that plugins come from. */
    private static List<String> jars() {
        List<URL> locations = new ArrayList<>();
        CodeSource source = Start.class.getProtectionDomain().getCodeSource();
        if (source != null) {
            locations.add(source.getLocation());
        }
        if (Thread.currentThread().getContextClassLoader() instanceof URLClassLoader loader) {
            locations.addAll(Arrays.asList(loader.getURLs()));
        }
        return locations.stream()
                .map(URL::toString)
                .filter(location -> location.endsWith(".jar"))
                .distinct()
                .toList();
    }

    /**
     * The running context, with at least one executor.
     *
     * @throws ParameterException when there is no such master
     * @throws IOException when it does not answer or gives no executor
     */
    JavaSparkContext context() throws IOException, ParameterException {
        String master = conf.get("spark.master");
        checkAnswers(master);
        JavaSparkContext context;
        try {
            context = new JavaSparkContext(conf);
        } catch (RuntimeException e) {
            throw failed(master, e);
        } catch (Exception e) { // Scala does not declare what it throws
            if (e instanceof SparkException && String.valueOf(e.getMessage()).contains("Could not parse Master URL")) {
                throw new ParameterException(Setting.MASTER, Given.shown(master), MASTERS);
            }
            throw failed(master, e);
        }
        boolean ready = false;
        try {
            if (!isLocal(conf)) {
                awaitExecutor(context, master);
            }
            ready = true;
        } finally {
            if (!ready) {
                context.stop();
            }
        }
        return context;
    }

    private static IOException failed(String master, Exception e) {
        return new IOException(
                "Spark at " + master + ": found that it does not start (" + Failure.line(e)
                        + "), expected a running Spark.",
                e);
    }

    /** Spark itself would try for a minute. */
    private static void checkAnswers(String master) throws IOException, ParameterException {
        if (!master.startsWith("spark://")) {
            return;
        }
        IOException last = null;
        for (String each : master.substring("spark://".length()).split(",")) {
            try {
                URI address = new URI("spark://" + each);
                if (address.getHost() == null || address.getPort() < 0) {
                    throw new ParameterException(Setting.MASTER, Given.shown(master), MASTERS);
                }
                try (Socket socket = new Socket()) {
                    socket.connect(new InetSocketAddress(address.getHost(), address.getPort()), CONNECT_MILLISECONDS);
                    return;
                }
            } catch (URISyntaxException e) {
                throw new ParameterException(Setting.MASTER, Given.shown(master), MASTERS);
            } catch (IOException e) {
                last = e;
            }
        }
        throw new IOException(
                "Spark at " + master + ": found that nothing answers (" + Failure.line(last)
                        + "), expected a running master.",
                last);
    }

    private void awaitExecutor(JavaSparkContext context, String master) throws IOException {
        int patience = conf.getInt(PATIENCE, 60);
        long end = System.nanoTime() + patience * 1_000_000_000L;
        while (context.sc().statusTracker().getExecutorInfos().length < 2) { // the driver is one of them
            if (context.sc().isStopped()) {
                throw new IOException("Spark at " + master + ": found that it gave up, expected a master of Spark "
                        + context.version() + ".");
            }
            if (System.nanoTime() > end) {
                throw new IOException("Spark at " + master + ": found no executor within " + patience
                        + " s, expected a worker of Spark " + context.version()
                        + " with enough free cores and memory.");
            }
            try {
                Thread.sleep(50);
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
                throw new java.util.concurrent.CancellationException("Cancelled.");
            }
        }
    }
}
