package org.scaledimaging.knime.table;

import java.awt.Dimension;
import java.awt.FontMetrics;
import java.awt.Graphics;
import java.awt.image.BufferedImage;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.util.Optional;
import javax.imageio.ImageIO;
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

    private transient Optional<BufferedImage> picture = Optional.empty();
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

    private static Optional<BufferedImage> read(byte[] png) {
        try {
            return png.length == 0
                    ? Optional.empty()
                    : Optional.ofNullable(ImageIO.read(new ByteArrayInputStream(png)));
        } catch (IOException e) {
            return Optional.empty(); // the words do
        }
    }

    @Override
    public Dimension getPreferredSize() {
        return picture.map(shown -> new Dimension(shown.getWidth(), shown.getHeight()))
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
        BufferedImage shown = picture.get();
        double scale = Math.min((double) getWidth() / shown.getWidth(), (double) getHeight() / shown.getHeight());
        int width = Math.max(1, (int) Math.round(scale * shown.getWidth()));
        int height = Math.max(1, (int) Math.round(scale * shown.getHeight()));
        graphics.drawImage(shown, (getWidth() - width) / 2, (getHeight() - height) / 2, width, height, null);
    }
}
