package org.scaledimaging.engine.scaled.lowres;

import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.scaledimaging.engine.message.ImageFormatException;
import org.scaledimaging.engine.parameter.Parameter;
import org.scaledimaging.engine.plugin.PluginDescription;
import org.scaledimaging.engine.plugin.ScaledProcessingPlugin;

/**
 * Whose estimate something is.
 *
 * @param plugin its id
 * @param factors the downsample factor of each spatial axis
 * @param parameters the plugin's parameters by name, as text. An image stands there as {@link #IMAGE}: where it is may
 *     change, and that it is the same is the recipe's to notice
 */
public record EstimateOrigin(String plugin, List<Integer> factors, Map<String, String> parameters) {
    /** What stands in place of an image among the parameters. */
    public static final String IMAGE = "an image";

    /** More axes, parameters or bytes than any estimate has: what a damaged file claims. */
    private static final int MOST = 1 << 20;

    /**
     * The origin of what a plugin estimates.
     *
     * @param factors the downsample factor of each spatial axis, in the image's order
     */
    public static EstimateOrigin of(ScaledProcessingPlugin plugin, int[] factors) {
        Map<String, String> texts = new LinkedHashMap<>();
        for (Parameter parameter : plugin.description().parameters()) {
            String text = String.valueOf(plugin.parameters().asMap().get(parameter.name()));
            boolean image = parameter.type() == Parameter.Type.IMAGE
                    && !parameter.choices().contains(text);
            texts.put(parameter.name(), image ? IMAGE : text);
        }
        return new EstimateOrigin(
                plugin.description().id(), Arrays.stream(factors).boxed().toList(), texts);
    }

    /**
     * The same with what else it is made from: nothing, for origins of before.
     *
     * @param values by names that no plugin has for a parameter
     */
    public EstimateOrigin with(Map<String, String> values) {
        Map<String, String> all = new LinkedHashMap<>(parameters);
        all.putAll(values);
        return new EstimateOrigin(plugin, factors, all);
    }

    /** The same with what it means of parameters that its plugin has had since, where it names none of them. */
    public EstimateOrigin completed(PluginDescription description) {
        Map<String, String> all = new LinkedHashMap<>();
        description.asRecipesMean(parameters).forEach((name, value) -> all.put(name, value.toString()));
        return new EstimateOrigin(plugin, factors, all);
    }

    /** @throws ImageFormatException naming the first difference, when this is another one's estimate */
    public void checkIs(EstimateOrigin expected, Path file) throws ImageFormatException {
        if (!plugin.equals(expected.plugin)) {
            throw new ImageFormatException(
                    file, "an estimate of the plugin " + plugin, "one of the plugin " + expected.plugin);
        }
        if (!factors.equals(expected.factors)) {
            throw new ImageFormatException(
                    file, "an estimate with the downsample factors " + factors, expected.factors.toString());
        }
        Map<String, String> names = new LinkedHashMap<>(expected.parameters);
        names.putAll(parameters);
        for (String name : names.keySet()) {
            String found = parameters.get(name);
            String wanted = expected.parameters.get(name);
            if (found == null || !found.equals(wanted)) {
                throw new ImageFormatException(file, "an estimate with " + text(name, found), text(name, wanted));
            }
        }
    }

    private static String text(String name, String value) {
        return value == null ? "no parameter " + name : name + " = " + value;
    }

    void write(DataOutputStream out) throws IOException {
        write(out, plugin);
        out.writeInt(factors.size());
        for (int factor : factors) {
            out.writeInt(factor);
        }
        out.writeInt(parameters.size());
        for (Map.Entry<String, String> parameter : parameters.entrySet()) {
            write(out, parameter.getKey());
            write(out, parameter.getValue());
        }
    }

    private static void write(DataOutputStream out, String text) throws IOException {
        byte[] bytes = text.getBytes(StandardCharsets.UTF_8); // writeUTF would end at 64 KiB
        out.writeInt(bytes.length);
        out.write(bytes);
    }

    /** @throws ImageFormatException when the file is damaged */
    static EstimateOrigin read(DataInputStream in, Path file) throws IOException {
        String plugin = readText(in, file);
        Integer[] factors = new Integer[readCount(in, file)];
        for (int d = 0; d < factors.length; d++) {
            factors[d] = in.readInt();
        }
        int count = readCount(in, file);
        Map<String, String> parameters = new LinkedHashMap<>();
        for (int i = 0; i < count; i++) {
            parameters.put(readText(in, file), readText(in, file));
        }
        return new EstimateOrigin(plugin, List.of(factors), parameters);
    }

    private static String readText(DataInputStream in, Path file) throws IOException {
        byte[] bytes = new byte[readCount(in, file)];
        in.readFully(bytes);
        return new String(bytes, StandardCharsets.UTF_8);
    }

    private static int readCount(DataInputStream in, Path file) throws IOException {
        int count = in.readInt();
        EstimateFile.check(count >= 0 && count < MOST, file);
        return count;
    }
}
