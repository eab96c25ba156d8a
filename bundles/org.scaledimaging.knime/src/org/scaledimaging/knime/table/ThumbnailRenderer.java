package org.scaledimaging.knime.table;

import java.awt.Dimension;
import java.awt.FontMetrics;
import java.awt.Graphics;
import java.util.Optional;
import javax.swing.ImageIcon;
import org.knime.core.data.DataColumnSpec;
import org.knime.core.data.renderer.AbstractDataValueRendererFactory;
import org.knime.core.data.renderer.AbstractPainterDataValueRenderer;
import org.knime.core.data.renderer.DataValueRenderer;

/** Shows an image's thumbnail in a table; where there is none, its name and size in words. */
public final class ThumbnailRenderer extends AbstractPainterDataValueRenderer {
    private static final long serialVersionUID = 1;
    private static final String DESCRIPTION = "Thumbnail";
    private static final int WIDTH = 240;
    private static final int HEIGHT = 90;
    private static final int MARGIN = 2;

    /** Registered at the extension point for renderers. */
    public static final class Factory extends AbstractDataValueRendererFactory {
        @Override
        public String getDescription() {
            return DESCRIPTION;
        }

        @Override
        public DataValueRenderer createRenderer(DataColumnSpec column) {
            return new ThumbnailRenderer();
        }
    }

    private transient Optional<ImageIcon> picture = Optional.empty();
    private String text = "";

    @Override
    public String getDescription() {
        return DESCRIPTION;
    }

    /** A missing cell is shown by its text. */
    @Override
    protected void setValue(Object value) {
        picture = value instanceof ScaledImageValue image ? read(image.content().thumbnail()) : Optional.empty();
        text = String.valueOf(value);
        setToolTipText(text);
    }

    private static Optional<ImageIcon> read(byte[] png) {
        return Optional.of(png)
                .filter(bytes -> bytes.length > 0)
                .map(ImageIcon::new)
                .filter(icon -> icon.getIconWidth() > 0); // else no picture: the words do
    }

    @Override
    public Dimension getPreferredSize() {
        return picture.map(shown -> new Dimension(shown.getIconWidth(), shown.getIconHeight()))
                .orElse(new Dimension(WIDTH, HEIGHT));
    }

    @Override
    protected void paintComponent(Graphics graphics) {
        super.paintComponent(graphics);
        if (picture.isEmpty()) {
            FontMetrics font = graphics.getFontMetrics();
            graphics.drawString(text, MARGIN, (getHeight() + font.getAscent()) / 2);
            return;
        }
        ImageIcon shown = picture.get();
        double scale =
                Math.min((double) getWidth() / shown.getIconWidth(), (double) getHeight() / shown.getIconHeight());
        int width = Math.max(1, (int) Math.round(scale * shown.getIconWidth()));
        int height = Math.max(1, (int) Math.round(scale * shown.getIconHeight()));
        graphics.drawImage(shown.getImage(), (getWidth() - width) / 2, (getHeight() - height) / 2, width, height, null);
    }
}
