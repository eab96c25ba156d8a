package org.scaledimaging.cli;

import java.io.PrintStream;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Properties;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Has Java ask web servers through the proxy that the environment names, as other programs do: https_proxy, http_proxy,
 * all_proxy and no_proxy, in small letters or capitals. Java's own properties, where they are set, come first.
 */
final class EnvironmentProxy {
    /** A scheme, who asks, the host and the port; all but the host may be missing. */
    private static final String ADDRESS =
            "(?:(\\w+)://)?(?:[^@/]*@)?(\\[[0-9a-fA-F:.]+]|[^\\[\\]:/@\\s]+)(?::(\\d{1,5}))?/?";

    private static final String NETWORK = "[0-9a-fA-F.:]+/\\d+";
    private static final String EXCEPT = "http.nonProxyHosts";
    /** What Java leaves out where it is told of no hosts, and what is near by definition: servers of credentials. */
    private static final List<String> NEAR =
            List.of("localhost", "127.*", "[::1]", "0.0.0.0", "[::0]", "169.254.*", "metadata.google.internal");

    private EnvironmentProxy() {}

    /** @param err is told of a value that is no address of a proxy, which is not used */
    static void use(Map<String, String> environment, Properties properties, PrintStream err) {
        for (String scheme : List.of("http", "https")) {
            String name = named(environment, scheme + "_proxy") ? scheme + "_proxy" : "all_proxy";
            String value = value(environment, name);
            if (value.isEmpty() || properties.containsKey(scheme + ".proxyHost")) {
                continue;
            }
            Matcher parts = Pattern.compile(ADDRESS).matcher(value);
            if (!parts.matches() || parts.group(1) != null && !parts.group(1).equalsIgnoreCase("http")) {
                err.println("scaled-imaging: " + name + ": found '" + withoutPassword(value)
                        + "', expected a proxy's address such as http://proxy.example.org:3128; it is not used.");
                continue;
            }
            properties.setProperty(scheme + ".proxyHost", parts.group(2).replaceAll("[\\[\\]]", ""));
            properties.setProperty(scheme + ".proxyPort", parts.group(3) == null ? "80" : parts.group(3));
            if (!properties.containsKey(EXCEPT)) {
                properties.setProperty(EXCEPT, String.join("|", exceptions(value(environment, "no_proxy"))));
            }
        }
    }

    /** Hosts that are asked directly, in Java's words. Networks (10.0.0.0/8), which Java has no words for, are left out. */
    private static List<String> exceptions(String list) {
        List<String> hosts = new ArrayList<>(NEAR);
        for (String entry : list.split("[,\\s]+")) {
            if (entry.isEmpty() || entry.matches(NETWORK)) {
                continue;
            }
            String host = entry.replaceFirst("^\\*?\\.", "").replaceFirst("(?<=[^:]):\\d{1,5}$", "");
            hosts.add(host);
            if (!host.equals("*") && !host.matches("[0-9.]+|\\[.*]|.*:.*")) {
                hosts.add("*." + host); // with all hosts of a domain
            }
        }
        return hosts;
    }

    private static boolean named(Map<String, String> environment, String name) {
        return !value(environment, name).isEmpty();
    }

    private static String value(Map<String, String> environment, String name) {
        String small = environment.getOrDefault(name, "").strip();
        return small.isEmpty()
                ? environment.getOrDefault(name.toUpperCase(Locale.ROOT), "").strip()
                : small;
    }

    private static String withoutPassword(String value) {
        return value.replaceFirst("(?<=//|^)[^@/]*@", "");
    }
}
