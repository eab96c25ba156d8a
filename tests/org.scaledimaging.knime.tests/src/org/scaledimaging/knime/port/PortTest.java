package org.scaledimaging.knime.port;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import javax.swing.JScrollPane;
import javax.swing.JTable;
import org.junit.jupiter.api.Test;
import org.knime.core.node.InvalidSettingsException;
import org.knime.core.node.ModelContent;
import org.knime.core.node.port.AbstractSimplePortObjectSpec.AbstractSimplePortObjectSpecSerializer;
import org.scaledimaging.engine.block.PixelType;
import org.scaledimaging.engine.image.Affine;
import org.scaledimaging.engine.image.Axis;
import org.scaledimaging.engine.image.Dimension;
import org.scaledimaging.engine.image.ImageMetadata;
import org.scaledimaging.engine.image.WorldFrame;
import org.scaledimaging.engine.image.WorldFrame.QForm;

class PortTest {
    private static final ImageMetadata PLAIN = ImageMetadata.of(
            "brain",
            PixelType.UINT16,
            new Dimension(Axis.T, 3, 0.5, "second", 1.25),
            Dimension.of(Axis.C, 2),
            new Dimension(Axis.Y, 1L << 40, 0.1, "micrometer", -3e-7),
            Dimension.of(Axis.X, 7));

    private static final WorldFrame FRAME = new WorldFrame(
            Optional.of(Affine.of(1, 0, 0.1, -90, 0, 2, 0, 12, 0.3, 0, 3, 1e-9)),
            2,
            Optional.of(new QForm(1, 0.1, 0.2, 0.3, -1, 1, 2, 3, 4, 5, 6)));

    private static ScaledImagePortObjectSpec through(ScaledImagePortObjectSpec spec) throws Exception {
        assertEquals(
                ScaledImagePortObjectSpec.class,
                ScaledImagePortObject.TYPE
                        .getPortObjectClass()
                        .getMethod("getSpec")
                        .getReturnType());
        ModelContent content = new ModelContent("spec");
        AbstractSimplePortObjectSpecSerializer.savePortObjectSpecToModelSettings(spec, content);
        return AbstractSimplePortObjectSpecSerializer.loadPortObjectSpecFromModelSettings(content);
    }

    @Test
    void aSpecSurvivesTheWorkflowToTheBit() throws Exception {
        for (ImageMetadata metadata : List.of(
                PLAIN,
                PLAIN.withLabels(true),
                PLAIN.withFrame(Optional.of(FRAME)).withChannels(List.of("red", "blau, grün"), Optional.empty()),
                PLAIN.withFrame(Optional.of(new WorldFrame(Optional.empty(), 0, FRAME.qform()))),
                PLAIN.withFrame(Optional.of(new WorldFrame(FRAME.sform(), 1, Optional.empty()))))) {
            ScaledImagePortObjectSpec spec = ScaledImagePortObjectSpec.of(metadata);
            assertEquals(metadata, through(spec).metadata());
            assertEquals(spec, through(spec));
        }
    }

    @Test
    void contentThatMakesNoImageIsRefused() {
        ModelContent content = new ModelContent("spec");
        MetadataContent.save(PLAIN, content);
        content.addString("pixelType", "int24");
        assertThrows(InvalidSettingsException.class, () -> MetadataContent.load(content));
    }

    @Test
    void aSpecIsALineForPeople() {
        assertEquals(
                "brain: t 3 × c 2 × y 1099511627776 × x 7, uint16",
                ScaledImagePortObjectSpec.of(PLAIN).inOneLine());
    }

    @Test
    void portsShowMetadataAsATable() {
        ScaledImagePortObjectSpec spec = ScaledImagePortObjectSpec.of(PLAIN.withFrame(Optional.of(FRAME)));
        JTable table = (JTable) ((JScrollPane) spec.getViews()[0]).getViewport().getView();
        Map<Object, Object> shown = new HashMap<>();
        for (int row = 0; row < table.getRowCount(); row++) {
            shown.put(table.getValueAt(row, 0), table.getValueAt(row, 1));
        }
        assertEquals("brain", shown.get("Name"));
        assertEquals("1099511627776", shown.get("Length y"));
        assertEquals("0.1 micrometer", shown.get("Voxel size y"));
        assertEquals(FRAME.affine().orientation(), shown.get("Orientation"));
        assertFalse(table.isCellEditable(0, 1));
    }

    @Test
    void aNameThatHidesSomethingIsShownWithEscapes() {
        ImageMetadata metadata = ImageMetadata.of(
                "a\u001b[2J\nb\u202e", PixelType.UINT8, Dimension.of(Axis.Y, 2), Dimension.of(Axis.X, 7));
        assertEquals(
                "a\\u001b[2J\\u000ab\\u202e: y 2 × x 7, uint8",
                ScaledImagePortObjectSpec.of(metadata).inOneLine());
    }
}
