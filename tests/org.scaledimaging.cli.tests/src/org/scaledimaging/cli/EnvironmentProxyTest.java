package org.scaledimaging.cli;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.net.Proxy;
import java.net.ProxySelector;
import java.net.URI;
import java.util.List;
import java.util.Map;
import java.util.Properties;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class EnvironmentProxyTest {
    private final Properties properties = new Properties();
    private final ByteArrayOutputStream said = new ByteArrayOutputStream();

    private void use(Map<String, String> environment) {
        EnvironmentProxy.use(environment, properties, new PrintStream(said, true, UTF_8));
    }

    private String property(String name) {
        return properties.getProperty(name, "");
    }

    @ParameterizedTest
    @CsvSource({
        "http://proxy.example.org:3128, proxy.example.org, 3128",
        "http://proxy.example.org:3128/, proxy.example.org, 3128",
        "proxy:8080, proxy, 8080",
        "http://proxy, proxy, 80",
        "http://me:secret@proxy:3128, proxy, 3128",
        "HTTP://[fd00::1]:3128, fd00::1, 3128"
    })
    void theAddressBecomesJavasProperties(String value, String host, String port) {
        use(Map.of("https_proxy", value));
        assertEquals(host, property("https.proxyHost"));
        assertEquals(port, property("https.proxyPort"));
        assertEquals("", property("http.proxyHost"));
        assertEquals("", said.toString(UTF_8));
    }

    @Test
    void smallLettersComeBeforeCapitalsAndBothBeforeAllProxy() {
        use(Map.of("https_proxy", "a:1", "HTTPS_PROXY", "b:2", "HTTP_PROXY", "c:3", "all_proxy", "d:4"));
        assertEquals(List.of("a", "c"), List.of(property("https.proxyHost"), property("http.proxyHost")));
        properties.clear();
        use(Map.of("https_proxy", "a:1", "ALL_PROXY", "d:4"));
        assertEquals(List.of("a", "d"), List.of(property("https.proxyHost"), property("http.proxyHost")));
    }

    @Test
    void whatJavaWasToldStays() {
        properties.setProperty("https.proxyHost", "mine");
        properties.setProperty("http.nonProxyHosts", "near");
        use(Map.of("https_proxy", "a:1", "http_proxy", "b:2", "no_proxy", "c"));
        assertEquals(List.of("mine", ""), List.of(property("https.proxyHost"), property("https.proxyPort")));
        assertEquals(List.of("b", "near"), List.of(property("http.proxyHost"), property("http.nonProxyHosts")));
    }

    @Test
    void withoutProxyNothingIsSet() {
        use(Map.of("no_proxy", "example.org", "https_proxy", " "));
        assertTrue(properties.isEmpty(), properties.toString());
    }

    /** By Java's own selector, which is what the engine's client asks. */
    @ParameterizedTest
    @CsvSource({
        "https://images.example.org/a, true",
        "https://store.local/a, false",
        "https://a.store.local/a, false",
        "https://b.dotted.local/a, false",
        "https://mystore.local/a, true",
        "https://10.1.2.3/a, false",
        "https://10.1.2.4/a, true",
        "https://withport.local/a, false",
        "http://127.0.0.1:9000/a, false",
        "http://localhost/a, false",
        "http://169.254.169.254/latest, false"
    })
    void hostsOfNoProxyAreAskedDirectly(String address, boolean byProxy) {
        use(Map.of(
                "https_proxy",
                "http://proxy.invalid:1",
                "http_proxy",
                "http://proxy.invalid:1",
                "no_proxy",
                "store.local, .dotted.local,10.1.2.3,withport.local:443,172.16.0.0/12"));
        Properties before = (Properties) System.getProperties().clone();
        try {
            properties.forEach((name, value) -> System.setProperty((String) name, (String) value));
            boolean direct = ProxySelector.getDefault().select(URI.create(address)).stream()
                    .anyMatch(proxy -> proxy.type() == Proxy.Type.DIRECT);
            assertEquals(byProxy, !direct);
        } finally {
            System.setProperties(before);
        }
    }

    @Test
    void aStarAsksAllDirectly() {
        use(Map.of("https_proxy", "a:1", "no_proxy", "*"));
        assertTrue(List.of(property("http.nonProxyHosts").split("\\|")).contains("*"));
    }

    @ParameterizedTest
    @ValueSource(strings = {"socks5://me:secret@proxy:1080", "https://me:secret@proxy:443", "http://", "a b"})
    void whatIsNoProxyIsSaidAndNotUsed(String value) {
        use(Map.of("https_proxy", value));
        assertTrue(properties.isEmpty(), properties.toString());
        String sentence = said.toString(UTF_8);
        assertTrue(
                sentence.startsWith("scaled-imaging: https_proxy: found '")
                        && sentence.contains("expected a proxy's address such as http://proxy.example.org:3128"),
                sentence);
        assertTrue(!sentence.contains("secret"), sentence);
    }
}
