package org.scaledimaging.knime.setting;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.Map;
import org.junit.jupiter.api.Test;
import org.knime.core.node.NodeSettings;
import org.knime.core.webui.node.dialog.defaultdialog.NodeParametersUtil;
import org.scaledimaging.engine.parameter.ParameterValues;
import org.scaledimaging.engine.plugin.PluginDescription;
import org.scaledimaging.engine.plugin.PluginRegistry;

class N4ParametersTest {

    @Test
    void aNewNodeHasTheEnginesDefaults() throws Exception {
        PluginDescription n4 = PluginRegistry.installed().description("n4");
        assertEquals(ParameterValues.of(n4, Map.of()), ParameterValues.of(n4, new N4Parameters().values()));
    }

    @Test
    void aNodeFromBeforeThereWereAUnitAndAMeanKeepsItsValues() throws Exception {
        NodeSettings saved = new NodeSettings("n4");
        saved.addString("splineSpacing", "200");
        saved.addString("iterations", "50");
        saved.addDouble("tolerance", 0.001);
        saved.addString("mask", "NONE");
        saved.addInt("shrinkFactor", 1);
        saved.addString("weight", "");
        saved.addInt("histogramBins", 200);
        saved.addDouble("fullWidthAtHalfMaximum", 0.15);
        saved.addDouble("wienerNoise", 0.01);
        saved.addBoolean("rescale", false);
        Map<String, Object> values =
                NodeParametersUtil.loadSettings(saved, N4Parameters.class).values();
        assertEquals("200", values.get("splineSpacing"));
        assertEquals("50", values.get("iterations"));
        assertEquals(0.001, values.get("tolerance"));
        assertEquals("none", values.get("mask"));
        assertEquals("image", values.get("spacingUnit"));
        assertEquals(false, values.get("keepMean"));
    }
}
