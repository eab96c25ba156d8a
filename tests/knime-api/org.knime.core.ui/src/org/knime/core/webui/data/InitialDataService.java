package org.knime.core.webui.data;

/** Signature only. */
public final class InitialDataService<D> {
    private InitialDataService() {}
}
