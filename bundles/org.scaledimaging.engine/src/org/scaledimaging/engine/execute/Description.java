package org.scaledimaging.engine.execute;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.nio.file.Path;
import java.util.Map;
import java.util.Optional;
import org.scaledimaging.engine.message.ParameterException;

/**
 * Lets another process make something again: JSON, and files that it names by the names given here, which go with it.
 * Other places it names (sources, targets) are on storage that both see.
 *
 * @param files where each is in this process
 */
public record Description(ObjectNode json, Map<String, Path> files) {

    public Description {
        files = Map.copyOf(files);
    }

    /** A copy, to be added to. */
    public Description copy() {
        return new Description(json.deepCopy(), files);
    }

    /** A list of whole numbers in such a JSON. */
    public static int[] numbers(JsonNode list) {
        int[] numbers = new int[list.size()];
        for (int d = 0; d < numbers.length; d++) {
            numbers[d] = list.get(d).intValue();
        }
        return numbers;
    }

    /** @throws ParameterException when nobody can describe the image */
    public static Description required(Optional<Description> description) throws ParameterException {
        return description.orElseThrow(() -> new ParameterException(
                "Image", "one that only this process has", "one that the processes of the executor can open"));
    }
}
