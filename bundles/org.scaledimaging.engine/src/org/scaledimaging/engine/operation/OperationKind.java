package org.scaledimaging.engine.operation;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import org.scaledimaging.engine.message.NumberList;
import org.scaledimaging.engine.message.ParameterException;
import org.scaledimaging.engine.parameter.Declaration;
import org.scaledimaging.engine.parameter.Parameter;
import org.scaledimaging.engine.parameter.ParameterValues;

/**
 * The name of an operation and what can be set. Id and keys are a file format: they stay when names in the code change.
 *
 * @param type of the operations
 * @param id in recipes
 * @param description one sentence
 * @param parameters in the order to show them
 * @param keys of the parameters in recipes, by name, in the order to write them
 * @param runsPlugin whether the operation runs a plugin: which one, and its parameters, go with the values
 */
public record OperationKind(
        Class<? extends Operation> type,
        String id,
        String description,
        List<Parameter> parameters,
        Map<String, String> keys,
        boolean runsPlugin,
        PluginFactory factory)
        implements Declaration {

    /** Makes an operation of checked values. */
    @FunctionalInterface
    public interface Factory {
        /** Makes it; values are checked against what is declared. */
        Operation make(ParameterValues values) throws ParameterException;
    }

    /** Makes an operation that runs a plugin. */
    @FunctionalInterface
    public interface PluginFactory {
        /** Makes it, with the id of a plugin and values by the names of its parameters. */
        Operation make(ParameterValues values, String plugin, Map<String, Object> parameters) throws ParameterException;
    }

    /** One that runs no plugin; its recipes name parameters as the parameters are named. */
    public static OperationKind of(
            Class<? extends Operation> type,
            String id,
            String description,
            List<Parameter> parameters,
            Factory factory) {
        return new OperationKind(
                type,
                id,
                description,
                parameters,
                named(parameters),
                false,
                (values, plugin, its) -> factory.make(values));
    }

    /**
     * Makes voxels larger or smaller by whole factors: one for all spatial axes, or one for each.
     *
     * @param meaning of one factor, the beginning of a sentence
     */
    public static OperationKind ofFactors(
            Class<? extends Operation> type,
            String id,
            String description,
            String meaning,
            Function<List<Integer>, Operation> make) {
        Parameter factor = Parameter.integers(
                        "factor",
                        List.of(),
                        1,
                        Integer.MAX_VALUE,
                        "",
                        meaning + ", along all spatial axes, or " + NumberList.PER_AXIS + ".")
                .forAllOrEachAxis()
                .required();
        return of(type, id, description, List.of(factor), values -> make.apply(small(values.integers("factor"))))
                .storedAs("factor", "factors");
    }

    static OperationKind ofPlugin(
            Class<? extends Operation> type,
            String id,
            String description,
            List<Parameter> parameters,
            PluginFactory factory) {
        return new OperationKind(type, id, description, parameters, named(parameters), true, factory);
    }

    private static Map<String, String> named(List<Parameter> parameters) {
        Map<String, String> keys = new LinkedHashMap<>();
        parameters.forEach(parameter -> keys.put(parameter.name(), parameter.name()));
        return keys;
    }

    /**
     * The same with other keys in recipes, for parameters whose names have changed.
     *
     * @param namesAndKeys of all parameters, in the order to write them
     */
    public OperationKind storedAs(String... namesAndKeys) {
        Map<String, String> stored = new LinkedHashMap<>();
        for (int i = 0; i < namesAndKeys.length; i += 2) {
            stored.put(namesAndKeys[i], namesAndKeys[i + 1]);
        }
        return new OperationKind(type, id, description, parameters, stored, runsPlugin, factory);
    }

    /** The same with other parameters of the same names, for whoever asks for the values in another way. */
    public OperationKind withParameters(List<Parameter> others) {
        return new OperationKind(type, id, description, others, keys, runsPlugin, factory);
    }

    @Override
    public String called() {
        return "the operation " + id;
    }

    /**
     * An operation that runs no plugin.
     *
     * @throws ParameterException when the values do not go together
     */
    public Operation make(ParameterValues values) throws ParameterException {
        return factory.make(values, null, Map.of());
    }

    /** Whole numbers of 32 bits, which a parameter's range makes sure of. */
    static List<Integer> small(List<Long> numbers) {
        return numbers.stream().map(Math::toIntExact).toList();
    }
}
