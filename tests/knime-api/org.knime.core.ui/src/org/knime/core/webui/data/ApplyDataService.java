package org.knime.core.webui.data;

/** Signature only. */
public final class ApplyDataService<D> {
    private ApplyDataService() {}
}
