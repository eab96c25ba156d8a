package org.scaledimaging.cli.option;

import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.UnknownHostException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.scaledimaging.engine.message.Given;
import org.scaledimaging.engine.message.ParameterException;
import picocli.CommandLine.Option;

/** Options on the address where a server listens and on who may read from it. */
public final class ServerOptions {
    private static final int LAST_PORT = 65535;

    @Option(names = "--port", paramLabel = "N", description = "The port to listen at; any that is free if not given.")
    private Integer port;

    @Option(
            names = "--host",
            paramLabel = "HOST",
            description = "The address or name of this computer to listen at, as in 0.0.0.0 for all it has: others can"
                    + " read the images then; 127.0.0.1, this computer alone, if not given.")
    private String host;

    @Option(
            names = "--allow-origin",
            paramLabel = "ORIGIN",
            description = "Pages of this website may read the images, too, as in https://neuroglancer-demo.appspot.com;"
                    + " repeatable. Pages of this computer may.")
    private List<String> origins = new ArrayList<>();

    @Option(
            names = "--open",
            description =
                    "Also show a page in the browser: source and corrected side by side, and controls that change the"
                            + " plugins' parameters.")
    private boolean open;

    /** Whether a page is to be shown. */
    public boolean open() {
        return open;
    }

    /** @throws ParameterException when there is no such host or port, or an origin is none */
    public InetSocketAddress address() throws ParameterException {
        if (port != null && (port < 1 || port > LAST_PORT)) {
            throw new ParameterException("--port", port, "1 to " + LAST_PORT);
        }
        for (String origin : origins) {
            if (!origin.matches("https?://[^/\\s]+") && !origin.equals("null")) {
                throw new ParameterException(
                        "--allow-origin", Given.shown(origin), "the start of an address, as in https://example.org");
            }
        }
        try {
            InetAddress address = InetAddress.getByName(host == null ? "127.0.0.1" : host);
            return new InetSocketAddress(address, port == null ? 0 : port);
        } catch (UnknownHostException e) {
            throw new ParameterException("--host", Given.shown(host), "an address or name of this computer");
        }
    }

    /** What was given for the host. */
    public Optional<String> host() {
        return Optional.ofNullable(host);
    }

    public List<String> origins() {
        return List.copyOf(origins);
    }
}
