package org.scaledimaging.objectstores;

import java.io.ByteArrayInputStream;
import java.io.Closeable;
import java.io.IOException;
import java.net.URI;
import java.net.URLEncoder;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.TimeUnit;
import javax.xml.parsers.DocumentBuilderFactory;
import org.w3c.dom.Document;
import org.w3c.dom.NodeList;

/**
 * The npm package s3rver as a process of its own: a store that others wrote in another language, which knows no conditions,
 * lists no uploads that were begun, and believes every signature. {@code tools/install} gets it where it can.
 */
final class S3rver implements Closeable {
    static final String BUCKET = "images";

    private static final Path MODULE =
            Path.of(System.getProperty("project.root")).resolve("tests/object-stores");
    private static final Path INSTALLED = MODULE.resolve("target/s3rver");

    private final ServerProcess process;
    private final HttpClient client = HttpClient.newHttpClient();

    private S3rver(ServerProcess process) {
        this.process = process;
    }

    /** Whether it is here, or can be got; where not, the reason is printed. */
    static boolean isThere() throws IOException, InterruptedException {
        Process install;
        try {
            install = new ProcessBuilder(MODULE.resolve("tools/install").toString(), INSTALLED.toString())
                    .redirectErrorStream(true)
                    .start();
        } catch (IOException e) {
            System.out.println("skipped: no s3rver, since tools/install does not run here: " + e.getMessage());
            return false;
        }
        String said = new String(install.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        boolean there = install.waitFor(2, TimeUnit.MINUTES) && install.exitValue() == 0;
        if (!there) {
            System.out.println("skipped: no s3rver: " + said.strip());
        }
        return there;
    }

    /**
     * @param folder the store
     * @param messages the file for what it says
     */
    static S3rver start(Path folder, Path messages) throws IOException, InterruptedException {
        int port = ServerProcess.freePort();
        List<String> command = List.of(
                "node",
                "--openssl-legacy-provider", // its continuation tokens are made by a cipher of old
                INSTALLED.resolve("node_modules/s3rver/bin/s3rver.js").toString(),
                "--directory",
                folder.toString(),
                "--address",
                "127.0.0.1",
                "--port",
                Integer.toString(port),
                "--no-vhost-buckets",
                "--silent",
                "--configure-bucket",
                BUCKET);
        return new S3rver(ServerProcess.start(command, port, messages));
    }

    String address() {
        return "http://127.0.0.1:" + process.port();
    }

    /** All objects whose keys begin so, as the store lists and tells them, by what follows in their keys. */
    Map<String, byte[]> objects(String prefix) throws Exception {
        Map<String, byte[]> objects = new TreeMap<>();
        for (String key : keys(prefix)) {
            objects.put(key.substring(prefix.length()), got("/" + encoded(key).replace("%2F", "/")));
        }
        return objects;
    }

    /** The first thousand keys that begin so. */
    List<String> keys(String prefix) throws Exception {
        Document list = DocumentBuilderFactory.newInstance()
                .newDocumentBuilder()
                .parse(new ByteArrayInputStream(got("?list-type=2&prefix=" + encoded(prefix))));
        NodeList keys = list.getElementsByTagName("Key");
        String[] all = new String[keys.getLength()];
        for (int i = 0; i < all.length; i++) {
            all[i] = keys.item(i).getTextContent();
        }
        return List.of(all);
    }

    private byte[] got(String what) throws IOException, InterruptedException {
        URI address = URI.create(address() + "/" + BUCKET + what);
        HttpRequest request = HttpRequest.newBuilder(address).build();
        HttpResponse<byte[]> answer = client.send(request, HttpResponse.BodyHandlers.ofByteArray());
        for (int i = 0; i < 5 && answer.statusCode() == 500; i++) { // where a file goes while it lists its folder
            answer = client.send(request, HttpResponse.BodyHandlers.ofByteArray());
        }
        if (answer.statusCode() != 200) {
            throw new IOException(address + ": status " + answer.statusCode());
        }
        return answer.body();
    }

    private static String encoded(String text) {
        return URLEncoder.encode(text, StandardCharsets.UTF_8).replace("+", "%20");
    }

    @Override
    public void close() throws IOException {
        process.close();
    }
}
