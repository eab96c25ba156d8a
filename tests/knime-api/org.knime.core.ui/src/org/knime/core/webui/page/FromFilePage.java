package org.knime.core.webui.page;

/** Signature only. */
public final class FromFilePage extends Page {
    private FromFilePage() {
        super(null, null);
    }
}
