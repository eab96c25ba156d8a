package org.scaledimaging.spark;

import java.io.IOException;
import java.net.InetAddress;
import org.scaledimaging.engine.execute.Execution;
import org.scaledimaging.engine.execute.Pass;
import org.scaledimaging.engine.message.ParameterException;
import org.scaledimaging.engine.operation.recipe.Passes;
import org.scaledimaging.engine.plugin.PluginRegistry;
import org.scaledimaging.engine.target.TemporaryFolder;

/**
 * The pass that an executor works on: opened by its first task, used by the others. Passes come one after the other, and
 * each process has one at a time, for as long as there is none newer: Spark leaves tasks no other place to share it.
 */
record OpenPass(String id, Pass pass, TemporaryFolder folder) {
    private static OpenPass newest;

    static synchronized Pass of(Shipment shipment, Execution execution) throws IOException, ParameterException {
        if (newest == null || !newest.id.equals(shipment.id())) {
            shipment.versions()
                    .check(Versions.here(), InetAddress.getLocalHost().getHostName());
            TemporaryFolder folder = TemporaryFolder.create();
            boolean opened = false;
            try {
                shipment.unpack(folder.path());
                Pass pass = Passes.open(shipment.json(), folder.path(), PluginRegistry.installed(), execution);
                if (newest != null) {
                    newest.folder.close();
                }
                newest = new OpenPass(shipment.id(), pass, folder);
                opened = true;
            } finally {
                if (!opened) {
                    folder.close();
                }
            }
        }
        return newest.pass;
    }
}
