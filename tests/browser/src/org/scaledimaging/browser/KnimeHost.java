package org.scaledimaging.browser;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import org.scaledimaging.knime.view.ViewPage;

/**
 * Stands for KNIME around the page of a view: a page with a frame, which answers the frame's messages. Data come from a
 * handler, as they do in KNIME; the frame has the same restrictions.
 */
final class KnimeHost implements AutoCloseable {
    private static final ObjectMapper MAPPER = new ObjectMapper();

    private static final String HOST = """
            <!doctype html><meta charset="utf-8"><style>html,body{margin:0;height:100%}iframe{border:0;width:100%;height:100%}</style>
            <iframe id="view" sandbox="allow-downloads allow-scripts allow-same-origin" src="view.html"></iframe>
            <script>
            const told = { ready: 0, escaped: 0, report: null };
            addEventListener("message", async (event) => {
              const { type, requestId, payload } = event.data;
              if (type === "UIExtensionReady") told.ready++;
              if (type === "UIExtensionEscapePressed") told.escaped++;
              if (type !== "UIExtensionRequest") return;
              let answer = null;
              if (payload.method === "getConfig") {
                answer = { nodeId: "root:3", projectId: "project", workflowId: "root", extensionType: "view",
                  renderingConfig: { type: location.hash === "#report" ? "REPORT" : "DEFAULT" } };
              } else if (payload.method === "callNodeDataService") {
                const asked = await fetch("service", { method: "POST", body: JSON.stringify(payload.params[0]) });
                answer = await asked.json();
              } else if (payload.method === "setReportingContent") {
                told.report = payload.params[0];
              }
              event.source.postMessage({ type: "UIExtensionResponse", requestId, payload: answer }, "*");
            });
            </script>
            """;

    /** What a view asks for. */
    interface Data {
        /** What it gets when it opens. */
        ObjectNode initial() throws Exception;

        /** What a method of the node's handler answers. */
        Map<String, Object> call(String method, JsonNode parameters) throws Exception;
    }

    private final HttpServer server;
    private final ExecutorService threads = Executors.newFixedThreadPool(4);
    private final Data data;
    private final List<String> calls = new CopyOnWriteArrayList<>();

    private KnimeHost(HttpServer server, Data data) {
        this.server = server;
        this.data = data;
    }

    static KnimeHost start(Data data) throws IOException {
        HttpServer server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        KnimeHost host = new KnimeHost(server, data);
        server.setExecutor(host.threads);
        server.createContext("/host.html", exchange -> answer(exchange, "text/html", HOST));
        server.createContext("/view.html", exchange -> answer(exchange, "text/html", ViewPage.html()));
        server.createContext("/service", host::serve);
        server.start();
        return host;
    }

    String address() {
        return "http://127.0.0.1:" + server.getAddress().getPort() + "/host.html";
    }

    /** The calls of the handler's methods so far: name and parameters. */
    List<String> calls() {
        return List.copyOf(calls);
    }

    private void serve(HttpExchange exchange) throws IOException {
        JsonNode asked = MAPPER.readTree(exchange.getRequestBody());
        ObjectNode answer = MAPPER.createObjectNode();
        try {
            for (String name : List.of("nodeId", "projectId", "workflowId", "extensionType")) {
                if (asked.path(name).asText().isEmpty()) {
                    throw new IllegalArgumentException("no " + name);
                }
            }
            if (asked.path("serviceType").asText().equals("initial_data")) {
                answer.set("result", data.initial());
            } else {
                JsonNode call = MAPPER.readTree(asked.path("dataServiceRequest").asText());
                calls.add(call.path("method").asText() + call.path("params"));
                ObjectNode result = MAPPER.createObjectNode()
                        .put("jsonrpc", "2.0")
                        .put("id", call.path("id").intValue());
                result.set(
                        "result",
                        MAPPER.valueToTree(data.call(call.path("method").asText(), call.path("params"))));
                answer.put("result", result.toString());
            }
        } catch (Exception e) {
            answer.removeAll();
            answer.putObject("userError").put("message", e.getMessage());
        }
        answer(exchange, "application/json", answer.toString());
    }

    private static void answer(HttpExchange exchange, String type, String text) throws IOException {
        byte[] bytes = text.getBytes(StandardCharsets.UTF_8);
        exchange.getResponseHeaders().set("Content-Type", type + "; charset=utf-8");
        exchange.sendResponseHeaders(200, bytes.length);
        exchange.getResponseBody().write(bytes);
        exchange.close();
    }

    @Override
    public void close() {
        server.stop(0);
        threads.shutdownNow();
    }
}
