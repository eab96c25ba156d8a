package org.scaledimaging.spark;

import java.io.IOException;
import java.io.Serializable;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.Map;
import org.scaledimaging.engine.execute.Description;

/**
 * A pass on its way to executors.
 *
 * @param id what tells it from others
 * @param json its description
 * @param files their bytes by the names that the description knows
 * @param versions the driver's
 */
record Shipment(String id, String json, HashMap<String, byte[]> files, Versions versions) implements Serializable {
    private static final long serialVersionUID = 1L;

    static Shipment of(String id, Description description) throws IOException {
        HashMap<String, byte[]> files = new HashMap<>();
        for (Map.Entry<String, Path> file : description.files().entrySet()) {
            files.put(file.getKey(), Files.readAllBytes(file.getValue()));
        }
        return new Shipment(id, description.json().toString(), files, Versions.here());
    }

    void unpack(Path folder) throws IOException {
        for (Map.Entry<String, byte[]> file : files.entrySet()) {
            Files.write(folder.resolve(file.getKey()), file.getValue());
        }
    }
}
