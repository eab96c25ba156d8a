package org.knime.core.data.renderer;

/** Signature only. */
public abstract class AbstractDataValueRendererFactory implements DataValueRendererFactory {
    @Override
    public final String getId() {
        return getClass().getName();
    }
}
